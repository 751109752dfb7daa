import { countedStates, type CountedState, type StateCounts } from '@accord/core/status/counted-state';
import { noRow, rankOf } from './row-numbers.ts';

interface Counted {
  readonly states: Uint8Array;
  readonly standing: Uint8Array;
  /** 0 where a row is not counted; undefined counts all. */
  readonly mask: Uint8Array | undefined;
}

const width = countedStates.length;

/** How many rows of each counted state each cluster has, by the number of the cluster. */
export class Tally {
  readonly #counts: Uint16Array;
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
    this.#counts = new Uint16Array(size * width);
  }

  /** Adds the rows of a policy on these clusters; without clusters, on all. A million of them take milliseconds: nothing is made for a row. */
  add({ states, standing, mask }: Counted, among?: readonly number[]): void {
    const counts = this.#counts;
    const length = among?.length ?? Math.min(this.#size, states.length);
    for (let n = 0; n < length; n += 1) {
      const slot = among === undefined ? n : (among[n] ?? 0);
      const state = states[slot] ?? noRow;
      if (state === noRow || (mask !== undefined && mask[slot] === 0)) continue;
      const at = slot * width + rankOf(state, standing[slot] ?? 0);
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }

  countsAt(slot: number): StateCounts {
    return inWords(this.#counts.subarray(slot * width, (slot + 1) * width));
  }

  has(slot: number, state: CountedState): boolean {
    return (this.#counts[slot * width + countedStates.indexOf(state)] ?? 0) > 0;
  }

  /** Place in `countedStates` of the worst; its length without rows. */
  worstRankAt(slot: number): number {
    for (let rank = 0; rank < width; rank += 1) if ((this.#counts[slot * width + rank] ?? 0) > 0) return rank;
    return width;
  }
}

/** Counts by place in `countedStates`, in words. */
export function tallyOne(count: (counts: Uint32Array) => void): StateCounts {
  const counts = new Uint32Array(width);
  count(counts);
  return inWords(counts);
}

function inWords(counts: ArrayLike<number>): StateCounts {
  return Object.fromEntries(countedStates.flatMap((state, rank) => ((counts[rank] ?? 0) > 0 ? [[state, counts[rank]] as const] : [])));
}
