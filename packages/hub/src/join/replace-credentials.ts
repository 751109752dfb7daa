import type { WantedDocument } from '@accord/core/fleet/plan-fleet';
import { decideCredentialReplaced } from '@accord/core/cluster/decide-cluster';
import { iatAheadSecondsMax } from '@accord/core/cluster/decide-revoke';
import type { ClusterFact } from '@accord/core/registry/facts';
import { clusterRecord, type Recorded, type Registry } from '@accord/core/registry/registry';
import { canonicalBytes, sha256 } from '@accord/proto/canonical';
import type { ClusterId } from '@accord/proto/ids';
import { clusterAnchor, credentialDoc } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { unsettledOf } from '@accord/runtime/for-each-limited';
import { Loop } from '@accord/runtime/loop';
import type { IntentLog } from '../intent/intent-log.ts';
import { writeDecision } from '../intent/write.ts';
import type { Projection } from '../views/projection.ts';
import type { HubIdentity } from './hub-identity.ts';

export interface ReplaceDeps {
  readonly identity: HubIdentity;
  readonly intent: IntentLog;
  readonly projection: Projection;
  readonly clock: Clock;
  readonly log: Log;
  /** A key that signs tokens is being replaced: who has a token from before is to get another. */
  readonly isRotating: () => boolean;
  /** Asks the planner to publish what `documentOf` answers. */
  readonly publish: (id: ClusterId) => void;
}

/** So many renew at once because a key is replaced: each logs in again. */
const waveSize = 50;

/** A cluster that may be connected gets this long to switch to its new credential before the old one dies. */
const switchMsMax = 5_000;

/**
 * After a relabel: gives the cluster a credential with its new labels, and kills the old one.
 *
 * What is left to do follows from the registry alone (a floor above what is revoked), so a hub that died in the middle goes on.
 */
export class CredentialReplacer {
  readonly #deps: ReplaceDeps;
  /** Who uses a token that was minted since the rotation of a key began. */
  readonly #renewed = new Set<ClusterId>();
  readonly #documents = new Map<ClusterId, { readonly iat: number; readonly document: WantedDocument }>();
  readonly loop: Loop<ClusterId>;
  /** A loop of its own: a relabel must not wait for those whose tokens are only to be new. */
  readonly waves: Loop<ClusterId>;

