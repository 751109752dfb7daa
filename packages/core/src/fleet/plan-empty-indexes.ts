import { indexSubject, type Anchor } from '@accord/proto/subjects';
import { Entries } from '../follow/entries.ts';
import type { FleetPlan, PublishedFleet } from './plan-fleet.ts';

/**
 * An index without entries for each anchor that somebody follows and that the present epoch has none for.
 *
 * A cluster that knows an anchor of an earlier epoch waits until it finds it again: an index that is not found may be late. Where
 * nothing is anchored any more only an empty index can tell. In the first epoch nobody knows more than there is.
 */
export function planEmptyIndexes(
  published: PublishedFleet,
  anchors: Iterable<Anchor>,
  { epoch, indexesMax }: { readonly epoch: number; readonly indexesMax: number },
): FleetPlan {
  const missing = epoch === 1 ? [] : [...new Set(anchors)].filter((anchor) => published.get(anchor)?.epoch !== epoch).toSorted();
  const indexes = missing.slice(0, indexesMax).map((anchor) => ({
    subject: indexSubject(anchor),
    index: { anchor, epoch, version: 1, entries: [] },
    entries: new Entries(),
    expectSeq: published.get(anchor)?.seq ?? 0,
  }));
  return { documents: [], indexes };
}
