import type { ReactNode } from 'react';
import { StateMark } from './state-mark.tsx';
import { byLoudness, toneOf } from './tone.ts';

type Counts = Readonly<Record<string, number>>;

/** How many rows stand where, as one bar: its parts are as wide as their share. */
export function CountBar({ counts }: { readonly counts: Counts }): ReactNode {
  const parts = byLoudness(counts);
  const total = parts.reduce((sum, [, count]) => sum + count, 0);
  const text = parts.map(([state, count]) => `${count} ${state}`).join(', ');
  if (total === 0) return <span className="dim">nothing</span>;
  return (
    <span className="count-bar" role="img" aria-label={text} title={text}>
      {parts.map(([state, count]) => (
        <span key={state} className={`bar-${toneOf(state)}`} style={{ flexGrow: count, minWidth: 3 }} />
      ))}
    </span>
  );
}

/** The same in words, each of which filters the list that stands below it. */
export function CountChoices({
  counts,
  chosen,
  onChoose,
}: {
  readonly counts: Counts;
  readonly chosen: string;
  readonly onChoose: (state: string) => void;
}): ReactNode {
  return (
    <span className="choices">
      {byLoudness(counts).map(([state, count]) => (
        <button
          key={state}
          type="button"
          className="choice"
          aria-pressed={chosen === state}
          onClick={() => onChoose(chosen === state ? '' : state)}
        >
          <StateMark state={state} count={count} />
        </button>
      ))}
    </span>
  );
}
