import type { ReactNode } from 'react';
import type { ClusterSummary } from '@accord/proto/api-fleet';
import { Link } from 'wouter';
import { useClusters } from '../hub/queries.ts';
import { Nothing } from '../parts/answer.tsx';
import { Labels } from '../parts/labels.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { flatten } from '../parts/list.ts';
import { Section } from '../parts/page.tsx';
import { CountBar } from '../parts/row-counts.tsx';
import { Choice, SearchField } from '../parts/search-field.tsx';
import { ConnectionMark, StateMark } from '../parts/state-mark.tsx';
import { useFilter } from '../parts/use-filter.ts';
import type { Column } from '../parts/virtual-table.tsx';

const connections = { '': 'any', live: 'live', offline: 'offline', unknown: 'unknown' };
const orders = { worst: 'the worst first', name: 'name' };

const columns: readonly Column<ClusterSummary>[] = [
  {
    name: 'Cluster',
    width: 'minmax(10rem, 1.4fr)',
    cell: ({ name }) => <Link href={`/clusters/${encodeURIComponent(name)}`}>{name}</Link>,
  },
  { name: 'Connection', width: '10rem', cell: ({ connection, sync }) => <ConnectionMark connection={connection} sync={sync} /> },
  {
    name: 'Worst state',
    width: '8rem',
    cell: ({ worst }) => (worst === '' ? <span className="dim">no policy</span> : <StateMark state={worst} />),
  },
  { name: 'Policies', width: 'minmax(6rem, 1fr)', cell: ({ rows }) => <CountBar counts={rows} /> },
  { name: 'Mode', width: '6rem', cell: ({ mode, paused }) => (paused ? 'paused' : mode) },
  { name: 'Version', width: '6rem', cell: ({ kubernetesVersion }) => kubernetesVersion },
  { name: 'Labels', width: 'minmax(12rem, 3fr)', cell: ({ labels }) => <Labels labels={labels} /> },
];

/** Every cluster, found by name, label, connection or the state of a policy on it. */
export function ClusterTable(): ReactNode {
  const [q, setQ] = useFilter('q');
  const [connection, setConnection] = useFilter('connection');
  const [state] = useFilter('state');
  const [sort, setSort] = useFilter('sort');
  const order = sort === '' ? 'worst' : sort;
  const list = useClusters({ q, connection, state, sort: order });
  return (
    <Section
      title="Clusters"
      aside={
        <span className="filters">
          <SearchField label="Name or label" value={q} onChange={setQ} />
          <Choice label="Connection" value={connection} options={connections} onChange={setConnection} />
          <Choice label="Order" value={order} options={orders} onChange={setSort} />
          <span className="dim">{flatten(list).total.toLocaleString('en')} clusters</span>
        </span>
      }
    >
      <ListTable
        label="Clusters"
        list={list}
        columns={columns}
        keyOf={({ id }) => id}
        empty={<Nothing title="No cluster is like that." />}
      />
    </Section>
  );
}
