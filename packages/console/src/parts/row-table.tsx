import type { ReactNode } from 'react';
import type { Row, Rows } from '@accord/proto/api';
import { Link } from 'wouter';
import type { Pages } from '../hub/queries.ts';
import { ListTable } from './list-table.tsx';
import { Moment } from './moment.tsx';
import { ConnectionMark, StateMark } from './state-mark.tsx';
import type { Column } from './virtual-table.tsx';

const cluster: Column<Row> = {
  name: 'Cluster',
  width: 'minmax(9rem, 1fr)',
  cell: (row) => <Link href={`/clusters/${encodeURIComponent(row.cluster)}?policy=${encodeURIComponent(row.policy)}`}>{row.cluster}</Link>,
};
const policy: Column<Row> = {
  name: 'Policy',
  width: 'minmax(9rem, 1fr)',
  cell: (row) => <Link href={`/policies/${encodeURIComponent(row.policy)}`}>{row.policy}</Link>,
};
const rest: readonly Column<Row>[] = [
  { name: 'State', width: '8rem', cell: ({ state }) => <StateMark state={state} /> },
  { name: 'Connection', width: '10rem', cell: ({ connection, sync }) => <ConnectionMark connection={connection} sync={sync} /> },
  {
    name: 'Objects',
    width: '6rem',
    isNumber: true,
    cell: ({ applied, desired, held }) => `${applied} of ${desired}${held > 0 ? `, ${held} held` : ''}`,
  },
  { name: 'Revision', width: '6rem', isNumber: true, cell: ({ reportedRevision, revision }) => `${reportedRevision} of ${revision}` },
  { name: 'Seen', width: '6rem', cell: ({ observedAt }) => <Moment at={observedAt} /> },
  { name: 'What it says', width: 'minmax(16rem, 4fr)', cell: ({ sentence }) => <span title={sentence}>{sentence}</span> },
];
const columns = { cluster: [cluster, ...rest], policy: [policy, ...rest] };

/** How policies stand on clusters, from the side of one of them. */
export function RowTable({
  by,
  list,
  empty,
}: {
  readonly by: 'cluster' | 'policy';
  readonly list: Pages<Rows>;
  readonly empty: ReactNode;
}): ReactNode {
  const label = by === 'cluster' ? 'Clusters of the policy' : 'Policies of the cluster';
  return <ListTable label={label} list={list} columns={columns[by]} keyOf={(row) => row[by]} empty={empty} />;
}
