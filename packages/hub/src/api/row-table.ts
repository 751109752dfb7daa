import { selectorTest, type Labels } from '@accord/core/labels/match-selector';
import type { PolicyFact } from '@accord/core/registry/facts';
import type { Recorded } from '@accord/core/registry/registry';
import { standingOf, type RowSources } from '@accord/core/status/policy-rows';
import type { ClusterId, PolicyName } from '@accord/proto/ids';
import { breathe } from '@accord/runtime/breathe';
import type { Clock } from '@accord/runtime/clock';
import { ClusterSlots } from './cluster-slots.ts';
import { grown, noRow, standingNumber, stateNumber } from './row-numbers.ts';
import type { Notice, Projection } from '../views/projection.ts';

/** The rows of one policy: by the number of the cluster the number of the state, `noRow` where there is none. */
interface Column {
  readonly policy: Recorded<PolicyFact>;
  readonly matches: (labels: Labels) => boolean;
  states: Uint8Array;
}

type TableSources = RowSources & Pick<Projection, 'onNotice'>;

/** About a millisecond of cells, and of clusters: each costs a digest and its cells. Everybody else gets to run in between. */
const cellsAtOnce = 2_000;
const clustersAtOnce = 64;
/** At most a tenth of the time goes into looking who is behind. */
const restFactor = 9;

/**
 * The state of every row of the fleet in a byte each, so that a million of them can be counted, filtered and sorted within milliseconds.
 *
 * A report costs one cell at once. What a fact makes of the rows of a policy or a cluster is worked out when somebody asks, in small
 * slices. That a cluster fell behind nobody tells, so while somebody asks, all are looked at in turn.
 */
export class RowTable {
  readonly clusters = new ClusterSlots();
  readonly #sources: TableSources;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #columns = new Map<PolicyName, Column>();
  readonly #policiesDue = new Set<PolicyName>();
  readonly #clustersDue = new Set<ClusterId>();
  #standing: Uint8Array = new Uint8Array();
  /** Takes its place among the columns when it is complete. */
  #inTheMaking: Column | undefined;
  #passes = Promise.resolve();
  #sweepAtMs = 0;
  #clustersVersion = 0;

  constructor(sources: TableSources, clock: Clock, signal: AbortSignal) {
    this.#sources = sources;
    this.#clock = clock;
    this.#signal = signal;
    for (const name of sources.registry.policies.keys()) this.#policiesDue.add(name);
    for (const id of sources.registry.clusters.keys()) this.#clustersDue.add(id);
    sources.onNotice((notice) => this.#heed(notice), signal);
  }

  /** Connection and sync of each cluster by its number, as `standingNumber` writes them. */
  get standing(): Uint8Array {
    return this.#standing;
  }

  /** Another one whenever a cluster came, left or was labelled anew. */
  get clustersVersion(): number {
    return this.#clustersVersion;
  }

  /** By the number of the cluster the number of the state; undefined for a policy that is nowhere. To be read at once. */
  statesOf(policy: PolicyName): Uint8Array | undefined {
    return this.#columns.get(policy)?.states;
  }

  /** Resolves when all facts and reports of before the call are in; who is behind may be some seconds old in a fleet of thousands. */
  async settled(): Promise<void> {
    if (this.#clock.now() >= this.#sweepAtMs) void this.#sweep();
    this.#passes = this.#passes.then(() => this.#renew());
    await this.#passes;
  }

  #heed(notice: Notice): void {
    switch (notice.type) {
      case 'policy':
        this.#policiesDue.add(notice.policy);
        return;
      case 'cluster':
        this.#heedCluster(notice.id);
        return;
      case 'row':
        this.#heedRow(notice.policy, notice.id);
        return;
      case 'change':
      case 'heal':
    }
  }

  #heedCluster(id: ClusterId): void {
    const slot = this.clusters.slotOf(id);
    const isSame = slot !== undefined && this.clusters.at(slot)?.seq === this.#sources.registry.clusters.get(id)?.seq;
    if (isSame) this.#standing[slot] = this.#standingOf(id, this.#standing[slot]);
    else this.#clustersDue.add(id);
  }

