import { randomBytes, randomUUID } from 'node:crypto';
import type { Bus, BusPlace, Live } from '@accord/bus/bus';
import { anchorsOf } from '@accord/core/cluster/anchors-of';
import { fingerprintOf } from '@accord/core/cluster/decide-approval';
import { decideKeyReplaced } from '@accord/core/cluster/decide-key';
import { decideJoin, type JoinDecision } from '@accord/core/cluster/decide-join';
import { requireNotRevoked } from '@accord/core/cluster/decide-revoke';
import { memberDocument } from '@accord/core/fleet/wanted-documents';
import type { PublishedFleet } from '@accord/core/fleet/plan-fleet';
import type { Draft } from '@accord/core/registry/draft';
import type { ClusterFact } from '@accord/core/registry/facts';
import { clusterRecord, type Recorded } from '@accord/core/registry/registry';
import {
  renewRequestSchema,
  type Credential,
  type CredentialResponse,
  type JoinRequest,
  type PendingJoin,
  type RenewRequest,
} from '@accord/proto/join-api';
import { sha256 } from '@accord/proto/canonical';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import { sealDocument } from '@accord/proto/document';
import { clusterIdOf, isClusterId, type ClusterId } from '@accord/proto/ids';
import { joinProofBytes, proofSkewMsMax, renewProofBytes, sealCredential, tokenHash } from '@accord/proto/join';
import { parsePublicKey, verifySignature } from '@accord/proto/keys';
import { clusterAnchor, desiredSubject, memberDoc, senderOf } from '@accord/proto/subjects';
import { protocolVersion } from '@accord/proto/version';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { History } from '../history/history.ts';
import type { IntentLog } from '../intent/intent-log.ts';
import { writeDecision } from '../intent/write.ts';
import type { Quarantine } from '../revoke/quarantine.ts';
import { hasLeft, leftMember } from '../leave/refuse-left.ts';
import type { Projection } from '../views/projection.ts';
import type { HubIdentity } from './hub-identity.ts';

export interface JoinDeps {
  readonly identity: HubIdentity;
  readonly intent: IntentLog;
  readonly projection: Projection;
  readonly published: PublishedFleet;
  /** The bus as spokes reach it. */
  readonly busPlace: BusPlace;
  /** Keys that get nothing for a while. */
  readonly quarantine?: Pick<Quarantine, 'require'>;
  /** Hears who joined from where, and whose renewal over the bus was refused. */
  readonly past?: Pick<History, 'wrote' | 'refuse'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** In the audit: over the bus. Over HTTPS it is a request like others. */
const renewAction = 'RenewCredential';
const detailCharsMax = 500;

/** Lets clusters in, and gives members their next credential. Tokens and keys are checked here and nowhere else. */
export class JoinService {
  readonly #deps: JoinDeps;

  constructor(deps: JoinDeps) {
    this.#deps = deps;
  }

  /** First contact. The same token with the same key gives the same answer, so a request that was cut is made again. `address`: from where. */
  async join(token: string, request: JoinRequest, address = ''): Promise<CredentialResponse | PendingJoin> {
    const { intent, projection, past, clock, log, identity } = this.#deps;
    this.#requireFresh(request.tsMs);
    requireProof(request, pinsOf(identity), (hubKey) => joinProofBytes(token, hubKey, request));
    const fresh = { id: clusterIdOf(randomBytes(16)), uid: randomUUID() };
    const hash = tokenHash(token);
    const author = {
      actor: `join:${hash.slice(0, 12)}`,
      reason: 'join',
      source: '',
      traceparent: '',
      requestId: randomUUID(),
      requestDigest: sha256(request.publicKey),
    };
    const { publicKey, facts, name } = request;
    const decide = (): JoinDecision =>
      decideJoin(projection.registry, { ...{ tokenHash: hash, publicKey, name, facts }, ...fresh, nowMs: clock.now() });
    let id: ClusterId | undefined;
    const written = await writeDecision(
      intent,
      () => {
        const decision = decide();
        id = decision.id;
        return decision.drafts;
      },
      author,
    );
    if (written !== undefined) {
      const detail = `from ${address}, fingerprint ${fingerprintOf(publicKey)}`;
      past?.wrote({ request: author.requestId, actor: author.actor, detail });
    }
    if (id === undefined) return this.#pending(hash, publicKey, written !== undefined);
    const cluster = projection.registry.clusters.get(id);
    if (cluster === undefined) throw new CodedError('unavailable', 'the join was stored, but cannot be read yet', { help: 'Try again.' });
    if (written !== undefined) log.info('a cluster joined', { cluster: cluster.body.name, id });
    return this.#credential(cluster, request.nonce);
  }

