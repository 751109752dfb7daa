import type { Bus } from '@accord/bus/bus';
import type { ClusterId } from '@accord/proto/ids';
import { beatCodec } from '@accord/proto/messages';
import { beatSubject } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';

export interface BeatDeps {
  readonly id: ClusterId;
  readonly boot: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly epoch: () => number;
  readonly tokenIat: () => number;
  readonly syncDigest: () => Uint8Array;
}

const beatEveryMs = 2_000;
/** News of a new position may not come faster than this. */
const beatMsMin = 50;

/** Says every two seconds that this cluster is there and what it has, and sooner when that has changed. */
export class Beat {
  readonly #deps: BeatDeps;
  #wake: () => void = () => undefined;
  #hasNews = false;

  constructor(deps: BeatDeps) {
    this.#deps = deps;
  }

  soon(): void {
    this.#hasNews = true;
    this.#wake();
  }

  /** Ten percent of jitter keeps a fleet out of step. */
  async run(bus: Bus, signal: AbortSignal): Promise<void> {
    const { id, boot, clock, random, epoch, tokenIat, syncDigest } = this.#deps;
    signal.addEventListener('abort', () => this.#wake(), { once: true });
    while (!signal.aborted) {
      this.#hasNews = false;
      const message = { epoch: epoch(), boot, tokenIat: tokenIat(), syncDigest: syncDigest(), tsMs: Math.round(clock.now()) };
      bus.publish(beatSubject(id), beatCodec.encode(message));
      await clock.sleep(beatMsMin, signal);
      if (!this.#hasNews && !signal.aborted) await this.#pause(beatEveryMs * (0.9 + 0.2 * random()) - beatMsMin);
    }
  }

  async #pause(ms: number): Promise<void> {
    const wake = new AbortController();
    this.#wake = () => wake.abort();
    await this.#deps.clock.sleep(ms, wake.signal);
    this.#wake = () => undefined;
  }
}
