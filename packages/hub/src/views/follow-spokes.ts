import type { Bus } from '@accord/bus/bus';
import type { ClusterFact } from '@accord/core/registry/facts';
import { clusterRecord } from '@accord/core/registry/registry';
import { isMadeFor } from '@accord/core/view/made-changes';
import { foldOutcome, foldSummary } from '@accord/core/view/reported';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import { isClusterId, type ClusterId, type PolicyName } from '@accord/proto/ids';
import { beatCodec, outcomeCodec, summaryCodec, type Signed } from '@accord/proto/messages';
import { senderOf } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import { breathe } from '@accord/runtime/breathe';
import type { Log } from '@accord/runtime/log';
import { TurnShare } from '@accord/runtime/turn-share';
import type { FoldedOutcome } from '../metrics/count-outcomes.ts';
import { isOfFormerKey, openByItsKeys } from './open-by-its-keys.ts';
import type { OpenedOutcomes } from './opened-outcomes.ts';
import type { Projection } from './projection.ts';

export interface FollowSpokesDeps {
  readonly bus: Bus;
  readonly projection: Projection;
  readonly opened: OpenedOutcomes;
  /** The cluster says that it has let go, or says something although it has left. */
  readonly onDeparture: (id: ClusterId) => void;
  readonly clock: Clock;
  readonly log: Log;
  /** An outcome was folded and was news. Not told of what was stored before the start. */
  readonly onOutcome?: (folded: FoldedOutcome) => void;
  /** A message of this cluster is not signed with its key, or not for where it came. */
  readonly onForged?: (id: ClusterId) => void;
}

/** For messages of spokes, in each turn of the event loop. */
const turnMsMax = 20;

/** What each spoke says, believed only as far as its own key signed it. Any bytes may come: none of them may stop the hub. */
export class SpokeMessages {
  readonly #deps: FollowSpokesDeps;
  /** Messages per cluster that were no message of ours, or not signed by its key. */
  readonly garbage = new Map<string, number>();
  /** Of whom something is stored although they have left. */
  readonly strangers = new Set<ClusterId>();
  readonly #share: TurnShare;
  #hasStarted = false;

  constructor(deps: FollowSpokesDeps) {
    this.#deps = deps;
    this.#share = new TurnShare(deps.clock, turnMsMax);
  }

  /** Resolves when everything that is stored has been folded; rejects with `unavailable` when `signal` aborts before. */
  async start(signal: AbortSignal): Promise<{ readonly done: Promise<unknown> }> {
    const { bus } = this.#deps;
    await bus.subscribe('outcome.*', ({ subject, body }) => this.#readAtOnce(subject, body), signal);
    await bus.subscribe('beat.*', ({ subject, body }) => this.read(subject, body), signal);
    const reports = this.#follow('REPORTS', signal);
    const outcomes = this.#follow('OUTCOMES', signal);
    await Promise.all([reports.caughtUp, outcomes.caughtUp]);
    this.#hasStarted = true;
    return { done: Promise.all([reports.done, outcomes.done]) };
  }

  #follow(stream: 'REPORTS' | 'OUTCOMES', signal: AbortSignal): { readonly caughtUp: Promise<void>; readonly done: Promise<void> } {
    const caughtUp = Promise.withResolvers<void>();
    const run = async (): Promise<void> => {
      for await (const stored of this.#deps.bus.follow(
        { stream, filters: [], afterSeq: 0, lastPerSubject: stream === 'REPORTS' },
        signal,
      )) {
        while (this.#share.isUsedUp()) await breathe();
        if (stored === 'caught-up') caughtUp.resolve();
        else this.read(stored.subject, stored.body);
      }
    };
    const done = run();
    done.then(() => caughtUp.reject(new CodedError('unavailable', `read ${stream}: stopped before its end`)), caughtUp.reject);
    return { caughtUp: caughtUp.promise, done };
  }

  /**
   * The plain subscription is the fast path (0.7 ms). The stored stream brings the same outcomes again, no faster than they are read: whatever
   * comes here when its share of the turn is used up is left to that, so that a storm of outcomes holds up no REST call.
   */
  #readAtOnce(subject: string, bytes: Uint8Array): void {
    if (!this.#share.isUsedUp()) this.read(subject, bytes);
  }

  /** Folds one message of a spoke; counts what cannot be believed. */
  read(subject: string, bytes: Uint8Array): void {
    const sender = senderOf(subject) ?? '';
    try {
      if (isClusterId(sender)) this.#readFrom(sender, subject, bytes);
    } catch (error) {
      if (!isCoded(error)) throw error;
      // The streams keep it for a while after a cluster joined again, and each start reads it anew.
      if (error.code === 'bad-signature' && this.#isOfFormerKey(sender as ClusterId, subject, bytes)) return;
      const count = (this.garbage.get(sender) ?? 0) + 1;
      this.garbage.set(sender, count);
      if (error.code === 'bad-signature') this.#deps.onForged?.(sender as ClusterId);
      if (Math.log10(count) % 1 === 0)
        this.#deps.log.warn('a cluster sends what cannot be believed', { cluster: sender, subject, count, code: error.code });
    }
  }

  #isOfFormerKey(id: ClusterId, subject: string, bytes: Uint8Array): boolean {
    return isOfFormerKey(this.#deps.projection.registry.formerKeys.get(id) ?? [], subject, bytes);
  }

  #readFrom(id: ClusterId, subject: string, bytes: Uint8Array): void {
    const { projection, clock } = this.#deps;
    const cluster = projection.registry.clusters.get(id);
    const isBeat = subject.startsWith('beat.');
    if (cluster === undefined) return isBeat ? undefined : this.#stranger(id);
    // Whatever a revoked key says, it is somebody else who says it.
    if (cluster.body.revokedAtMs !== undefined) return;
    if (isBeat) return projection.beat(id, beatCodec.decode(bytes));
    if (subject.startsWith('outcome.')) return this.#outcome(cluster.body, this.#deps.opened.open(cluster.body, subject, bytes));
    const { body } = openByItsKeys(cluster.body, subject, bytes);
    if (!subject.endsWith('.summary')) return;
    const summary = summaryCodec.decode(body);
    const news = foldSummary(projection.reported, id, summary, clock.now());
    if (summary.left) this.#deps.onDeparture(id);
    for (const policy of news) projection.notify({ type: 'row', policy, id, change: '' });
    projection.notify({ type: 'cluster', id });
  }

  #stranger(id: ClusterId): void {
    if (!this.#deps.projection.registry.left.has(id) || this.strangers.has(id)) return;
    this.strangers.add(id);
    this.#deps.onDeparture(id);
  }

  #outcome(cluster: ClusterFact, { boot, n, body }: Signed): void {
    const { projection, clock } = this.#deps;
    const { id } = cluster;
    const { labels } = clusterRecord(cluster);
    const atMs = clock.now();
    const outcome = outcomeCodec.decode(body);
    const number = { boot, n };
    const isOfChange = (change: string, policy: PolicyName): boolean => isMadeFor(projection.made, { change, policy, labels });
    if (!foldOutcome(projection.reported, id, { number, outcome, atMs, isOfChange })) return;
    if (this.#hasStarted) this.#deps.onOutcome?.({ id, number, outcome, atMs });
    for (const { report, change } of outcome.policies) {
      if (report !== null) projection.notify({ type: 'row', policy: report.policy as PolicyName, id, change: change?.id ?? '' });
    }
    for (const heal of outcome.heals) projection.notify({ type: 'heal', heal: { ...heal, cluster: id, reportedMs: atMs } });
  }
}
