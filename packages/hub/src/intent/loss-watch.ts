import type { Registry } from '@accord/core/registry/registry';
import { hex } from '@accord/proto/canonical';
import type { Clock } from '@accord/runtime/clock';
import type { HighWater } from './high-water.ts';
import type { FactSeen } from './intent-log.ts';

/** How far the streams had come, and where that is kept. */
export interface HighWaterStore {
  readonly mark: HighWater;
  raise(next: Partial<HighWater>): void;
}

const keepEveryMs = 1_000;

/** Compares what the bus holds with what this hub has seen before, and remembers how far it has come. */
export class LossWatch {
  readonly #store: HighWaterStore;
  readonly #before: HighWater;
  #digestThere: Uint8Array | undefined;
  #isReplayed = false;
  #last: { readonly seq: number; readonly digest: Uint8Array } | undefined;
  /** Why INTENT is not the one that this hub knew, as a sentence. */
  loss: string | undefined;

  constructor(store: HighWaterStore) {
    this.#store = store;
    this.#before = { ...store.mark };
  }

  see({ recorded: { seq, digest } }: FactSeen): void {
    if (seq === this.#before.intentSeq) this.#digestThere = digest;
    if (seq > (this.#last?.seq ?? 0)) this.#last = { seq, digest };
    if (this.#isReplayed) this.#raise();
  }

  /** Everything that is stored has been seen: now it can be told whether something is missing. Until then nothing is remembered. */
  replayed(registry: Registry): void {
    const { intentSeq, intentDigest } = this.#before;
    this.#isReplayed = true;
    if (registry.seq < intentSeq) {
      this.loss = `INTENT ends at ${registry.seq}, but this hub has seen ${intentSeq}: what people decided was lost or rolled back`;
    } else if (this.#digestThere !== undefined && hex(this.#digestThere) !== intentDigest) {
      this.loss = `INTENT holds another fact at ${intentSeq} than this hub has seen: it is another history`;
    }
    this.#raise();
  }

  /** Remembers how far FLEET has come, until `signal` aborts. */
  async keep(
    at: { readonly fleetLastSeq: () => number; readonly epoch: () => number; readonly clock: Clock },
    signal: AbortSignal,
  ): Promise<void> {
    while (!signal.aborted) {
      await at.clock.sleep(keepEveryMs, signal);
      const { fleetSeq, epoch } = this.#store.mark;
      const next = { fleetSeq: Math.max(fleetSeq, at.fleetLastSeq()), epoch: Math.max(epoch, at.epoch()) };
      // After FLEET was rebuilt its sequence starts again; the epoch tells the two apart.
      const isRebuilt = at.epoch() > epoch;
      if (this.loss === undefined && (isRebuilt || next.fleetSeq > fleetSeq))
        this.#store.raise(isRebuilt ? { ...next, fleetSeq: at.fleetLastSeq() } : next);
    }
  }

  #raise(): void {
    if (this.loss !== undefined || this.#last === undefined || this.#last.seq <= this.#store.mark.intentSeq) return;
    this.#store.raise({ intentSeq: this.#last.seq, intentDigest: hex(this.#last.digest) });
  }
}
