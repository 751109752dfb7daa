import type { ClusterId, PolicyName } from '@accord/proto/ids';
import type { ShownProjection } from './views.ts';

/** Which part of the past a caller sees. */
export interface SeenPast {
  /** A policy by its name, a cluster by its id. */
  readonly object: (kind: string, object: string) => boolean;
  readonly row: (policy: string, cluster: string) => boolean;
  readonly audit: (entry: { readonly actor: string; readonly object: string; readonly result: string }) => boolean;
}

const always = (): boolean => true;
export const wholePast: SeenPast = { object: always, row: always, audit: always };

/** What happened to the objects that a caller sees, and what he did himself. What is gone nobody can place, so it is not shown. */
export function limitedPast(projection: ShownProjection, actor: string): SeenPast {
  const { policies, clusters } = projection.registry;
  const object: SeenPast['object'] = (kind, id) =>
    kind === 'policy' ? policies.has(id as PolicyName) : kind === 'cluster' && clusters.has(id as ClusterId);
  return {
    object,
    row: (policy, cluster) => object('policy', policy) && projection.shows?.(policy as PolicyName, cluster as ClusterId) !== false,
    // Refusals name a path of the request, which is nobody's business but the caller's.
    audit: (entry) => entry.actor === actor || (entry.result === 'stored' && object(...kindAndId(entry.object))),
  };
}

function kindAndId(text: string): [kind: string, id: string] {
  const dot = text.indexOf('.');
  return [text.slice(0, dot), text.slice(dot + 1)];
}

/** Of entries that a caller does not see at most so many are passed over for one page. */
const scannedMax = 100_000;

/** A page of what is seen, out of everything from the newest on; `next` is where the page after it begins. */
export function pageOfSeen<Entry>(
  fetch: (after: Entry | undefined, limit: number) => readonly Entry[],
  isSeen: (entry: Entry) => boolean,
  limit: number,
): { readonly items: readonly Entry[]; readonly next: Entry | undefined } {
  const items: Entry[] = [];
  let after: Entry | undefined;
  for (let scanned = 0; scanned < scannedMax;) {
    const found = fetch(after, limit + 1);
    for (const entry of found) {
      if (items.length === limit) return { items, next: after };
      after = entry;
      if (isSeen(entry)) items.push(entry);
    }
    scanned += found.length;
    if (found.length <= limit) return { items, next: undefined };
  }
  return { items, next: after };
}
