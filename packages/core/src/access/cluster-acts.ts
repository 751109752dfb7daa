import type { DeclaredLabels } from '@accord/proto/access';
import { equalJson } from '@accord/proto/canonical';
import type { OperatorHold } from '@accord/proto/member';
import { setsOf } from '@accord/proto/labels';
import { openHolds } from '../cluster/decide-holds.ts';
import type { ClusterFact } from '../registry/facts.ts';

/** One thing that a write does to a cluster. */
export type ClusterAct =
  | { readonly act: 'protected'; readonly label: string }
  | { readonly act: 'edit'; readonly field: string }
  /** A hold of everything. */
  | { readonly act: 'freeze' }
  /** A hold or a confirmed removal of one policy. */
  | { readonly act: 'policy'; readonly policy: string }
  /** What this list does not know. */
  | { readonly act: 'other'; readonly field: string };

/** What follows from other fields, and is nobody's wish. */
const derived: readonly string[] = ['revision', 'tokenFloor'];

/** What a write does to a cluster, from the difference of its facts. A field that is not known here is an act of its own. */
export function clusterActs(
  before: ClusterFact | undefined,
  after: ClusterFact,
  { declared, nowMs }: { readonly declared: DeclaredLabels; readonly nowMs: number },
): readonly ClusterAct[] {
  if (before === undefined) return [{ act: 'other', field: 'name' }];
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof ClusterFact)[];
  const changed = fields.filter((field) => !derived.includes(field) && !equalJson(before[field] ?? null, after[field] ?? null));
  return changed.flatMap((field): readonly ClusterAct[] => {
    switch (field) {
      case 'labels':
        return [
          { act: 'edit', field: 'metadata.labels' },
          ...protectedChanges(before.labels, after.labels, declared),
          // A member reads of all others, wherever they are.
          ...(equalJson(setsOf(before.labels), setsOf(after.labels)) ? [] : [{ act: 'other', field: 'the sets' } as const]),
        ];
      case 'spec':
        return [{ act: 'edit', field: 'spec' }];
      case 'meta':
        return [{ act: 'edit', field: 'metadata.annotations' }];
      case 'holds':
        return holdChanges(openHolds(before.holds, nowMs), openHolds(after.holds, nowMs));
      case 'confirmedRemovals':
        // A relabel forgets what was confirmed for the old labels.
        return equalJson(before.labels, after.labels) ? confirmations(before.confirmedRemovals, after.confirmedRemovals) : [];
      default:
        return [{ act: 'other', field }];
    }
  });
}

type Texts = Readonly<Record<string, string>>;

function protectedChanges(before: Texts, after: Texts, declared: DeclaredLabels): readonly ClusterAct[] {
  return Object.keys(declared)
    .filter((label) => declared[label]?.protected === true && before[label] !== after[label])
    .map((label) => ({ act: 'protected', label }));
}

function holdChanges(before: readonly OperatorHold[], after: readonly OperatorHold[]): readonly ClusterAct[] {
  const isIn = (list: readonly OperatorHold[], hold: OperatorHold): boolean => list.some((other) => equalJson(other, hold));
  const changed = [...before.filter((hold) => !isIn(after, hold)), ...after.filter((hold) => !isIn(before, hold))];
  return changed.map(({ policy }) => (policy === undefined ? { act: 'freeze' } : { act: 'policy', policy }));
}

type Counts = Readonly<Record<string, number>>;

function confirmations(before: Counts, after: Counts): readonly ClusterAct[] {
  const policies = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...policies].filter((policy) => before[policy] !== after[policy]).map((policy) => ({ act: 'policy', policy }));
}
