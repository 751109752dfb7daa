import { anchorsOf } from '@accord/core/cluster/anchors-of';
import { syncDigest } from '@accord/core/cluster/sync-digest';
import type { PublishedFleet } from '@accord/core/fleet/plan-fleet';
import { clusterRecord, emptyRegistry, type Registry } from '@accord/core/registry/registry';
import type { RowSources, Sync } from '@accord/core/status/policy-rows';
import { connectionOf, type Connection, type Presence } from '@accord/core/view/presence';
import { emptyReported, type HealSeen, type Reported } from '@accord/core/view/reported';
import { equalBytes } from '@accord/proto/canonical';
import type { ClusterId, PolicyName } from '@accord/proto/ids';
import type { Beat } from '@accord/proto/messages';
import type { Clock } from '@accord/runtime/clock';

/** What changed, so that whoever shows it can read it again. */
export type Notice =
  | { readonly type: 'policy'; readonly policy: PolicyName }
  | { readonly type: 'cluster'; readonly id: ClusterId }
  | { readonly type: 'row'; readonly policy: PolicyName; readonly id: ClusterId; readonly change: string }
  | { readonly type: 'heal'; readonly heal: HealSeen };

/** Everything that the hub shows, in memory: what was decided, what was reported, who is there. Rebuilt from the bus at each start. */
export class Projection implements RowSources {
  readonly registry: Registry = emptyRegistry();
  readonly reported: Reported = emptyReported();
  readonly presence: Presence;
  readonly #clock: Clock;
  readonly #published: PublishedFleet;
  readonly #listeners = new Set<(notice: Notice) => void>();
  readonly #connections = new Map<ClusterId, Connection['state']>();

  constructor(clock: Clock, published: PublishedFleet) {
    this.#clock = clock;
    this.#published = published;
    this.presence = { beats: new Map(), startedAtMs: clock.now() };
  }

  connectionOf = (id: ClusterId): Connection => connectionOf(this.presence, id, this.#clock.now());

  /** Whether the cluster has what the hub published for it, by its own last beat. */
  syncOf = (id: ClusterId): Sync => {
    const seen = this.presence.beats.get(id);
    const cluster = this.registry.clusters.get(id);
    if (seen === undefined || cluster === undefined) return 'unknown';
    const positions = anchorsOf(clusterRecord(cluster.body)).flatMap((anchor) => {
      const published = this.#published.get(anchor);
      return published === undefined ? [] : [{ anchor, epoch: published.epoch, version: published.version }];
    });
    return equalBytes(syncDigest(positions), seen.beat.syncDigest) ? 'current' : 'behind';
  };

  beat(id: ClusterId, beat: Beat): void {
    this.presence.beats.set(id, { atMs: this.#clock.now(), beat });
    this.noticeConnection(id);
  }

  /** What was heard of a cluster that has left. */
  forget(id: ClusterId): void {
    this.reported.clusters.delete(id);
    this.presence.beats.delete(id);
    this.#connections.delete(id);
  }

  /** Tells when a cluster came or went since it was last looked at. */
  noticeConnection(id: ClusterId): void {
    const { state } = this.connectionOf(id);
    if (this.#connections.get(id) === state) return;
    this.#connections.set(id, state);
    this.notify({ type: 'cluster', id });
  }

  /** The highest epoch that more than half of the clusters speak of. A beat is not signed, and one spoke may lie: it must not stop the hub. */
  epochOfBeats(): number {
    const epochs = [...this.presence.beats.values()].map(({ beat }) => beat.epoch).toSorted((a, b) => b - a);
    return epochs[Math.floor(epochs.length / 2)] ?? 0;
  }

  notify(notice: Notice): void {
    for (const listener of this.#listeners) listener(notice);
  }

  onNotice(listener: (notice: Notice) => void, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
  }
}