  constructor(deps: ReplaceDeps) {
    this.#deps = deps;
    const { projection, clock, log } = deps;
    const allKeys = (): Iterable<ClusterId> => projection.registry.clusters.keys();
    const pace = { allKeys, everythingMs: 600_000, retryMsFirst: 500, retryMsMax: 30_000, clock, log };
    this.loop = new Loop<ClusterId>({ name: 'credentials', pass: (ids, signal) => this.#pass(ids, signal), ...pace });
    const wave = (ids: ReadonlySet<ClusterId>, signal: AbortSignal): Promise<ReadonlySet<ClusterId>> =>
      unsettledOf(ids, waveSize, (id) => this.#renew(id, signal));
    this.waves = new Loop<ClusterId>({ name: 'renewals', pass: wave, ...pace });
  }

  /** The credential document that the planner has to publish for a cluster, if there is one. */
  documentOf(id: ClusterId): WantedDocument | undefined {
    return isRevoked(this.#deps.projection.registry, id) ? undefined : this.#documents.get(id)?.document;
  }

  /** Has every cluster use a token that is minted from now on, in waves. Labels stay, and so the tokens of before are not revoked. */
  renewAll(): void {
    const { registry } = this.#deps.projection;
    this.#renewed.clear();
    // What still waits for a cluster that is away was signed before.
    for (const id of this.#documents.keys()) if (!isDue(registry, id)) this.#documents.delete(id);
    for (const id of registry.clusters.keys()) this.waves.mark(id);
  }

  /** Clusters that have not renewed since. */
  unrenewed(): readonly ClusterId[] {
    return [...this.#deps.projection.registry.clusters.keys()].filter((id) => this.#isToRenew(id));
  }

  /** Of those, who is connected: for the others nobody can wait. */
  waiting(): readonly ClusterId[] {
    return this.unrenewed().filter((id) => this.#deps.projection.connectionOf(id).state !== 'offline');
  }

  #isToRenew(id: ClusterId): boolean {
    return !this.#renewed.has(id) && !isRevoked(this.#deps.projection.registry, id);
  }

  async #pass(ids: ReadonlySet<ClusterId>, signal: AbortSignal): Promise<ReadonlySet<ClusterId>> {
    const unsettled = new Set<ClusterId>();
    // Side by side: each waits for its own cluster.
    await Promise.all([...ids].map(async (id) => ((await this.#replace(id, signal)) ? undefined : unsettled.add(id))));
    return unsettled;
  }

  /** A new token with the labels that it has. True when it is in use. */
  async #renew(id: ClusterId, signal: AbortSignal): Promise<boolean> {
    const { registry } = this.#deps.projection;
    const cluster = registry.clusters.get(id);
    if (cluster === undefined || !this.#deps.isRotating() || !this.#isToRenew(id)) return true;
    // It gets a new one for its labels.
    if (isDue(registry, id)) return false;
    const iat = this.#iatOf(cluster) ?? this.#mint(cluster);
    this.#deps.publish(id);
    if (!(await this.#isUsed(id, iat, signal))) return false;
    this.#renewed.add(id);
    this.#documents.delete(id);
    return true;
  }

  /** Two keys are told of while the one takes the place of the other; that one is enough only a renewal says, which brings all that it signed. */
  #told(): { readonly desiredKeys?: readonly string[] } {
    const { identity, projection } = this.#deps;
    if (identity.trust?.isBegun !== true) return {};
    const keys = identity.trust.told(projection.registry.epoch?.body.epoch ?? 1);
    return { desiredKeys: keys.map((key) => Buffer.from(key).toString('base64')) };
  }

  /** Waits until the cluster says that it uses this token, or has had the time for it, or is away. */
  async #isUsed(id: ClusterId, iat: number, signal: AbortSignal): Promise<boolean> {
    const { projection, clock } = this.#deps;
    const deadline = clock.now() + switchMsMax;
    const isUsed = (): boolean => (projection.presence.beats.get(id)?.beat.tokenIat ?? 0) >= iat;
    while (!signal.aborted && clock.now() < deadline && projection.connectionOf(id).state !== 'offline' && !isUsed())
      await clock.sleep(20, signal);
    return isUsed();
  }

  async #replace(id: ClusterId, signal: AbortSignal): Promise<boolean> {
    const { identity, intent, projection, publish, log } = this.#deps;
    const cluster = projection.registry.clusters.get(id);
    if (cluster === undefined || !isDue(projection.registry, id)) return true;
    const { publicKey, tokenFloor, name } = cluster.body;
    const iat = this.#iatOf(cluster) ?? this.#mint(cluster);
    publish(id);
    await this.#isUsed(id, iat, signal);
    // The next hub gives it the time to switch again; a stop is no reason to shut it out.
    if (signal.aborted) return false;
    if (isRevoked(projection.registry, id)) return true;
    // Not only up to the floor: a token with the old labels may have been issued ahead of the clock.
    await identity.revoke(publicKey, iat - 1);
    const author = {
      actor: 'hub',
      reason: 'the labels changed',
      source: '',
      traceparent: cluster.change.traceparent,
      requestId: `credential.${id}.${tokenFloor}`,
      requestDigest: sha256(String(tokenFloor)),
    };
    const current = (): NonNullable<typeof cluster> => projection.registry.clusters.get(id) ?? cluster;
    await writeDecision(intent, () => decideCredentialReplaced(current(), iat - 1), author);
    this.#documents.delete(id);
    log.info('the credential of a cluster was replaced', { cluster: name, id });
    return !isDue(projection.registry, id);
  }

  /** Of the credential that waits for this very record of the cluster. */
  #iatOf({ body: { id, revision } }: Recorded<ClusterFact>): number | undefined {
    const waiting = this.#documents.get(id);
    return waiting?.document.fence.revision === revision ? waiting.iat : undefined;
  }

  #mint({ body, atMs, change }: Recorded<ClusterFact>): number {
    const { identity, projection, clock } = this.#deps;
    const { id, publicKey, revision, tokenFloor, createdAtMs } = body;
    // A beat is not signed. One that speaks of a later token than there can be must not make it so: a revocation would not reach it.
    const newest = Math.max(Math.floor(clock.now() / 1_000), tokenFloor) + iatAheadSecondsMax;
    const usedIat = Math.min(projection.presence.beats.get(id)?.beat.tokenIat ?? 0, newest);
    const { labels } = clusterRecord(body);
    const iatMin = Math.max(tokenFloor, usedIat + 1, identity.lastIat(publicKey) + 1);
    const { jwt, iat } = identity.mint({ id, publicKey, labels, iatMin });
    const fence = { revision, step: iat };
    const times = { createdAtMs, acceptedAtMs: atMs, change };
    const rest = { requires: [], removalsMax: 0 };
    const document: WantedDocument = {
      doc: credentialDoc,
      anchors: [clusterAnchor(id)],
      fence,
      body: canonicalBytes({ jwt, ...this.#told() }),
      ...times,
      ...rest,
    };
    this.#documents.set(id, { iat, document });
    return iat;
  }
}

function isDue(registry: Registry, id: ClusterId): boolean {
  const cluster = registry.clusters.get(id)?.body;
  return cluster !== undefined && !isRevoked(registry, id) && cluster.tokenFloor > 0 && cluster.revokedUntil < cluster.tokenFloor - 1;
}

/** Its access is taken away: it gets no credential any more, and the one that it has is dead. */
function isRevoked({ clusters }: Registry, id: ClusterId): boolean {
  return clusters.get(id)?.body.revokedAtMs !== undefined;
}