  #pending(hash: string, publicKey: string, isNew: boolean): PendingJoin {
    const { projection, log } = this.#deps;
    const cluster = projection.registry.tokens.get(hash)?.body.cluster ?? '';
    const fingerprint = fingerprintOf(publicKey);
    if (isNew)
      log.info('a cluster waits to be approved', { cluster, fingerprint, help: `accord cluster approve ${cluster} --fingerprint …` });
    return { state: 'pending', cluster, fingerprint };
  }

  /** The next token of a member. `sender` is the id that the bus vouches for; over HTTPS the proof alone counts. */
  async renew(request: RenewRequest, sender?: string): Promise<CredentialResponse> {
    const { projection, identity } = this.#deps;
    this.#requireFresh(request.tsMs);
    const left = leftMember(projection.registry, request);
    if (left !== undefined) {
      requireProof(request, pinsOf(identity), (hubKey) => renewProofBytes(hubKey, request));
      throw hasLeft(left);
    }
    const cluster = isClusterId(request.cluster) ? projection.registry.clusters.get(request.cluster) : undefined;
    const mayBeIt = [request.publicKey, request.newPublicKey].includes(cluster?.body.publicKey);
    if (cluster === undefined || !mayBeIt || (sender !== undefined && sender !== request.cluster))
      throw new CodedError('unauthenticated', 'this cluster or this key is not a member', {
        help: 'Join again with a new token: accord cluster add NAME -l KEY=VALUE',
      });
    requireProof(request, pinsOf(identity), (hubKey) => renewProofBytes(hubKey, request));
    return this.#credential(await this.#withItsKey(cluster, request), request.nonce);
  }

