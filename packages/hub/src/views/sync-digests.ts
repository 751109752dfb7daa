import { anchorsOfFact } from '@accord/core/cluster/anchors-of';
import { syncDigest } from '@accord/core/cluster/sync-digest';
import type { PublishedAnchor, PublishedFleet } from '@accord/core/fleet/plan-fleet';
import type { ClusterFact } from '@accord/core/registry/facts';

interface Known {
  readonly stood: readonly (PublishedAnchor | undefined)[];
  readonly digest: Uint8Array;
}

/** What a beat says of a cluster that has everything. Hashed again only when something was published where the cluster reads. */
export class SyncDigests {
  readonly #published: PublishedFleet;
  readonly #known = new WeakMap<ClusterFact, Known>();

  constructor(published: PublishedFleet) {
    this.#published = published;
  }

  of(cluster: ClusterFact): Uint8Array {
    const anchors = anchorsOfFact(cluster);
    const known = this.#known.get(cluster);
    // Whoever writes an anchor puts another object in its place.
    if (known !== undefined && anchors.every((anchor, at) => this.#published.get(anchor) === known.stood[at])) return known.digest;
    const stood = anchors.map((anchor) => this.#published.get(anchor));
    const digest = syncDigest(
      anchors.flatMap((anchor, at) => {
        const place = stood[at];
        return place === undefined ? [] : [{ anchor, epoch: place.epoch, version: place.version }];
      }),
    );
    this.#known.set(cluster, { stood, digest });
    return digest;
  }
}
