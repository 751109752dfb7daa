import type { ReactNode } from 'react';
import { isWritten, stageName } from '@accord/core/history/stage-times';
import { renderKey, type ObjectKey } from '@accord/proto/ids';
import { tellMs } from '../parts/tell-time.ts';
import type { OnCluster } from './waterfall.ts';

/** What `apply` was made of: its stages, counted from the call as hops are, each with the write that took longest. */
export function StagesTable({ stages, acceptedMs }: Pick<OnCluster, 'stages'> & { readonly acceptedMs: number }): ReactNode {
  if (stages.length === 0) return null;
  return (
    <table className="plain-table" aria-label="Stages of the apply">
      <thead>
        <tr>
          <th>Stage</th>
          <th className="number">after</th>
          <th className="number">took</th>
          <th className="number">writes</th>
          <th>Slowest write</th>
        </tr>
      </thead>
      <tbody>
        {stages.map(({ stage, startMs, endMs, writes, slowest }) => (
          <tr key={stage}>
            <td>{stageName(stage)}</td>
            <td className="number">{tellMs(startMs - acceptedMs)}</td>
            <td className="number">{tellMs(endMs - startMs)}</td>
            <td className="number">{writes.toLocaleString('en')}</td>
            <td>{slowest !== null && <Slowest write={slowest} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
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
