import type { ReactNode } from 'react';
import type { ClusterStatus, KubeObject } from '@accord/proto/kube-api';
import { DriftTable } from '../drift/drift-table.tsx';
import { clusterPath } from '../hub/acts.ts';
import { useAnswer, useClusterRows } from '../hub/queries.ts';
import { Answer, Nothing } from '../parts/answer.tsx';
import { Labels } from '../parts/labels.tsx';
import { Moment } from '../parts/moment.tsx';
import { Page } from '../parts/page.tsx';
import { RowTable } from '../parts/row-table.tsx';
import { ConnectionMark, ToneMark } from '../parts/state-mark.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { ObjectText } from '../parts/object-text.tsx';
import { Fact } from '../policy/policy-page.tsx';
import { ClusterActs } from './cluster-acts.tsx';
import { ClusterPast } from './cluster-past.tsx';
import { GuardrailFacts } from './guardrail-facts.tsx';

const crumbs = [{ name: 'Fleet', to: '/' }];

/** One cluster: whether it is there, what holds on it, what it was told and when. */
export function ClusterPage({ name }: { readonly name: string }): ReactNode {
  const cluster = useAnswer<KubeObject>(['cluster', name], clusterPath(name));
  return (
    <Page title={name} crumbs={crumbs} actions={cluster.data !== undefined && <ClusterActs cluster={cluster.data} />}>
      <Answer of={cluster}>{(told) => <Told cluster={told} />}</Answer>
    </Page>
  );
}

function Told({ cluster }: { readonly cluster: KubeObject }): ReactNode {
  const { name, labels } = cluster.metadata;
  const { connection, offlineSince, lastSeenTime, sync, version, spoke, guardrail, alarms, conditions } = cluster.status as ClusterStatus;
  const { spec } = cluster;
  return (
    <>
      <dl className="facts">
        <Fact name="Connection">
          <ConnectionMark connection={connection} sync={sync.state} /> {offlineSince !== undefined && <Moment at={offlineSince} />}
        </Fact>
        {lastSeenTime !== undefined && (
          <Fact name="Last seen">
            <Moment at={lastSeenTime} />
          </Fact>
        )}
        <Fact name="Mode">{spec['paused'] === true ? 'paused' : String(spec['mode'] ?? 'Enforce')}</Fact>
        <Fact name="Kubernetes">
          {version.kubernetes} {version.platform}
        </Fact>
        <Fact name="Spoke">
          {spoke.version} {spoke.permissions}
        </Fact>
        <Fact name="Labels">
          <Labels labels={labels} />
        </Fact>
      </dl>
      <ul className="blockers">
        {alarms.map((alarm) => (
          <li key={alarm}>
            <ToneMark tone="bad">{alarm}</ToneMark>
          </li>
        ))}
        {conditions.map(({ type, status, message }) => (
          <li key={type}>
            <ToneMark tone={type === 'Ready' ? (status === 'True' ? 'good' : 'bad') : 'busy'}>{type}</ToneMark>
            <p>{message}</p>
          </li>
        ))}
      </ul>
      <Tabs
        tabs={{
          Policies: () => <Policies name={name} />,
          Guardrail: () => <GuardrailFacts guardrail={guardrail} />,
          Drift: () => <DriftTable query={{ cluster: name }} />,
          'At a time': () => <ClusterPast name={name} />,
          Object: () => <ObjectText label="The cluster as an object" value={cluster} />,
        }}
      />
    </>
  );
}

function Policies({ name }: { readonly name: string }): ReactNode {
  return <RowTable by="policy" list={useClusterRows(name, {})} empty={<Nothing title="No policy selects this cluster." />} />;
}
