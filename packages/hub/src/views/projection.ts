import type { PublishedFleet } from '@accord/core/fleet/plan-fleet';
import type { PolicyFact } from '@accord/core/registry/facts';
import { emptyRegistry, type Recorded, type Registry } from '@accord/core/registry/registry';
import { isLagging } from '@accord/core/status/counted-state';
import type { RowSources } from '@accord/core/status/policy-rows';
import type { Link } from '@accord/core/view/connections';
import { isStuck, lagAfterAsking, lagAfterBeat, type Lag } from '@accord/core/view/lag';
import { noteChange, type MadeChanges } from '@accord/core/view/made-changes';
import { busEnded, busStarted, connectionOf, type Connection, type Moment, type Presence } from '@accord/core/view/presence';
import { emptyReported, type HealSeen, type Reported } from '@accord/core/view/reported';
import { equalBytes } from '@accord/proto/canonical';
import type { ClusterId, PolicyName } from '@accord/proto/ids';
import type { Beat } from '@accord/proto/messages';
import { parseIntent } from '@accord/proto/subjects';
import type { SyncState } from '@accord/proto/sync-state';
import type { Clock } from '@accord/runtime/clock';
import { SyncDigests } from './sync-digests.ts';

/** What changed, so that whoever shows it can read it again. */
export type Notice =
  | { readonly type: 'policy'; readonly policy: PolicyName }
  | { readonly type: 'cluster'; readonly id: ClusterId }
  | { readonly type: 'row'; readonly policy: PolicyName; readonly id: ClusterId; readonly change: string }
  | { readonly type: 'change'; readonly change: string; readonly actor: string; readonly atMs: number; readonly of: ChangedObject }
  | { readonly type: 'heal'; readonly heal: HealSeen };

export type ChangedObject = { readonly kind: 'policy'; readonly policy: PolicyName } | { readonly kind: 'cluster'; readonly id: ClusterId };

export interface ProjectionDeps {
  /** Without it both clocks are the given one. */
  readonly moment?: () => Moment;
  /** What the server says of the connections of a key. */
  readonly linkOf?: (publicKey: string) => Link | undefined;
}

/** How far the clock of a cluster is ahead, by its last beat; 0 when none was heard. */
export function beatSkewOf({ presence }: Projection, id: ClusterId): number {
  const seen = presence.beats.get(id);
  return seen === undefined || seen.beat.tsMs === 0 ? 0 : seen.beat.tsMs - seen.atMs;
}

/** Everything that the hub shows, in memory: what was decided, what was reported, who is there. Rebuilt from the bus at each start. */
export class Projection implements RowSources {
  readonly registry: Registry = emptyRegistry();
  readonly reported: Reported = emptyReported();
  readonly made: MadeChanges = new Map();
  presence: Presence;
  readonly #moment: () => Moment;
  readonly #linkOf: (publicKey: string) => Link | undefined;
  readonly #syncDigests: SyncDigests;
  /** Of each cluster whose last beat lacked something that stood when it came. */
  readonly #lags = new Map<ClusterId, Lag>();
  readonly #listeners = new Set<(notice: Notice) => void>();
  readonly #connections = new Map<ClusterId, string>();

  constructor(clock: Clock, published: PublishedFleet, { moment, linkOf }: ProjectionDeps = {}) {
    this.#moment = moment ?? (() => ({ atMs: clock.now(), awakeMs: clock.now() }));
    this.#linkOf = linkOf ?? (() => undefined);
    this.#syncDigests = new SyncDigests(published);
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
  syncOf = (id: ClusterId): SyncState => {
    const seen = this.presence.beats.get(id);
    const cluster = this.registry.clusters.get(id);
    if (seen === undefined || cluster === undefined) return 'unknown';
    if (equalBytes(this.#syncDigests.of(cluster.body), seen.beat.syncDigest)) return 'current';
    const lag = this.#lags.get(id);
    const isLost = lag !== undefined && isStuck(lag, this.#moment().awakeMs) && this.connectionOf(id).state === 'live';
    return isLost ? 'stuck' : 'behind';
  };

  beat(id: ClusterId, beat: Beat): void {
    const moment = this.#moment();
    // Whoever was away reads everything anew, whatever it was asked before.
    const lag = this.connectionOf(id).state === 'live' ? this.#lags.get(id) : undefined;
    this.presence.beats.set(id, { ...moment, beat });
    // Compared with what stands now, and not when somebody looks: by then more may be published, and a beat is two seconds old.
    this.#lags.delete(id);
    if (isLagging(this.syncOf(id))) this.#lags.set(id, lagAfterBeat(lag, beat.syncDigest, moment.awakeMs));
    this.noticeConnection(id);
  }

  /** Clusters that have lacked something for so long that they are to look again. They count as asked from now on. */
  takeLagging(): readonly ClusterId[] {
    const nowMs = this.#moment().awakeMs;
    const due = [...this.#lags].filter(([, { askAtMs }]) => nowMs >= askAtMs);
    for (const [id, lag] of due) this.#lags.set(id, lagAfterAsking(lag, nowMs));
    return due.map(([id]) => id);
  }

  /** The bus ended under this hub. */
  busEnded(): void {
    this.presence = busEnded(this.presence, this.#moment().atMs);
  }

  /** The bus was started anew under this hub. */
  busStarted(): void {
    this.presence = busStarted(this.presence, this.#moment().atMs);
  }

  /** What was heard of a cluster that has left. */
  forget(id: ClusterId): void {
    this.reported.clusters.delete(id);
    this.presence.beats.delete(id);
    this.#lags.delete(id);
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

  /** To be called for each fact that was folded. */
  noticeFact({ subject, recorded }: { readonly subject: string; readonly recorded: Recorded<unknown> }): void {
    const place = parseIntent(subject);
    if (place?.kind !== 'policy' && place?.kind !== 'cluster') return;
    const of: ChangedObject =
      place.kind === 'policy' ? { kind: 'policy', policy: place.id as PolicyName } : { kind: 'cluster', id: place.id as ClusterId };
    this.notify(of.kind === 'policy' ? { type: 'policy', policy: of.policy } : { type: 'cluster', id: of.id });
    const { change, actor, atMs } = recorded;
    if (place.kind === 'policy') noteChange(this.made, change.id, recorded.body as PolicyFact);
    if (change.id !== '') this.notify({ type: 'change', change: change.id, actor, atMs, of });
  }

  notify(notice: Notice): void {
    for (const listener of this.#listeners) listener(notice);
  }

  onNotice(listener: (notice: Notice) => void, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
  }
}
