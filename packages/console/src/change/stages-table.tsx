import type { ReactNode } from 'react';
import { isWritten, stageName } from '@accord/core/history/stage-times';
import { renderKey, type ObjectKey } from '@accord/proto/ids';
import { SmallTable, type SmallTableProps } from '../parts/small-table.tsx';
import { tellMs } from '../parts/tell-time.ts';
import type { OnCluster } from './waterfall.ts';

/** What `apply` was made of: its stages, counted from the call as hops are, each with the write that took longest. */
export function StagesTable({ stages, acceptedMs }: Pick<OnCluster, 'stages'> & { readonly acceptedMs: number }): ReactNode {
  if (stages.length === 0) return null;
  return <SmallTable caption="Stages of the apply" columns={columnsFrom(acceptedMs)} rows={stages} keyOf={({ stage }) => String(stage)} />;
}

function columnsFrom(acceptedMs: number): SmallTableProps<OnCluster['stages'][number]>['columns'] {
  return [
    { name: 'Stage', cell: ({ stage }) => stageName(stage) },
    { name: 'after', isNumber: true, cell: ({ startMs }) => tellMs(startMs - acceptedMs) },
    { name: 'took', isNumber: true, cell: ({ startMs, endMs }) => tellMs(endMs - startMs) },
    { name: 'writes', isNumber: true, cell: ({ writes }) => writes.toLocaleString('en') },
    { name: 'Slowest write', cell: ({ slowest }) => slowest !== null && <Slowest write={slowest} /> },
  ];
}

function Slowest({ write }: { readonly write: NonNullable<OnCluster['stages'][number]['slowest']> }): ReactNode {
  const { method, object, ms, result } = write;
  return (
    <>
      {method} {renderKey(object as ObjectKey)} <span className="dim">{tellMs(ms)}</span>{' '}
      {isWritten(result) ? <span className="dim">{result}</span> : result}
    </>
  );
}
