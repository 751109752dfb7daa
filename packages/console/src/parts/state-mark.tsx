import type { ReactNode } from 'react';
import { marks, meaningOf, toneOf, type Tone } from './tone.ts';

/** A state with its mark; what it means is shown to whoever points at it. */
export function StateMark({ state, count }: { readonly state: string; readonly count?: number }): ReactNode {
  return (
    <ToneMark tone={toneOf(state)} title={meaningOf(state)}>
      {state}
      {count !== undefined && <b>{count.toLocaleString('en')}</b>}
    </ToneMark>
  );
}

export function ToneMark({
  tone,
  title,
  children,
}: {
  readonly tone: Tone;
  readonly title?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <span className={`mark mark-${tone}`} title={title}>
      <span aria-hidden="true">{marks[tone]}</span>
      {children}
    </span>
  );
}

const connectionTones = { live: 'good', offline: 'bad', unknown: 'quiet' } as const;

export function ConnectionMark({
  connection,
  sync,
}: {
  readonly connection: keyof typeof connectionTones;
  readonly sync?: string;
}): ReactNode {
  if (connection === 'live' && sync === 'stuck')
    return (
      <ToneMark tone="bad" title={meaningOf('Stuck')}>
        live, stuck
      </ToneMark>
    );
  const isBehind = connection === 'live' && sync === 'behind';
  return <ToneMark tone={isBehind ? 'busy' : connectionTones[connection]}>{isBehind ? 'live, catching up' : connection}</ToneMark>;
}
