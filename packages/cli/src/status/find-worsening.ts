import type { Row } from '@accord/proto/api';
import type { changesSchema, driftsSchema } from '@accord/proto/api-history';
import type * as z from 'zod';
import { heldSince, type Timelines } from './held-since.ts';

export type Change = z.infer<typeof changesSchema>['items'][number];
type Drift = z.infer<typeof driftsSchema>['items'][number];

/** What got worse since a moment. Names are sorted. */
export type Worsening =
  | {
      readonly kind: 'held-up';
      readonly policy: string;
      readonly state: string;
      readonly clusters: readonly string[];
      /** When the first of them began to be. */
      readonly atMs: number;
      readonly sentence: string;
      /** What most likely did it. */
      readonly change?: string;
      readonly undo?: string;
    }
  | { readonly kind: 'offline'; readonly clusters: readonly string[]; readonly atMs: number }
  | {
      readonly kind: 'drift';
      readonly policy: string;
      readonly manager: string;
      readonly operation: string;
      readonly times: number;
      readonly objects: number;
      readonly clusters: readonly string[];
      readonly atMs: number;
    };

export interface Observed {
  /** Rows that are held up now. */
  readonly heldUp: readonly Row[];
  readonly timelines: Timelines;
  /** Since then. */
  readonly changes: readonly Change[];
  readonly drift: readonly Drift[];
  /** Clusters that are offline and should not be. */
  readonly offline: readonly { readonly cluster: string; readonly sinceMs: number }[];
  readonly sinceMs: number;
}

/** So many changes of what one policy owns by one manager are no slip of somebody's hand. */
export const stormMin = 10;

/** What got worse, the first of it first: that is where to look. */
export function findWorsening(observed: Observed): readonly Worsening[] {
  return [...heldUpLately(observed), ...wentOffline(observed), ...driftStorms(observed)].toSorted((a, b) => a.atMs - b.atMs);
}

function heldUpLately({ heldUp, timelines, changes, sinceMs }: Observed): readonly Worsening[] {
  const lately = heldUp.flatMap((row) => {
    const began = heldSince(row, timelines);
    if (began === undefined || began.atMs < sinceMs) return [];
    const culprit = began.isOfChange && Date.parse(began.change.acceptedAt) >= sinceMs ? began.change : relabelOf(row, began.atMs, changes);
    return [{ row, atMs: began.atMs, culprit }];
  });
  const groups = Map.groupBy(lately, ({ row, culprit }) => `${row.policy} ${row.state} ${culprit?.id ?? ''}`);
  return [...groups.values()].flatMap((group): readonly Worsening[] => {
    const inOrder = group.toSorted((a, b) => a.atMs - b.atMs || (a.row.cluster < b.row.cluster ? -1 : 1));
    const [first] = inOrder;
    if (first === undefined) return [];
    const { policy, state, sentence } = first.row;
    const clusters = group.map(({ row }) => row.cluster).toSorted();
    const undo = first.culprit === undefined ? undefined : undoOf(first.culprit);
    return [
      {
        ...{ kind: 'held-up', policy, state, clusters, atMs: first.atMs, sentence },
        ...(first.culprit !== undefined && { change: first.culprit.id }),
        ...(undo !== undefined && { undo }),
      },
    ];
  });
}

/** A policy that was well elsewhere may have come to a cluster by what was changed of the cluster. Only one such change is a suspect. */
function relabelOf({ cluster }: Row, beforeMs: number, changes: readonly Change[]): Change | undefined {
  const suspects = changes.filter(({ object, acceptedAt }) => object === `cluster/${cluster}` && Date.parse(acceptedAt) <= beforeMs);
  return suspects.length === 1 ? suspects[0] : undefined;
}

/** What takes a change of a policy back. Undefined for a change of a cluster, of which nobody has kept how it was. */
function undoOf({ object, revision, type }: Pick<Change, 'object' | 'revision' | 'type'>): string | undefined {
  const [kind, policy] = object.split('/');
  if (kind !== 'policy' || policy === undefined) return undefined;
  if (type === 'PolicyCreated') return `accord delete policy ${policy}`;
  return type === 'PolicyChanged' || type === 'PolicyDeleted' ? `accord revert ${policy}@${revision - 1}` : undefined;
}

function wentOffline({ offline, sinceMs }: Observed): readonly Worsening[] {
  const lately = offline.filter((one) => one.sinceMs >= sinceMs);
  if (lately.length === 0) return [];
  const clusters = lately.map(({ cluster }) => cluster).toSorted();
  return [{ kind: 'offline', clusters, atMs: Math.min(...lately.map((one) => one.sinceMs)) }];
}

function driftStorms({ drift }: Observed): readonly Worsening[] {
  const groups = Map.groupBy(drift, ({ policy, manager, operation }) => `${policy} ${operation} ${manager}`);
  return [...groups.values()].flatMap((group): readonly Worsening[] => {
    const [any] = group;
    if (any === undefined || group.length < stormMin) return [];
    const { policy, manager, operation } = any;
    const clusters = [...new Set(group.map(({ cluster }) => cluster))].toSorted();
    const objects = new Set(group.map(({ cluster, object }) => `${cluster} ${object}`)).size;
    const atMs = Math.min(...group.map(({ reportedAt }) => Date.parse(reportedAt)));
    return [{ kind: 'drift', policy, manager, operation, times: group.length, objects, clusters, atMs }];
  });
}
