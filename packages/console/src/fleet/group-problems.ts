import type { Row } from '@accord/proto/api';

/** What holds up several rows for one reason. */
export interface Blocker {
  readonly state: string;
  readonly reason: string;
  readonly policy: string;
  readonly clusters: readonly string[];
  /** Of the first of them. */
  readonly sentence: string;
}

/** One entry for each policy, state and reason, the one with most clusters first: a thousand clusters with one trouble are one trouble. */
export function groupProblems(rows: readonly Row[]): readonly Blocker[] {
  const groups = Map.groupBy(rows, ({ policy, state, reason }) => `${policy} ${state} ${reason}`);
  const blockers = [...groups.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const { policy, state, reason, sentence } = first;
    return [{ policy, state, reason, sentence, clusters: alike.map(({ cluster }) => cluster).toSorted() }];
  });
  return blockers.toSorted((a, b) => b.clusters.length - a.clusters.length || (a.policy < b.policy ? -1 : 1));
}
