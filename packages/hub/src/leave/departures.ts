import type { Bus } from '@accord/bus/bus';
import { decideLeft } from '@accord/core/cluster/decide-leave';
import type { ClusterFact } from '@accord/core/registry/facts';
import type { Recorded } from '@accord/core/registry/registry';
import { sha256 } from '@accord/proto/canonical';
import type { ClusterId } from '@accord/proto/ids';
import { outcomeSubject, reportsFilter } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { IntentLog } from '../intent/intent-log.ts';
import { writeDecision } from '../intent/write.ts';
import type { HubIdentity } from '../join/hub-identity.ts';
import type { Projection } from '../views/projection.ts';

export interface DeparturesDeps {
  readonly bus: Bus;
  readonly identity: HubIdentity;
  readonly intent: IntentLog;
  readonly projection: Projection;
  /** Of whom something is still stored although they are no members any more. */
  readonly strangers: Set<ClusterId>;
  readonly clock: Clock;
  readonly log: Log;
}

/** A token lives for a day: then nobody can come in with one any more, revoked or not. */
const tokensDeadMs = 25 * 3_600_000;

/**
 * Ends memberships: writes down that a cluster has left once it says so, kills its credential, and takes what it has said out of the streams.
 *
 * What is left to do follows from INTENT and from the streams alone, so a hub that died in the middle goes on. What was published for
 * the cluster is taken back by the planner.
 */
export class Departures {
  readonly #deps: DeparturesDeps;
  readonly #done = new Set<ClusterId>();
  readonly loop: Loop<ClusterId>;

  constructor(deps: DeparturesDeps) {
    this.#deps = deps;
    const { projection, clock, log } = deps;
    this.loop = new Loop<ClusterId>({
      name: 'departures',
      pass: (ids) => this.#pass(ids),
      allKeys: () => [...projection.registry.clusters.values()].filter(({ body }) => body.leaving !== undefined).map(({ body }) => body.id),
      everythingMs: 600_000,
      retryMsFirst: 500,
      retryMsMax: 30_000,
      clock,
      log,
    });
  }

  async #pass(ids: ReadonlySet<ClusterId>): Promise<ReadonlySet<ClusterId>> {
    // Side by side: a server that takes no revocation now must not hold up what others say.
    await Promise.all([...ids].map((id) => this.#look(id)));
    return new Set();
  }

  async #look(id: ClusterId): Promise<void> {
    const { registry, reported } = this.#deps.projection;
    const member = registry.clusters.get(id);
    if (member?.body.leaving !== undefined && reported.clusters.get(id)?.hasLetGo === true) await this.#writeLeft(member);
    const left = registry.left.get(id);
    const isDone = this.#done.has(id) && !this.#deps.strangers.has(id);
    if (left !== undefined && !isDone) await this.#reclaim(left);
  }

  async #writeLeft({ body: { id, name }, change }: Recorded<ClusterFact>): Promise<void> {
    const { intent, projection, clock, log } = this.#deps;
    const author = {
      actor: 'hub',
      reason: 'the cluster has let go of everything',
      source: '',
      traceparent: change.traceparent,
      requestId: `left.${id}`,
      requestDigest: sha256(id),
    };
    const usedIat = projection.presence.beats.get(id)?.beat.tokenIat ?? 0;
    await writeDecision(
      intent,
      () => {
        const current = projection.registry.clusters.get(id);
        return current === undefined ? [] : decideLeft(current, { nowMs: clock.now(), usedIat });
      },
      author,
    );
    log.info('a cluster has left', { cluster: name, id });
  }

  /** The credential first: what it could still say would come after what is taken away here. */
  async #reclaim({ body: { id, publicKey, revokedUntil, left } }: Recorded<ClusterFact>): Promise<void> {
    const { bus, identity, projection, strangers, clock } = this.#deps;
    projection.forget(id);
    const isRecent = clock.now() - (left?.atMs ?? 0) < tokensDeadMs;
    if (isRecent) await identity.revoke(publicKey, Math.max(revokedUntil, identity.lastIat(publicKey)));
    if (isRecent || strangers.has(id)) for (const subjects of [reportsFilter(id), outcomeSubject(id)]) await bus.purge(subjects);
    strangers.delete(id);
    this.#done.add(id);
  }
}
