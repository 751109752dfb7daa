import type { Bus } from '@accord/bus/bus';
import type { Signer } from '@accord/proto/document';
import { tickCodec } from '@accord/proto/messages';
import { sealEnvelope } from '@accord/proto/seal';
import { checkSubject, tickSubject } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import type { Projection } from '../views/projection.ts';

export interface CheckClustersDeps {
  readonly bus: Bus;
  readonly projection: Projection;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly fleetLastSeq: () => number;
}

const everyMs = 1_000;
const tickEveryMs = 30_000;

/** Notices who went away, asks clusters that stay behind to look again, and tells all that the hub is there. Runs until `signal` aborts. */
export async function checkClusters(deps: CheckClustersDeps, signal: AbortSignal): Promise<void> {
  const { bus, projection, clock } = deps;
  let tickAtMs = 0;
  while (!signal.aborted) {
    const nowMs = clock.now();
    for (const id of projection.registry.clusters.keys()) projection.noticeConnection(id);
    for (const id of projection.takeLagging()) bus.publish(checkSubject(id), new Uint8Array());
    if (nowMs >= tickAtMs) {
      bus.publish(tickSubject, tickOf(deps, nowMs));
      tickAtMs = nowMs + tickEveryMs;
    }
    await clock.sleep(everyMs, signal);
  }
}

function tickOf({ projection, signer, fleetLastSeq }: CheckClustersDeps, nowMs: number): Uint8Array {
  const statement = tickCodec.encode({
    epoch: projection.registry.epoch?.body.epoch ?? 0,
    fleetLastSeq: fleetLastSeq(),
    timeMs: Math.round(nowMs),
  });
  return sealEnvelope(signer.pair, signer.keyId, 'accord.tick.v1', statement, new Uint8Array());
}
