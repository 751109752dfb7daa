import { randomUUID } from 'node:crypto';
import { draft } from '@accord/core/registry/draft';
import type { Registry } from '@accord/core/registry/registry';
import { sha256 } from '@accord/proto/canonical';
import { CodedError } from '@accord/proto/coded-error';
import type { Log } from '@accord/runtime/log';
import type { HighWater } from './intent/high-water.ts';
import type { IntentLog } from './intent/intent-log.ts';
import type { FleetLog } from './planner/fleet-log.ts';

export interface EpochDeps {
  readonly intent: IntentLog;
  readonly fleet: FleetLog;
  readonly registry: Registry;
  readonly mark: HighWater;
  readonly log: Log;
}

/**
 * Starts the first epoch, or the next one when FLEET was lost: spokes accept a lower version only with a higher epoch, and remove
 * nothing that the new history does not name until a person confirms it. Rejects with `conflict` when FLEET is ahead of INTENT.
 */
export async function startEpoch({ intent, fleet, registry, mark, log }: EpochDeps, fleetEpoch: number): Promise<void> {
  const current = registry.epoch;
  const known = current?.body.epoch ?? 0;
  if (fleetEpoch > known && current !== undefined) {
    throw new CodedError('conflict', `FLEET is at epoch ${fleetEpoch}, but INTENT only knows ${known}`, {
      help: 'INTENT was rolled back: see accord-hub recover --data DIR',
    });
  }
  const isEmpty = fleet.published.size === 0;
  const wasPublished = mark.fleetSeq > 0 || registry.clusters.size > 0 || registry.policies.size > 0;
  const isLost = fleet.lastSeq < mark.fleetSeq || (isEmpty && wasPublished);
  if (current !== undefined && !isLost) return;
  const epoch = Math.max(known, mark.epoch, fleetEpoch) + 1;
  if (current !== undefined) log.warn('desired state was lost and is rebuilt', { epoch, from: known });
  const reason = current === undefined ? 'first start' : 'FLEET was lost';
  const author = { actor: 'hub', reason, source: '', traceparent: '', requestId: randomUUID(), requestDigest: sha256('epoch') };
  // The very first epoch follows no other. A hub that lost all that was decided knows nothing of what its clusters hold.
  const confirmedEpoch = current?.body.confirmedEpoch ?? (epoch === 1 ? 1 : 0);
  await intent.append(draft('fleet', 'epoch', 'EpochStarted', { epoch, confirmedEpoch }, current?.seq ?? 0, `fleet@${epoch}`), author);
}
