import type { ReactNode } from 'react';
import type { PolicySummary } from '@accord/proto/api-fleet';
import { Link } from 'wouter';
import { useMay } from '../hub/person.ts';
import { usePolicies } from '../hub/queries.ts';
import { Command, Nothing } from '../parts/answer.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { flatten } from '../parts/list.ts';
import { Moment } from '../parts/moment.tsx';
import { Page } from '../parts/page.tsx';
import { CountBar } from '../parts/row-counts.tsx';
import { Choice, SearchField } from '../parts/search-field.tsx';
import { StateMark, ToneMark } from '../parts/state-mark.tsx';
import { useFilter } from '../parts/use-filter.ts';
import type { Column } from '../parts/virtual-table.tsx';

const orders = { worst: 'the worst first', name: 'name' };

const columns: readonly Column<PolicySummary>[] = [
  { name: 'Policy', width: 'minmax(11rem, 1.4fr)', cell: ({ name }) => <Link href={`/policies/${encodeURIComponent(name)}`}>{name}</Link> },
  { name: 'Worst state', width: '8rem', cell: stateOf },
  { name: 'Clusters', width: '6rem', isNumber: true, cell: ({ clusters }) => clusters.toLocaleString('en') },
  { name: 'How it stands', width: 'minmax(7rem, 1.5fr)', cell: ({ rows }) => <CountBar counts={rows} /> },
  { name: 'Mode', width: '6rem', cell: ({ mode, suspended }) => (suspended ? 'suspended' : mode) },
  { name: 'Priority', width: '4rem', isNumber: true, cell: ({ priority }) => priority },
  { name: 'Changed', width: '7rem', cell: ({ changedAt }) => <Moment at={changedAt} /> },
  { name: 'By', width: 'minmax(5rem, 1fr)', cell: ({ actor }) => actor },
  {
    name: 'Change',
    width: 'minmax(8rem, 1fr)',
    cell: ({ change }) => <Link href={`/changes/${encodeURIComponent(change)}`}>{change}</Link>,
  },
];

function stateOf({ worst, deleting }: PolicySummary): ReactNode {
  if (deleting) return <ToneMark tone="busy">being removed</ToneMark>;
  return worst === '' ? <span className="dim">no cluster</span> : <StateMark state={worst} />;
}

/** Every policy, and how it stands. */
export function PoliciesPage(): ReactNode {
  const [q, setQ] = useFilter('q');
  const [state, setState] = useFilter('state');
  const [sort, setSort] = useFilter('sort');
  const order = sort === '' ? 'worst' : sort;
  const list = usePolicies({ q, state, sort: order });
  const mayOperate = useMay('operator');
  const isFiltered = q !== '' || state !== '';
  return (
    <Page
      title="Policies"
      actions={
        mayOperate && (
          <Link href="/new-policy" className="button">
            New policy
          </Link>
        )
      }
    >
      <div className="filters">
        <SearchField label="Name" value={q} onChange={setQ} />
        <Choice label="State" value={state} options={stateChoices} onChange={setState} />
        <Choice label="Order" value={order} options={orders} onChange={setSort} />
        <span className="dim">{flatten(list).total.toLocaleString('en')} policies</span>
      </div>
      <ListTable
        label="Policies"
        list={list}
        columns={columns}
        keyOf={({ name }) => name}
        empty={isFiltered ? <Nothing title="No policy is like that." /> : <NoPolicy />}
      />
    </Page>
  );
}

const stateChoices = {
  ...{ '': 'any', Applied: 'Applied', Pending: 'Pending', Received: 'Received', Applying: 'Applying' },
  ...{ Retrying: 'Retrying', Failed: 'Failed', Refused: 'Refused', Blocked: 'Blocked' },
  ...{
    Stalled: 'Stalled',
    Drifted: 'Drifted',
    Stopped: 'Stopped',
    Removing: 'Removing',
    Offline: 'Offline',
    Behind: 'Behind',
    Stuck: 'Stuck',
  },
};

function NoPolicy(): ReactNode {
  return (
    <Nothing title="There is no policy yet.">
      Write one, see what it would do, then apply it: <Command>accord preview -f policy.yaml</Command>{' '}
      <Command>accord apply -f policy.yaml --wait</Command>
    </Nothing>
  );
}
