import type { Fleet } from '@accord/proto/api';
import { countHeldUp, countRows } from './held-up.ts';

/** `moving` ends by itself; with `needs-a-person` somebody has to look. */
export interface Health {
  readonly level: 'well' | 'moving' | 'needs-a-person';
  readonly sentence: string;
}

const moving = ['Pending', 'Received', 'Applying', 'Retrying', 'Removing', 'Behind'];

/** One sentence for a whole fleet. `offline` counts the clusters that should not be: one that was revoked has nothing to say. */
export function judgeHealth({ clusters, policies, rows, alarms }: Fleet, offline: number): Health {
  const heldUp = countHeldUp(rows);
  const wrong = [
    ...some(heldUp, 'row is held up', 'rows are held up'),
    ...some(offline, `of ${clusters.total} clusters is offline`, `of ${clusters.total} clusters are offline`),
    ...some(clusters.stuck, 'cluster takes nothing that is published', 'clusters take nothing that is published'),
    ...some(alarms.length, 'alarm', 'alarms'),
  ];
  if (wrong.length > 0) return { level: 'needs-a-person', sentence: `Needs a person: ${wrong.join(', ')}.` };
  const onTheWay = [
    ...some(
      countRows(rows, (state) => moving.includes(state)),
      'row is on its way',
      'rows are on their way',
    ),
    ...some(clusters.unknown, 'cluster was not heard of yet', 'clusters were not heard of yet'),
  ];
  if (onTheWay.length > 0) return { level: 'moving', sentence: `Getting there by itself: ${onTheWay.join(', ')}.` };
  if (clusters.total === 0) return { level: 'well', sentence: 'There is no cluster yet. Bring one in: accord cluster add NAME' };
  return {
    level: 'well',
    sentence: `Well: ${count(clusters.live, 'cluster')} live, ${count(policies, 'policy', 'policies')}, nothing is held up.`,
  };
}

function some(number: number, one: string, many: string): readonly string[] {
  return number === 0 ? [] : [count(number, one, many)];
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
