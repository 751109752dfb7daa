import type { ReactNode } from 'react';
import type { KubeObject, PolicyStatus } from '@accord/proto/kube-api';
import type { LabelSelector } from '@accord/proto/selector';
import type { UseQueryResult } from '@tanstack/react-query';
import { policyPath } from '../hub/acts.ts';
import { useAnswer, usePolicyRows } from '../hub/queries.ts';
import { Answer, Nothing, Trouble } from '../parts/answer.tsx';
import { DriftTable } from '../drift/drift-table.tsx';
import { Page } from '../parts/page.tsx';
import { CountBar, CountChoices } from '../parts/row-counts.tsx';
import { RowTable } from '../parts/row-table.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { useFilter } from '../parts/use-filter.ts';
import { ObjectText } from '../parts/object-text.tsx';
import { Placement } from './placement.tsx';
import { PolicyActs } from './policy-acts.tsx';
import { Revisions } from './revisions.tsx';
import { tellSelector } from './tell-selector.ts';
import { written } from './written.ts';

const crumbs = [{ name: 'Policies', to: '/policies' }];

export function usePolicy(name: string): UseQueryResult<KubeObject> {
  return useAnswer(['policy', name], policyPath(name));
}

/** One policy: what it says, where it holds and why, how it came to be. */
export function PolicyPage({ name }: { readonly name: string }): ReactNode {
  const policy = usePolicy(name);
  return (
    <Page title={name} crumbs={crumbs} actions={policy.data !== undefined && <PolicyActs policy={policy.data} />}>
      {policy.data === undefined && policy.error !== null ? (
        <Gone name={name} error={policy.error} />
      ) : (
        <Answer of={policy}>{(told) => <Told policy={told} />}</Answer>
      )}
    </Page>
  );
}

function Told({ policy }: { readonly policy: KubeObject }): ReactNode {
  const { name, generation, creationTimestamp, deletionTimestamp } = policy.metadata;
  const { counts, summary } = policy.status as PolicyStatus;
  const { spec } = policy;
  return (
    <>
      <dl className="facts">
        <Fact name="Stands">{summary}</Fact>
        <Fact name="Selects">{tellSelector(spec['clusterSelector'] as LabelSelector | undefined)}</Fact>
        <Fact name="Revision">{generation}</Fact>
        <Fact name="Mode">{spec['suspended'] === true ? 'suspended' : String(spec['mode'] ?? 'Enforce')}</Fact>
        <Fact name="Priority">{String(spec['priority'] ?? 0)}</Fact>
        <Fact name="Made">{creationTimestamp}</Fact>
        {deletionTimestamp !== undefined && <Fact name="Being removed since">{deletionTimestamp}</Fact>}
      </dl>
      <CountBar counts={counts} />
      <Tabs
        tabs={{
          Clusters: () => <Rows name={name} counts={counts} />,
          Content: () => <ObjectText label="Content of the policy" value={written(policy)} />,
          Placement: () => <Placement policy={policy} />,
          Revisions: () => <Revisions name={name} />,
          Drift: () => <DriftTable query={{ policy: name }} />,
        }}
      />
    </>
  );
}

function Rows({ name, counts }: { readonly name: string; readonly counts: Readonly<Record<string, number>> }): ReactNode {
  const [state, setState] = useFilter('state');
  const [q, setQ] = useFilter('q');
  const rows = usePolicyRows(name, { state, q, sort: 'worst' });
  return (
    <>
      <div className="filters">
        <SearchField label="Cluster" value={q} onChange={setQ} />
        <CountChoices counts={counts} chosen={state} onChoose={setState} />
      </div>
      <RowTable by="cluster" list={rows} empty={<Nothing title="No cluster is like that." />} />
    </>
  );
}

/** Its past stays when a policy is gone. */
function Gone({ name, error }: { readonly name: string; readonly error: Error }): ReactNode {
  return (
    <>
      <Trouble error={error} />
      <Revisions name={name} />
    </>
  );
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
