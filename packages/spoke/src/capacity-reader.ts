import { capacityOf } from '@accord/core/usage/capacity';
import { equalJson } from '@accord/proto/canonical';
import { isCoded } from '@accord/proto/coded-error';
import type { Capacity } from '@accord/proto/record';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { Kube } from './kube/kube.ts';
import { nodeKind } from './kube/own-kinds.ts';

export interface CapacityReaderDeps {
  readonly kube: Pick<Kube, 'list'>;
  readonly onChange: () => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** Nodes come and go slower than this, and each look reads all of them. */
const everyMs = 300_000;

/** Looks from time to time how large this cluster is. Its owner may take the right to do so away: then nothing is told. */
export class CapacityReader {
  readonly #deps: CapacityReaderDeps;
  #capacity: Capacity | null = null;

  constructor(deps: CapacityReaderDeps) {
    this.#deps = deps;
  }

  get capacity(): Capacity | null {
    return this.#capacity;
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#look(signal);
      await this.#deps.clock.sleep(everyMs, signal);
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { kube, onChange, log } = this.#deps;
    const before = this.#capacity;
    try {
      this.#capacity = capacityOf(await kube.list(nodeKind, {}, signal));
    } catch (error) {
      if (signal.aborted) return;
      if (!isCoded(error)) throw error;
      this.#capacity = null;
      log.info('the size of this cluster is not told', { code: error.code, because: error.message });
    }
    if (!equalJson(before, this.#capacity)) onChange();
  }
}
