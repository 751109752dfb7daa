import { seesPolicy, type Access } from '@accord/core/access/access';
import { coversName } from '@accord/core/labels/covers-name';
import { selectorTest } from '@accord/core/labels/match-selector';
import type { StateCounts } from '@accord/core/status/counted-state';
import type { PolicyState } from '@accord/core/status/states';
import type { Connection } from '@accord/core/view/presence';
import type { ClusterId, PolicyName } from '@accord/proto/ids';
import type { SyncState } from '@accord/proto/sync-state';
import type { SlottedCluster } from './cluster-slots.ts';
import { connectionOfNumber, noRow, rankOf, stateOfNumber, syncOfNumber } from './row-numbers.ts';
import type { RowTable } from './row-table.ts';
import { Tally, tallyOne } from './tally.ts';

/** By the number of the cluster 1 where something is seen. */
type Mask = Uint8Array;

/** Rows of one policy, with the numbers of their clusters sorted by name. */
export interface SeenColumn {
  readonly slots: readonly number[];
  readonly stateOf: (slot: number) => PolicyState | undefined;
  /** Place in `countedStates` of what it is counted as. */
  readonly rankOf: (slot: number) => number;
}

/** The rows that a caller sees, out of the table of all. Read without a pause after `settled`, it is of one moment. */
export class SeenRows {
  readonly #table: RowTable;
  readonly #access: Access;
  /** By which bindings count. Of one version of the clusters. */
  #masks = new Map<string, Mask>();
  #masksVersion = -1;

  constructor(table: RowTable, access: Access) {
    this.#table = table;
    this.#access = access;
  }

  settled(): Promise<void> {
    return this.#table.settled();
  }

  /** Another one whenever what is seen of clusters may be another: one came, left or was labelled anew. The same where all is seen. */
  get version(): number {
    return this.#access.whole === undefined ? this.#table.clustersVersion : 0;
  }

  /** Numbers of the clusters that are seen, sorted by name. */
  clusters(): readonly number[] {
    const { byName } = this.#table.clusters;
    const mask = this.#maskOf(() => true);
    return mask === undefined ? byName : byName.filter((slot) => mask[slot] === 1);
  }

  /** Of a number that `clusters` or a column has given since `settled`. */
  clusterAt(slot: number): SlottedCluster {
    const cluster = this.#table.clusters.at(slot);
    if (cluster === undefined) throw new TypeError(`no cluster has the number ${slot}`);
    return cluster;
  }

  connectionAt(slot: number): Connection['state'] {
    return connectionOfNumber(this.#table.standing[slot] ?? 0);
  }

  syncAt(slot: number): SyncState {
    return syncOfNumber(this.#table.standing[slot] ?? 0);
  }

  /** What was last known, without a digest over all that the cluster follows. */
  syncOf(id: ClusterId): SyncState {
    return this.syncAt(this.#table.clusters.slotOf(id) ?? -1);
  }

  columnOf(policy: PolicyName): SeenColumn {
    const { clusters, standing } = this.#table;
    const states = this.#table.statesOf(policy) ?? new Uint8Array();
    const mask = this.#maskOfPolicy(policy);
    const numberAt = (slot: number): number => states[slot] ?? noRow;
    return {
      slots: clusters.byName.filter((slot) => numberAt(slot) !== noRow && mask?.[slot] !== 0),
      stateOf: (slot) => stateOfNumber(numberAt(slot)),
      rankOf: (slot) => rankOf(numberAt(slot), standing[slot] ?? 0),
    };
  }

  countsOfPolicy(policy: PolicyName): StateCounts {
    const { standing } = this.#table;
    const states = this.#table.statesOf(policy) ?? new Uint8Array();
    const mask = this.#maskOfPolicy(policy);
    return tallyOne((counts) => {
      for (let slot = 0; slot < states.length; slot += 1) {
        const state = states[slot] ?? noRow;
        if (state === noRow || mask?.[slot] === 0) continue;
        const rank = rankOf(state, standing[slot] ?? 0);
        counts[rank] = (counts[rank] ?? 0) + 1;
      }
    });
  }

  /** What rows of these policies each of these clusters has; without clusters, all of them. */
  tally(policies: Iterable<PolicyName>, among?: readonly number[]): Tally {
    const { standing, clusters } = this.#table;
    const tally = new Tally(clusters.size);
    for (const policy of policies) {
      const states = this.#table.statesOf(policy);
      if (states !== undefined) tally.add({ states, standing, mask: this.#maskOfPolicy(policy) }, among);
    }
    return tally;
  }

  /** A policy on a cluster: one and the same binding has to reach both. */
  #maskOfPolicy(policy: PolicyName): Mask | undefined {
    if (!seesPolicy(this.#access, policy)) return new Uint8Array(this.#table.clusters.size);
    return this.#maskOf(({ policies }) => coversName(policies, policy));
  }

  /** Of the bindings that count; undefined where everything is seen. */
  #maskOf(counts: (binding: Access['bindings'][number]) => boolean): Mask | undefined {
    const { whole, bindings } = this.#access;
    if (whole !== undefined) return undefined;
    if (this.#masksVersion !== this.#table.clustersVersion) this.#masks = new Map();
    this.#masksVersion = this.#table.clustersVersion;
    const counting = bindings.filter(counts);
    const key = bindings.map((binding) => (counting.includes(binding) ? '1' : '0')).join('');
    const known = this.#masks.get(key) ?? this.#makeMask(counting);
    this.#masks.set(key, known);
    return known;
  }

  #makeMask(bindings: Access['bindings']): Mask {
    const { clusters } = this.#table;
    const tests = bindings.map((binding) => selectorTest(binding.clusters));
    return Uint8Array.from({ length: clusters.size }, (_, slot) => {
      const labels = clusters.at(slot)?.labels;
      return labels !== undefined && tests.some((test) => test(labels)) ? 1 : 0;
    });
  }
}
