import { randomUUID } from 'node:crypto';
import type { Bus } from '@accord/bus/bus';
import { draft } from '@accord/core/registry/draft';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import { hex, sha256 } from '@accord/proto/canonical';
import type { ClusterId, PolicyName } from '@accord/proto/ids';
import { trustKeys } from '@accord/proto/seal';
import { parseIntent } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { intentLoss, type HighWater } from './intent/high-water.ts';
import { IntentLog, type FactSeen } from './intent/intent-log.ts';
import type { HubIdentity } from './join/hub-identity.ts';
import { JoinService } from './join/join-service.ts';
import { CredentialReplacer } from './join/replace-credentials.ts';
import { FleetLog } from './planner/fleet-log.ts';
import { Planner } from './planner/planner.ts';
import { checkClusters } from './presence/check-clusters.ts';
import { SpokeMessages } from './views/follow-spokes.ts';
import { Projection } from './views/projection.ts';

/** How far the streams had come, and where to keep it. */
export interface HighWaterStore {
  readonly mark: HighWater;
  raise(next: Partial<HighWater>): void;
}

export interface HubDeps {
  readonly bus: Bus;
  readonly identity: HubIdentity;
  /** Addresses of the bus as spokes reach them. */
  readonly servers: readonly string[];
  readonly highWater: HighWaterStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly onFact: (fact: FactSeen) => void;
}

export interface Hub {
  readonly intent: IntentLog;
  readonly projection: Projection;
  readonly planner: Planner;
  readonly join: JoinService;
  readonly spokes: SpokeMessages;
  /** Anchor → version that stands in FLEET. */
  readonly versions: () => ReadonlyMap<string, number>;
  /** Why nothing is published, as a sentence; undefined when all is well. */
  readonly halted: () => string | undefined;
  /** Rejects when a part has failed for good; ends with the signal. */
  readonly done: Promise<unknown>;
}

/** Replays what is stored, then serves. Resolves when everything that was stored is known, so that nothing is decided on half of it. */
export async function runHub({ bus, identity, servers, highWater, clock, log, onFact }: HubDeps, signal: AbortSignal): Promise<Hub> {
  const keys = trustKeys([identity.desiredPublicKey]);
  const fleet = new FleetLog({ bus, signer: identity.desired, keys, clock, log });
  const projection = new Projection(clock, fleet.published);
  const { registry } = projection;
  const digests = new Map<number, Uint8Array>();
  let loss: string | undefined;
  const mark = highWater.mark;

  const see = (fact: FactSeen): void => {
    const { seq, digest } = fact.recorded;
    if (seq === mark.intentSeq) digests.set(seq, digest);
    if (loss === undefined && seq > highWater.mark.intentSeq) highWater.raise({ intentSeq: seq, intentDigest: hex(digest) });
    const place = parseIntent(fact.subject);
    if (place?.kind === 'policy') {
      planner.loop.mark(`policy/${place.id}`);
      projection.notify({ type: 'policy', policy: place.id as PolicyName });
    } else if (place?.kind === 'cluster') {
      planner.loop.mark(`cluster/${place.id}`);
      replacer.loop.mark(place.id as ClusterId);
      projection.notify({ type: 'cluster', id: place.id as ClusterId });
    } else if (place?.kind === 'fleet') for (const id of registry.clusters.keys()) planner.loop.mark(`cluster/${id}`);
    onFact(fact);
  };
  const halted = (): string | undefined => {
    const ours = registry.epoch?.body.epoch ?? 0;
    if (loss !== undefined) return loss;
    return projection.epochOfBeats() > ours
      ? `a cluster knows epoch ${projection.epochOfBeats()}, but this hub is at ${ours}: another hub has rebuilt desired state`
      : undefined;
  };

  const intent = new IntentLog({ bus, signer: identity.desired, keys, registry, clock, log, onFact: see, refusal: () => loss });
  const planner: Planner = new Planner({
    registry,
    fleet,
    clock,
    log,
    credentialOf: (id) => replacer.documentOf(id),
    isHalted: () => halted() !== undefined,
  });
  const replacer: CredentialReplacer = new CredentialReplacer({
    identity,
    intent,
    projection,
    clock,
    log,
    publish: (id) => planner.loop.mark(`cluster/${id}`),
  });
  const join = new JoinService({ identity, intent, projection, published: fleet.published, servers, clock, log });
  const spokes = new SpokeMessages({ bus, projection, clock, log });

  const replay = await intent.replay(signal);
  loss = intentLoss(mark, registry, (seq) => digests.get(seq));
  if (loss !== undefined) log.error('this hub publishes nothing', { because: loss, help: 'see: accord-hub recover --data DIR' });
  const fleetEpoch = await fleet.load(signal);
  if (loss === undefined) await startEpoch({ intent, fleet, projection, mark, fleetEpoch, log });
  const followed = await spokes.start(signal);
  await join.serve(bus, signal);
  const keepMark = (async (): Promise<void> => {
    while (!signal.aborted) {
      await clock.sleep(1_000, signal);
      const epoch = registry.epoch?.body.epoch ?? 0;
      if (loss === undefined && (fleet.lastSeq > highWater.mark.fleetSeq || epoch > highWater.mark.epoch))
        highWater.raise({ fleetSeq: fleet.lastSeq, epoch });
    }
  })();
  const checking = checkClusters({ bus, projection, signer: identity.desired, clock, fleetLastSeq: () => fleet.lastSeq }, signal);
  const done = Promise.all([replay.done, followed.done, planner.loop.run(signal), replacer.loop.run(signal), checking, keepMark]).catch(
    (error: unknown) => {
      if (signal.aborted && isCoded(error)) return;
      throw error;
    },
  );
  const versions = (): ReadonlyMap<string, number> => new Map([...fleet.published].map(([anchor, { version }]) => [anchor, version]));
  return { intent, projection, planner, join, spokes, versions, halted, done };
}

interface EpochDeps {
  readonly intent: IntentLog;
  readonly fleet: FleetLog;
  readonly projection: Projection;
  readonly mark: HighWater;
  readonly fleetEpoch: number;
  readonly log: Log;
}

/**
 * Starts the first epoch, or the next one when FLEET was lost: spokes accept a lower version only with a higher epoch, and remove
 * nothing that the new history does not name until a person confirms it.
 */
async function startEpoch({ intent, fleet, projection, mark, fleetEpoch, log }: EpochDeps): Promise<void> {
  const { registry } = projection;
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
  const author = {
    actor: 'hub',
    reason: current === undefined ? 'first start' : 'FLEET was lost',
    source: '',
    traceparent: '',
    requestId: randomUUID(),
    requestDigest: sha256('epoch'),
  };
  await intent.append(
    draft(
      'fleet',
      'epoch',
      'EpochStarted',
      { epoch, confirmedEpoch: current === undefined ? epoch : current.body.confirmedEpoch },
      current?.seq ?? 0,
      `fleet@${epoch}`,
    ),
    author,
  );
}
