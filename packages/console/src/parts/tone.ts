import { isPolicyState, states } from '@accord/core/status/states';

/** How loud something is: what a person must look at, what goes on by itself, what is well, what is none of these. */
export type Tone = 'bad' | 'warn' | 'busy' | 'good' | 'quiet';

/** Never told by colour alone. */
export const marks: Readonly<Record<Tone, string>> = { bad: '✕', warn: '▲', busy: '◌', good: '✓', quiet: '–' };

/** Of the state of a row, or of what it is counted as. */
export function toneOf(state: string): Tone {
  if (state === 'Stuck') return 'bad';
  if (state === 'Offline' || state === 'Behind' || state === 'Drifted') return 'warn';
  if (!isPolicyState(state)) return 'quiet';
  const { stalled, reconciling, ready } = states[state];
  if (stalled) return 'bad';
  if (reconciling) return 'busy';
  return ready === 'True' ? 'good' : 'quiet';
}

export function meaningOf(state: string): string {
  if (state === 'Stuck') return 'bad';
  if (state === 'Offline') return 'the cluster is not connected; what it last said may be over';
  if (state === 'Behind') return 'the cluster does not have the last publication yet';
  if (state === 'Stuck') return 'the cluster is connected and takes nothing that is published, also when asked to look again';
  return isPolicyState(state) ? states[state].meaning : '';
}

const loudness: readonly Tone[] = ['bad', 'warn', 'busy', 'quiet', 'good'];

/** The loudest first, then by name, so that a bar keeps its order while numbers change. */
export function byLoudness(counts: Readonly<Record<string, number>>): readonly (readonly [state: string, count: number])[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .toSorted(([a], [b]) => loudness.indexOf(toneOf(a)) - loudness.indexOf(toneOf(b)) || (a < b ? -1 : 1));
}
