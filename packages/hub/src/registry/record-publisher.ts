import { goneRecord, recordDocument } from '@accord/core/fleet/record-document';
import type { PublishedFleet, WantedDocument } from '@accord/core/fleet/plan-fleet';
import { setAnchorsOf } from '@accord/core/cluster/anchors-of';
import { refilled, type Credit } from '@accord/core/registry/credit';
import { decidePublish, startPublishing, type PublishState, type Seen } from '@accord/core/registry/publish-status';
import { factText, publishedCapacity } from '@accord/core/registry/published-facts';
import type { ClusterFact } from '@accord/core/registry/facts';
import { clusterRecord } from '@accord/core/registry/registry';
import type { ClusterId } from '@accord/proto/ids';
import { isCoded } from '@accord/proto/coded-error';
import { parseRecord, type PublishedStatus } from '@accord/proto/record';
import type { Anchor } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { Projection } from '../views/projection.ts';

export interface RecordPublisherDeps {
  readonly projection: Projection;
  readonly published: PublishedFleet;
  readonly clock: Clock;
  readonly log: Log;
  /** How many connected clusters read an anchor. */
  readonly readersOf: (anchor: Anchor) => number;
  /** Asks the planner to publish what `documentOf` answers. */
  readonly publish: (id: ClusterId) => void;
}

/**
 * Messages to members of sets: so many at once, and then so many a second. Each record is one for each member that is connected, so a
 * set of 10,000 that came back at once would keep a server busy for half an hour, and policies behind it.
 */
const rule = { max: 200_000, everyMs: 1_000 / 20_000 };
const help = 'See docs/reference/registry.md on the size of sets';

/** Decides what the members of a set are told of each other: connection, version and size, coarsely. The planner carries it out. */
export class RecordPublisher {
  readonly #deps: RecordPublisherDeps;
  readonly #states = new Map<ClusterId, PublishState>();
  /** Below nothing while the last of them still goes out. */
  #room: Credit | undefined;
  #isLate = false;
  readonly loop: Loop<ClusterId>;

  constructor(deps: RecordPublisherDeps) {
    this.#deps = deps;
    const { projection, clock, log } = deps;
    this.loop = new Loop<ClusterId>({
      name: 'records',
      pass: async (ids) => this.#pass(ids),
      allKeys: () => projection.registry.clusters.keys(),
      everythingMs: 600_000,
      retryMsFirst: 500,
      retryMsMax: 2_000,
      clock,
      log,
    });
  }

  /** A record in FLEET as it was read at the start: what was told before is what holds until something else is known. */
  learn(subject: string, body: Uint8Array): void {
    if (body.length === 0) return;
    try {
      const { cluster, status } = parseRecord(body);
      if (!this.#states.has(cluster.id)) this.#states.set(cluster.id, startPublishing(status, this.#deps.clock.now()));
    } catch (error) {
      if (!isCoded(error)) throw error;
      this.#deps.log.warn('the record of a cluster cannot be read; it is written again', { subject, because: error.message });
    }
  }

  /** The document that the planner has to publish for a cluster; for one that is not in the registry any more, its end. */
  documentOf(id: ClusterId): WantedDocument | undefined {
    const { projection, published, clock } = this.#deps;
    const epoch = projection.registry.epoch?.body.epoch ?? 0;
    const cluster = projection.registry.clusters.get(id);
    if (cluster === undefined) return goneRecord(id, { published, epoch }, clock.now());
    const told = this.#stateOf(cluster.body).told;
    return told === undefined ? undefined : recordDocument(cluster, told, { published, epoch });
  }

  #pass(ids: ReadonlySet<ClusterId>): ReadonlySet<ClusterId> {
    const { projection, publish, log } = this.#deps;
    const waiting = new Set<ClusterId>();
    for (const id of ids) {
      const cluster = projection.registry.clusters.get(id)?.body;
      if (cluster === undefined) {
        this.#states.delete(id);
        continue;
      }
      const before = this.#states.get(id)?.told;
      if (this.#look(cluster, () => waiting.add(id)) !== before) publish(id);
    }
    const { left } = this.#room ?? { left: rule.max };
    if (left <= 0 && !this.#isLate) log.warn('sets are large: clusters hear of each other late', { count: waiting.size, help });
    // Said once until it is over, and not whenever there is room for one more.
    this.#isLate = left <= 0 || (this.#isLate && left < rule.max / 2);
    return waiting;
  }

  #look(cluster: ClusterFact, onWaiting: () => void): PublishedStatus | undefined {
    const before = this.#stateOf(cluster);
    const room = refilled(this.#room, rule, this.#deps.clock.now());
    const { state, isWaiting } = decidePublish(before, this.#seen(cluster, room.left > 0));
    this.#room = state.told === before.told ? room : { ...room, left: room.left - this.#readersOf(cluster) };
    this.#states.set(cluster.id, state);
    if (isWaiting) onWaiting();
    return state.told;
  }

  #readersOf(cluster: ClusterFact): number {
    const anchors = setAnchorsOf(clusterRecord(cluster).labels);
    return anchors.reduce((sum, anchor) => sum + this.#deps.readersOf(anchor), 0);
  }

  #stateOf({ id }: ClusterFact): PublishState {
    return this.#states.get(id) ?? startPublishing(undefined, this.#deps.clock.now());
  }

  #seen({ id, name, revokedAtMs }: ClusterFact, hasRoom: boolean): Seen {
    const { projection, clock } = this.#deps;
    const facts = projection.reported.clusters.get(id)?.facts;
    return {
      name,
      isRevoked: revokedAtMs !== undefined,
      connection: projection.connectionOf(id),
      kubernetesVersion: factText(facts?.kubernetesVersion),
      platform: factText(facts?.platform),
      capacity: publishedCapacity(facts?.capacity ?? undefined),
      hasRoom,
      nowMs: clock.now(),
    };
  }
}
