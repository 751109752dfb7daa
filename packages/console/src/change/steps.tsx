import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { SmallTable, type SmallTableProps } from '../parts/small-table.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { tellMs } from '../parts/tell-time.ts';
import { HopName } from './hop-name.tsx';
import { StagesTable } from './stages-table.tsx';
import type { Fall } from './waterfall.ts';

const columns: SmallTableProps<Fall['hops'][number]>['columns'] = [
  { name: 'Hop', cell: ({ hop }) => <HopName hop={hop} /> },
  { name: 'after', isNumber: true, cell: ({ startMs }) => tellMs(startMs) },
  { name: 'took', isNumber: true, cell: ({ ms }) => tellMs(ms) },
];

/** One cluster of a change: its hops and the stages of its apply in numbers, and every state in which it stood there. */
export function Steps({ fall: { on, hops }, onClose }: { readonly fall: Fall; readonly onClose: () => void }): ReactNode {
  const { cluster, sentence, because, skewMs, steps, stages, corrected } = on;
  return (
    <div className="card steps" role="region" aria-label={`The change on ${cluster}`}>
      <header>
        <h3>
          <Link href={`/clusters/${encodeURIComponent(cluster)}`}>{cluster}</Link>
        </h3>
        <button type="button" className="plain" onClick={onClose} aria-label="Close">
          ✕
        </button>
      </header>
      <p>{sentence}</p>
      <p className="dim">
        It is placed here because {because}.
        {Math.abs(skewMs) >= 1 && ` The clock of this cluster is ${tellMs(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead' : 'behind'}.`}
      </p>
      <div className="columns">
        <SmallTable caption={`Hops on ${cluster}`} columns={columns} rows={hops} keyOf={({ hop }) => hop} />
        <ol className="plain-list">
          {steps.map(({ state, reason, message, count, created, changed, removed, fromMs }) => (
            <li key={`${fromMs} ${state} ${reason}`}>
              <StateMark state={state} /> {reason} {count > 1 && `× ${count}`} <span className="dim">{new Date(fromMs).toISOString()}</span>
              <p>{message}</p>
              {created + changed + removed > 0 && <p className="dim">{`+${created} created, ~${changed} changed, -${removed} removed`}</p>}
            </li>
          ))}
        </ol>
      </div>
      <StagesTable stages={stages} acceptedMs={corrected.acceptedMs} />
    </div>
  );
}
