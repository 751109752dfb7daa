import type { ReactNode } from 'react';
import type { driftsSchema } from '@accord/proto/api-history';
import { Link } from 'wouter';
import type { z } from 'zod';
import { usePages } from '../hub/queries.ts';
import { Nothing } from '../parts/answer.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { Moment } from '../parts/moment.tsx';
import { ToneMark } from '../parts/state-mark.tsx';
import { tellMs } from '../parts/tell-time.ts';
import type { Column } from '../parts/virtual-table.tsx';

type Drifts = z.infer<typeof driftsSchema>;
type Drift = Drifts['items'][number];

const columns: readonly Column<Drift>[] = [
  { name: 'When', width: '7rem', cell: ({ reportedAt }) => <Moment at={reportedAt} /> },
  {
    name: 'Cluster',
    width: 'minmax(8rem, 1fr)',
    cell: ({ cluster }) => <Link href={`/clusters/${encodeURIComponent(cluster)}`}>{cluster}</Link>,
  },
  {
    name: 'Policy',
    width: 'minmax(8rem, 1fr)',
    cell: ({ policy }) => <Link href={`/policies/${encodeURIComponent(policy)}`}>{policy}</Link>,
  },
  { name: 'Object', width: 'minmax(12rem, 2fr)', cell: ({ object, fields }) => <span title={fields.join('\n')}>{object}</span> },
  { name: 'Why', width: '11rem', cell: ({ cause, message }) => <span title={message}>{cause}</span> },
  {
    name: 'Who',
    width: 'minmax(10rem, 1.5fr)',
    cell: ({ manager, operation, writtenAt }) => <span title={writtenAt && `written ${writtenAt}`}>{`${manager} ${operation}`}</span>,
  },
  { name: 'What became of it', width: '12.5rem', cell: end },
];

function end({ kind, seenAt, healedAt }: Drift): ReactNode {
  if (kind === 'seen') return <ToneMark tone="warn">seen and left</ToneMark>;
  const tookMs = seenAt === undefined || healedAt === undefined ? undefined : Date.parse(healedAt) - Date.parse(seenAt);
  return <ToneMark tone="good">put right{tookMs !== undefined && ` in ${tellMs(tookMs)}`}</ToneMark>;
}

/** Objects that somebody changed, newest first. */
export function DriftTable({ query }: { readonly query: Readonly<Record<string, string>> }): ReactNode {
  const list = usePages<Drifts>(['drift'], '/v1/drift', query);
  const keyOf = (drift: Drift): string => `${drift.reportedAt} ${drift.cluster} ${drift.policy} ${drift.object} ${drift.seenAt}`;
  return (
    <ListTable
      label="Drift"
      list={list}
      columns={columns}
      keyOf={keyOf}
      empty={<Nothing title="Nobody changed anything that policies hold." />}
    />
  );
}