  #heedRow(name: PolicyName, id: ClusterId): void {
    const slot = this.clusters.slotOf(id);
    if (slot === undefined) return;
    const column = this.#columns.get(name);
    if (column !== undefined) column.states[slot] = this.#cell(column, slot);
    else if (this.#sources.registry.policies.has(name)) this.#policiesDue.add(name);
    const made = this.#inTheMaking;
    if (made?.policy.body.name === name) made.states[slot] = this.#cell(made, slot);
  }

  async #renew(): Promise<void> {
    const clusters = [...this.#clustersDue];
    this.#clustersDue.clear();
    for (const [n, id] of clusters.entries()) {
      this.#renewCluster(id);
      if (n % clustersAtOnce === clustersAtOnce - 1) await breathe();
    }
    const policies = [...this.#policiesDue];
    this.#policiesDue.clear();
    for (const name of policies) await this.#renewPolicy(name);
  }

  #renewCluster(id: ClusterId): void {
    this.#clustersVersion += 1;
    const cluster = this.#sources.registry.clusters.get(id);
    const left = this.clusters.remove(id);
    if (left !== undefined) for (const { states } of this.#columns.values()) states[left] = noRow;
    if (cluster === undefined) return;
    const slot = this.clusters.put(cluster);
    this.#standing = grown(this.#standing, this.clusters.size);
    this.#standing[slot] = this.#standingOf(id);
    for (const column of this.#columns.values()) {
      column.states = grown(column.states, this.clusters.size);
      column.states[slot] = this.#cell(column, slot);
    }
  }

  async #renewPolicy(name: PolicyName): Promise<void> {
    const policy = this.#sources.registry.policies.get(name);
    if (policy === undefined) return;
    const { size } = this.clusters;
    const matches = selectorTest(policy.body.spec.clusterSelector);
    const column: Column = { policy, matches, states: grown(new Uint8Array(), size) };
    this.#inTheMaking = column;
    for (let slot = 0; slot < size; slot += 1) {
      column.states[slot] = this.#cell(column, slot);
      if (slot % cellsAtOnce === cellsAtOnce - 1) await breathe();
    }
    this.#inTheMaking = undefined;
    // Names of deleted policies are kept for good; their empty columns are not.
    if (policy.body.deletedAtMs !== undefined && column.states.every((state) => state === noRow)) this.#columns.delete(name);
    else this.#columns.set(name, column);
  }

  #cell({ policy, matches }: Column, slot: number): number {
    const cluster = this.clusters.at(slot);
    if (cluster === undefined) return noRow;
    const report = this.#sources.reported.clusters.get(cluster.id)?.policies.get(policy.body.name)?.report;
    const standing = standingOf(policy.body, { matches: matches(cluster.labels), leaving: cluster.leaving, report });
    return standing === undefined ? noRow : stateNumber(standing.state);
  }

  /** With the sync that it had, where that is known: to ask for it costs a digest. */
  #standingOf(id: ClusterId, before?: number): number {
    const { connectionOf, syncOf } = this.#sources;
    return standingNumber(connectionOf(id).state, before ?? syncOf(id));
  }

  async #sweep(): Promise<void> {
    const startMs = this.#clock.now();
    this.#sweepAtMs = Infinity;
    for (let slot = 0; slot < this.clusters.size && !this.#signal.aborted; slot += 1) {
      const id = this.clusters.at(slot)?.id;
      if (id !== undefined) this.#standing[slot] = this.#standingOf(id);
      if (slot % clustersAtOnce === clustersAtOnce - 1) await breathe();
    }
    const endMs = this.#clock.now();
    this.#sweepAtMs = endMs + (endMs - startMs) * restFactor;
  }
}