  /** The cluster, after it has replaced its key where it asks for that. A request that was cut is made again. */
  async #withItsKey(cluster: Recorded<ClusterFact>, request: RenewRequest): Promise<Recorded<ClusterFact>> {
    const { newPublicKey, newProof = '' } = request;
    if (newPublicKey === undefined) return cluster;
    const { identity, intent, projection, clock, log } = this.#deps;
    requireProof({ publicKey: newPublicKey, proof: newProof }, pinsOf(identity), (hubKey) => renewProofBytes(hubKey, request));
    const author = {
      ...{ actor: `cluster:${cluster.body.name}`, reason: 'it was told to replace its key', source: '' },
      ...{ traceparent: cluster.change.traceparent, requestId: randomUUID(), requestDigest: sha256(newPublicKey) },
    };
    const current = (): typeof cluster => projection.registry.clusters.get(cluster.body.id) ?? cluster;
    const decide = (): readonly Draft[] =>
      decideKeyReplaced(projection.registry, current(), { publicKey: newPublicKey, nowMs: clock.now() });
    if ((await writeDecision(intent, decide, author)) !== undefined)
      log.info('a cluster replaced its key', { cluster: cluster.body.name, id: cluster.body.id });
    return current();
  }

  /** Answers renewals that come over the bus until `signal` aborts. */
  async serve(bus: Bus, signal: AbortSignal): Promise<void> {
    const answer = async ({ subject, body }: Live): Promise<Uint8Array> => {
      const sender = senderOf(subject);
      try {
        const response = await this.renew(parseRenewal(body), sender);
        return new TextEncoder().encode(JSON.stringify(response));
      } catch (error) {
        if (isCoded(error)) this.#tellRefused(sender, error);
        throw error;
      }
    };
    await bus.serve('rpc.*.renew', answer, signal);
  }

  /** Of the bus the server vouches for the sender, so that each has a count of its own. */
  #tellRefused(sender: string | undefined, { code, message }: CodedError): void {
    const { past, projection } = this.#deps;
    const { clusters, left } = projection.registry;
    const id = (sender ?? '') as ClusterId;
    const name = (clusters.get(id) ?? left.get(id))?.body.name ?? id;
    const entry = { actor: `cluster:${name}`, action: renewAction, object: `cluster.${id}`, change: '', reason: '', source: '' };
    past?.refuse({ ...entry, detail: `${code}: ${message}`.slice(0, detailCharsMax) }, true);
  }

  #credential(cluster: Recorded<ClusterFact>, nonce: string): CredentialResponse {
    const { identity, published, busPlace, projection, quarantine } = this.#deps;
    requireNotRevoked(cluster.body);
    quarantine?.require(cluster.body.publicKey);
    const record = clusterRecord(cluster.body);
    // Always from the registry's labels, never from those of an older token.
    const { jwt } = identity.mint({
      id: record.id,
      publicKey: cluster.body.publicKey,
      labels: record.labels,
      iatMin: cluster.body.tokenFloor,
    });
    const epoch = projection.registry.epoch?.body.epoch ?? 1;
    const anchors = anchorsOf(record).map((anchor) => ({
      anchor,
      epoch,
      version: published.get(anchor)?.epoch === epoch ? (published.get(anchor)?.version ?? 0) : 0,
    }));
    const { fence, body, createdAtMs, acceptedAtMs, change } = memberDocument(cluster, projection.registry.epoch?.body.confirmedEpoch ?? 0);
    const subject = desiredSubject(clusterAnchor(record.id), memberDoc);
    const place = { subject, epoch, ...fence, version: 0, specDigest: sha256(body), createdAtMs, acceptedAtMs, change };
    const member = sealDocument(identity.desired, place, body);
    const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
    const desiredKeys = (identity.trust?.told(epoch) ?? [identity.desiredPublicKey]).map(base64);
    const credential: Credential = {
      id: record.id,
      jwt,
      servers: [...busPlace.servers],
      ...(busPlace.ca !== undefined && { ca: busPlace.ca }),
      member: base64(member),
      anchors,
      desiredKeys,
      epoch,
      protocol: protocolVersion,
      nonce,
    };
    return sealCredential(identity.desired, identity.desiredPublicKey, credential, identity.trust?.chain());
  }

  #requireFresh(tsMs: number): void {
    const skewMs = tsMs - this.#deps.clock.now();
    if (Math.abs(skewMs) <= proofSkewMsMax) return;
    const minutes = Math.round(Math.abs(skewMs) / 60_000);
    throw new CodedError(
      'unauthenticated',
      `the clock of the cluster is ${minutes} minutes ${skewMs > 0 ? 'ahead of' : 'behind'} the hub's; at most 5 are allowed`,
      { help: 'Set the clocks right, for example with chrony or systemd-timesyncd.' },
    );
  }
}

/** Any member may send any bytes here, and none of them may be taken for a bug of ours. */
function parseRenewal(body: Uint8Array): RenewRequest {
  try {
    return renewRequestSchema.parse(JSON.parse(new TextDecoder().decode(body)));
  } catch (cause) {
    throw new CodedError('garbage', 'this is no request for a credential', { cause });
  }
}

/** A spoke knows the hub by the key of its installation, which may have been replaced since. */
function pinsOf({ hubKey, trust }: HubIdentity): readonly string[] {
  return trust?.pins() ?? [hubKey];
}

function requireProof(
  { publicKey, proof }: { readonly publicKey: string; readonly proof: string },
  hubKeys: readonly string[],
  bytesFor: (hubKey: string) => Uint8Array,
): void {
  const [key, signature] = [parsePublicKey('user', publicKey), new Uint8Array(Buffer.from(proof, 'base64'))];
  const isProven = hubKeys.some((hubKey) => verifySignature(key, bytesFor(hubKey), signature));
  if (!isProven)
    throw new CodedError('unauthenticated', 'the proof does not match: it must be made with the key, for this token and this hub', {
      help: 'Check that ACCORD_HUB_KEY is the key of this hub.',
    });
}
