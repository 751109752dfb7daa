import { tickCodec, type Tick } from '@accord/proto/messages';
import { openEnvelope, type TrustedKeys } from '@accord/proto/seal';

/** Ten ticks. After that nobody can say what this cluster has missed. */
const silentMsMax = 300_000;

/** When the hub was last heard, by its signed ticks. A bus that goes on without its hub repeats nothing that counts. */
export class HubTicks {
  /** A start counts as heard: the hub has as much time to say something as after a tick. */
  #heardAtMs: number;
  #newestTimeMs = 0;

  constructor(startedAtMs: number) {
    this.#heardAtMs = startedAtMs;
  }

  /** Undefined for one that is no newer than the newest seen: whoever owns the bus may keep it and send it again. Throws what `openEnvelope` does. */
  take(bytes: Uint8Array, keys: TrustedKeys, nowMs: number): Tick | undefined {
    const tick = tickCodec.decode(openEnvelope(bytes, 'accord.tick.v1', keys).statement);
    if (tick.timeMs <= this.#newestTimeMs) return undefined;
    this.#newestTimeMs = tick.timeMs;
    this.#heardAtMs = nowMs;
    return tick;
  }

  silentMs(nowMs: number): number {
    return nowMs - this.#heardAtMs;
  }

  isHeard(nowMs: number): boolean {
    return this.silentMs(nowMs) <= silentMsMax;
  }
}
