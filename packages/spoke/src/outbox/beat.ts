import type { Bus } from '@accord/bus/bus';
import type { ClusterId } from '@accord/proto/ids';
import { beatCodec } from '@accord/proto/messages';
import { beatSubject } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';

export interface BeatDeps {
  readonly bus: Bus;
  readonly id: ClusterId;
  readonly boot: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly epoch: () => number;
  readonly tokenIat: () => number;
  readonly syncDigest: () => Uint8Array;
}

const beatEveryMs = 2_000;

/** Says every two seconds that this cluster is there and what it has. Ten percent of jitter keeps a fleet out of step. */
export async function beat({ bus, id, boot, clock, random, epoch, tokenIat, syncDigest }: BeatDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const message = { epoch: epoch(), boot, tokenIat: tokenIat(), syncDigest: syncDigest(), tsMs: Math.round(clock.now()) };
    bus.publish(beatSubject(id), beatCodec.encode(message));
    await clock.sleep(beatEveryMs * (0.9 + 0.2 * random()), signal);
  }
}
