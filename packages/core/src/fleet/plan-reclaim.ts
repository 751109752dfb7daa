import { Entries } from '../follow/entries.ts';
import { anchorAll, indexSubject, type Anchor } from '@accord/proto/subjects';
import type { FleetPlan, PublishedAnchor, PublishedFleet } from './plan-fleet.ts';

/**
 * What has to stand in FLEET before these anchors may be taken out of it: an index that is newer than theirs.
 *
 * How far FLEET has come is told by its newest index. Without that one a hub that starts would take FLEET for lost, and start an epoch.
 * So an index that stays is written once more as it is: nobody who reads it learns anything new.
 */
export function planReclaim(published: PublishedFleet, going: ReadonlySet<Anchor>, epoch: number): FleetPlan {
  const newestOf = (anchors: readonly (readonly [Anchor, PublishedAnchor])[]): readonly [Anchor, PublishedAnchor] =>
    anchors.reduce((best, entry) => (entry[1].seq > best[1].seq ? entry : best), [anchorAll, { ...nothing, epoch }]);
  const entries = [...published];
  const [newest] = newestOf(entries);
  if (!going.has(newest)) return { documents: [], indexes: [] };
  const [anchor, kept] = newestOf(entries.filter(([candidate]) => !going.has(candidate)));
  const index = { anchor, epoch: kept.epoch, version: kept.version, entries: kept.entries.list() };
  return { documents: [], indexes: [{ subject: indexSubject(anchor), index, entries: kept.entries, expectSeq: kept.seq }] };
}

/** Where nothing stays, an index of everybody that names nothing. */
const nothing = { version: 1, seq: 0, entries: new Entries() };
