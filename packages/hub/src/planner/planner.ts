import { anchorsOfFact } from '@accord/core/cluster/anchors-of';
import { planEmptyIndexes } from '@accord/core/fleet/plan-empty-indexes';
import { memberDocument, policyDocument } from '@accord/core/fleet/wanted-documents';
import { planFleet, type FleetPlan, type WantedDocument } from '@accord/core/fleet/plan-fleet';
import type { Registry } from '@accord/core/registry/registry';
import { isCoded } from '@accord/proto/coded-error';
import type { ClusterId, PolicyName } from '@accord/proto/ids';
import { clusterOfAnchor, isSetAnchor, type Anchor } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { FleetLog } from './fleet-log.ts';

export type PlannerKey = `policy/${string}` | `cluster/${string}`;

export interface PlannerDeps {
  readonly registry: Registry;
  readonly fleet: FleetLog;
  readonly clock: Clock;
  readonly log: Log;
  /** Further documents about a cluster that are not decided by people: its next credential, and what its sets are told of it. */
  readonly documentsAbout: (id: ClusterId) => readonly WantedDocument[];
  /** How many connected clusters read an anchor. */
  readonly readersOf: (anchor: Anchor) => number;
  /** True while writing could do harm: INTENT went back, or somebody knows a later epoch. */
  readonly isHalted: () => boolean;
}

/** Documents in one batch. A change that comes meanwhile waits for the end of it, some tenths of a second. */
const documentsMax = 200;
/**
 * Messages to connected clusters in one batch. The server answers when it has sent them all, which takes it some tenths of a second, and
 * ten times that where it has little of its processor.
 */
const deliveriesMax = 20_000;

/** Keeps FLEET equal to what was decided. Its output is a difference, so a restart writes nothing when nothing changed. */
export class Planner {
  readonly #deps: PlannerDeps;
  readonly loop: Loop<PlannerKey>;

  constructor(deps: PlannerDeps) {
    this.#deps = deps;
    this.loop = new Loop<PlannerKey>({
      name: 'planner',
      pass: (keys, signal) => this.#pass(keys, signal),
      allKeys: () => this.#allKeys(),
      everythingMs: 600_000,
      retryMsFirst: 20,
      retryMsMax: 5_000,
      clock: deps.clock,
      log: deps.log,
    });
  }

  async #pass(marked: ReadonlySet<PlannerKey>, signal: AbortSignal): Promise<ReadonlySet<PlannerKey>> {
    const { registry, fleet, clock, isHalted, readersOf } = this.#deps;
    const epoch = registry.epoch?.body.epoch;
    if (epoch === undefined || isHalted()) return marked;
    await fleet.load(signal);
    // What was left half done concerns keys that nobody marked, and an index that is written without them takes them away from clusters.
    if (!(await this.#reclaim(epoch, signal))) return marked;
    const keys = fleet.takeMended() ? new Set([...marked, ...this.#allKeys()]) : marked;
    const wanted = [...keys].flatMap((key) => this.#documentsOf(key));
    const anchors = [...keys].flatMap((key) => this.#anchorsOf(key));
    // In parts: what stands as it should is not compared again for each batch of a whole fleet.
    const parts = Array.from({ length: Math.ceil(wanted.length / documentsMax) }, (_, at) =>
      wanted.slice(at * documentsMax, (at + 1) * documentsMax),
    );
    for (const part of parts) {
      const difference = (): FleetPlan =>
        planFleet(fleet.published, part, { epoch, nowMs: clock.now(), documentsMax, deliveries: { max: deliveriesMax, readersOf } });
      if (!(await this.#carryOut(difference, signal))) return keys;
    }
    const missing = (): FleetPlan => planEmptyIndexes(fleet.published, anchors, { epoch, indexesMax: documentsMax });
    return (await this.#carryOut(missing, signal)) ? new Set() : keys;
  }

  /** Stores what is planned until nothing is. False when it has to be tried again. */
  async #carryOut(nextPlan: () => FleetPlan, signal: AbortSignal): Promise<boolean> {
    const { fleet, log } = this.#deps;
    for (let plan = nextPlan(); plan.indexes.length > 0; plan = nextPlan()) {
      try {
        await fleet.store(plan, signal);
      } catch (error) {
        if (!isCoded(error)) throw error;
        const documents = plan.documents.length;
        log.warn('desired state was not stored; it is planned again', { code: error.code, documents, because: error.message });
        return false;
      }
    }
    return true;
  }

  /** What was published for clusters that have left, and for them alone. False when it has to be tried again. */
  async #reclaim(epoch: number, signal: AbortSignal): Promise<boolean> {
    const { registry, fleet, log } = this.#deps;
    if (registry.left.size === 0) return true;
    const left = [...fleet.published.keys()].filter((anchor) => {
      const id = clusterOfAnchor(anchor);
      return id !== undefined && registry.left.has(id);
    });
    if (left.length === 0) return true;
    try {
      await fleet.reclaim(new Set(left), epoch, signal);
      return true;
    } catch (error) {
      if (!isCoded(error)) throw error;
      log.warn('what was published for clusters that have left is not taken away yet', { code: error.code, because: error.message });
      return false;
    }
  }

  #anchorsOf(key: PlannerKey): readonly Anchor[] {
    const cluster = key.startsWith('cluster/') ? this.#deps.registry.clusters.get(key.slice('cluster/'.length) as ClusterId) : undefined;
    return cluster === undefined ? [] : anchorsOfFact(cluster.body);
  }

  #documentsOf(key: PlannerKey): readonly WantedDocument[] {
    const { registry, documentsAbout } = this.#deps;
    if (key.startsWith('policy/')) {
      const policy = registry.policies.get(key.slice('policy/'.length) as PolicyName);
      return policy === undefined ? [] : [policyDocument(policy)];
    }
    const id = key.slice('cluster/'.length) as ClusterId;
    const cluster = registry.clusters.get(id);
    const member = cluster === undefined ? [] : [memberDocument(cluster, registry.epoch?.body.confirmedEpoch ?? 0)];
    return [...documentsAbout(id), ...member];
  }

  *#allKeys(): Iterable<PlannerKey> {
    const { registry, fleet } = this.#deps;
    for (const policy of registry.policies.keys()) yield `policy/${policy}`;
    for (const id of registry.clusters.keys()) yield `cluster/${id}`;
    for (const [anchor, { entries }] of fleet.published) {
      // Clusters that are gone: their records must go as well.
      if (isSetAnchor(anchor))
        for (const id of entries.docs()) if (!registry.clusters.has(id as string as ClusterId)) yield `cluster/${id}`;
    }
  }
}
