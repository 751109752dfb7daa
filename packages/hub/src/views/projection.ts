import { anchorsOf } from '@accord/core/cluster/anchors-of';
import { syncDigest } from '@accord/core/cluster/sync-digest';
import type { PublishedFleet } from '@accord/core/fleet/plan-fleet';
import { clusterRecord, emptyRegistry, type Registry } from '@accord/core/registry/registry';
import type { RowSources, Sync } from '@accord/core/status/policy-rows';
import type { Link } from '@accord/core/view/connections';
import { connectionOf, type Connection, type Moment, type Presence } from '@accord/core/view/presence';
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

export interface ProjectionDeps {
  /** Without it both clocks are the given one. */
  readonly moment?: () => Moment;
  /** What the server says of the connections of a key. */
  readonly linkOf?: (publicKey: string) => Link | undefined;
}

/** Everything that the hub shows, in memory: what was decided, what was reported, who is there. Rebuilt from the bus at each start. */
export class Projection implements RowSources {
  readonly registry: Registry = emptyRegistry();
  readonly reported: Reported = emptyReported();
  presence: Presence;
  readonly #moment: () => Moment;
  readonly #linkOf: (publicKey: string) => Link | undefined;
  readonly #published: PublishedFleet;
  readonly #listeners = new Set<(notice: Notice) => void>();
  readonly #connections = new Map<ClusterId, string>();

  constructor(clock: Clock, published: PublishedFleet, { moment, linkOf }: ProjectionDeps = {}) {
    this.#moment = moment ?? (() => ({ atMs: clock.now(), awakeMs: clock.now() }));
    this.#linkOf = linkOf ?? (() => undefined);
    this.#published = published;
    this.presence = { beats: new Map(), startedAtMs: clock.now() };
  }

  /** A cluster whose access was revoked is offline from then on, whoever may beat under its name. */
  connectionOf = (id: ClusterId): Connection => {
    const cluster = this.registry.clusters.get(id)?.body;
    if (cluster?.revokedAtMs !== undefined) return { state: 'offline', sinceMs: cluster.revokedAtMs };
    const { startedAtMs } = this.presence;
    // Who has just joined needs a moment for the first beat, as everybody does when the hub has just started.
    const since = { ...this.presence, startedAtMs: Math.max(startedAtMs, cluster?.createdAtMs ?? 0) };
    return connectionOf(since, id, this.#moment(), cluster && this.#linkOf(cluster.publicKey));
  };

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
    this.presence.beats.set(id, { ...this.#moment(), beat });
    this.noticeConnection(id);
  }

  /** The bus was started anew under this hub. */
  busStarted(): void {
    this.presence = { ...this.presence, busStartedAtMs: this.#moment().atMs };
  }

  /** What was heard of a cluster that has left. */
  forget(id: ClusterId): void {
    this.reported.clusters.delete(id);
    this.presence.beats.delete(id);
    this.#connections.delete(id);
  }

  /** Tells when a cluster came or went since it was last looked at. */
  noticeConnection(id: ClusterId): void {
    const connection = this.connectionOf(id);
    const shown = connection.state === 'offline' && connection.isSilent ? 'silent' : connection.state;
    if (this.#connections.get(id) === shown) return;
    this.#connections.set(id, shown);
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
