import { clusterRecord, type Recorded } from '@accord/core/registry/registry';
import type { ClusterFact } from '@accord/core/registry/facts';
import type { ClusterId, ClusterName } from '@accord/proto/ids';

/** As much of a member as is asked of thousands at once. */
export interface SlottedCluster {
  readonly id: ClusterId;
  readonly name: ClusterName;
  /** With those that only the hub sets. */
  readonly labels: Readonly<Record<string, string>>;
  readonly leaving: ClusterFact['leaving'];
  /** Of the fact that it was read from. */
  readonly seq: number;
  /** Name and labels (`key=value`) in lower case, to be searched. */
  readonly text: string;
}

/** Numbers the members of a fleet, so that what is known of each can stand in arrays. A number is used again when its cluster has left. */
export class ClusterSlots {
  readonly #slots = new Map<ClusterId, number>();
  readonly #clusters: (SlottedCluster | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #byName: number[] = [];

  /** Every number is below it. */
  get size(): number {
    return this.#clusters.length;
  }

  /** The numbers that are in use, sorted by the names of their clusters. */
  get byName(): readonly number[] {
    return this.#byName;
  }

  at(slot: number): SlottedCluster | undefined {
    return this.#clusters[slot];
  }

  slotOf(id: ClusterId): number | undefined {
    return this.#slots.get(id);
  }

  put({ body, seq }: Recorded<ClusterFact>): number {
    this.remove(body.id);
    const slot = this.#free.pop() ?? this.#clusters.length;
    const { id, name, labels } = clusterRecord(body);
    const words = [name, ...Object.entries(labels).map(([key, value]) => `${key}=${value}`)];
    this.#clusters[slot] = { id, name, labels, leaving: body.leaving, seq, text: words.join('\n').toLowerCase() };
    this.#slots.set(id, slot);
    this.#byName.splice(this.#placeOf(name), 0, slot);
    return slot;
  }

  /** The number that it had. */
  remove(id: ClusterId): number | undefined {
    const slot = this.#slots.get(id);
    const cluster = slot === undefined ? undefined : this.#clusters[slot];
    if (slot === undefined || cluster === undefined) return undefined;
    this.#slots.delete(id);
    this.#byName.splice(this.#byName.indexOf(slot, this.#placeOf(cluster.name)), 1);
    this.#clusters[slot] = undefined;
    this.#free.push(slot);
    return slot;
  }

  /** Where the first stands whose name is not before this one: a binary search. */
  #placeOf(name: string): number {
    let [low, high] = [0, this.#byName.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#clusters[this.#byName[middle] ?? -1]?.name ?? '';
      if (other < name) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
