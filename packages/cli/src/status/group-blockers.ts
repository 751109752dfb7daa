import type { Row } from '@accord/proto/api';

/** How one policy stands on one cluster, as far as it is grouped. */
export type Standing = Pick<Row, 'policy' | 'cluster' | 'state' | 'sentence'>;

/** What holds several rows up in the same way. Lists are sorted. */
export interface Blocker {
  readonly state: string;
  readonly rows: number;
  readonly policies: readonly string[];
  readonly clusters: readonly string[];
  /** Of its rows the first by policy and cluster. */
  readonly example: Standing;
}

/** Rows whose sentences say the same but for names, numbers and times, the commonest first. */
export function groupBlockers(rows: readonly Standing[]): readonly Blocker[] {
  const inOrder = rows.toSorted((a, b) => compare(a.policy, b.policy) || compare(a.cluster, b.cluster));
  return [...Map.groupBy(inOrder, (row) => `${row.state} ${shapeOf(row)}`).values()]
    .flatMap((group) => {
      const [example] = group;
      return example === undefined ? [] : [blockerOf(group, example)];
    })
    .toSorted((a, b) => b.rows - a.rows || compare(a.example.sentence, b.example.sentence));
}

function blockerOf(group: readonly Standing[], example: Standing): Blocker {
  const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)].toSorted();
  return {
    state: example.state,
    rows: group.length,
    policies: distinct(group.map(({ policy }) => policy)),
    clusters: distinct(group.map(({ cluster }) => cluster)),
    example,
  };
}

/** A name is replaced only where it stands alone: the cluster `eu` is no part of the namespace `eu-payments`. */
function shapeOf({ sentence, policy, cluster }: Standing): string {
  return withoutFreshness(sentence)
    .split(/([^A-Za-z0-9-]+)/)
    .map((word) => (word === cluster ? 'CLUSTER' : word === policy ? 'POLICY' : /^\d[\dTZ-]*$/.test(word) ? 'N' : word))
    .join('');
}

/** How old a report is stands behind the sentence, and holds nothing up. */
export function withoutFreshness(sentence: string): string {
  return sentence.replace(/ \((?:Last known|The cluster is (?:behind|stuck))[^()]*\)$/, '');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
