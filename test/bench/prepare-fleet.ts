import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { connectNatsBus } from '@accord/bus/nats/nats-bus';
import { anchorsOf } from '@accord/core/cluster/anchors-of';
import { syncDigest } from '@accord/core/cluster/sync-digest';
import { draft } from '@accord/core/registry/draft';
import type { ClusterFact } from '@accord/core/registry/facts';
import { clusterRecord, emptyRegistry } from '@accord/core/registry/registry';
import { HubCredentials } from '@accord/hub/identity/hub-credentials';
import { openKeyRing } from '@accord/hub/identity/key-ring';
import { IntentLog } from '@accord/hub/intent/intent-log';
import { openIndex } from '@accord/proto/document';
import { clusterIdOf, type ClusterName } from '@accord/proto/ids';
import { setLabelPrefix, setsOf } from '@accord/proto/labels';
import { createKeyPair, parsePublicKey, rawPublicKey } from '@accord/proto/keys';
import { trustKeys } from '@accord/proto/seal';
import { liveFilter, parseIndex, tickSubject } from '@accord/proto/subjects';
import { systemClock } from '@accord/runtime/clock';
import { forEachLimited } from '@accord/runtime/for-each-limited';
import { ListLog } from '@accord/runtime/log';
import type { HubProgram } from '../chaos/hub-program.ts';
import { startRealm } from '../real/identity-realm.ts';
import type { CrowdMember } from './crowd-main.ts';

export interface PreparedFleet {
  readonly members: readonly CrowdMember[];
  readonly facts: readonly ClusterFact[];
}

/** A data directory of a hub at which so many clusters have joined, and none has been published yet. */
export async function prepareFleet(dataDir: string, count: number): Promise<PreparedFleet> {
  const realm = await startRealm(dataDir);
  const { desired, desiredPublicKey, mint } = realm.identity;
  const stop = new AbortController();
  const intent = new IntentLog({
    ...{ bus: realm.hub, signer: desired, keys: trustKeys([desiredPublicKey]), registry: emptyRegistry() },
    ...{ clock: systemClock, log: new ListLog(), onFact: () => undefined },
  });
  await intent.replay(stop.signal);
  const made = Array.from({ length: count }, (_, n) => newCluster(n));
  const author = { actor: 'bench', reason: '', source: '', traceparent: '', requestDigest: new Uint8Array() };
  await forEachLimited(made, 64, async ({ fact }) => {
    await intent.append(draft('cluster', fact.id, 'ClusterJoined', fact, 0, `cluster/${fact.name}@1`), { ...author, requestId: fact.uid });
  });
  const members = made.map(({ fact, key }) => {
    const { id, labels } = clusterRecord(fact);
    const { jwt } = mint.mintSpokeToken({ id, publicKey: key.publicKey, labels, sets: setsOf(labels), nowMs: Date.now() });
    return { id, jwt, seed: key.seed, subjects: [...anchorsOf({ id, labels }).map(liveFilter), tickSubject, `_INBOX.${id}.${id}.*`] };
  });
  stop.abort();
  await realm.leave();
  await realm.identity.nats.stop();
  return { members, facts: made.map(({ fact }) => fact) };
}

/** Clusters of a set: those that need each other, as docs/reference/registry.md has it for a large fleet. */
const setSize = 100;

function newCluster(n: number) {
  const key = createKeyPair('user');
  const id = clusterIdOf(randomBytes(16));
  const set = `${setLabelPrefix}group-${Math.floor(n / setSize)}`;
  const labels = { env: n % 3 === 0 ? 'prod' : 'dev', region: `r${n % 10}`, [set]: '' };
  const identity = { id, name: `cluster-${n}` as ClusterName, uid: id, publicKey: key.publicKey };
  const rest = { createdAtMs: Date.now(), meta: { annotations: {} }, spec: { mode: 'Enforce' as const }, tokenFloor: 0, revokedUntil: 0 };
  const fact: ClusterFact = { ...identity, ...rest, revision: 1, labels, confirmedEpoch: 1, confirmedRemovals: {} };
  return { key, fact };
}

/** What a beat of each cluster says when the cluster has everything that is published for it. */
export async function readDigests(hub: HubProgram, { facts }: PreparedFleet): Promise<Readonly<Record<string, string>>> {
  const keys = openKeyRing(join(hub.dataDir, 'keys'), { mayCreate: false });
  const credential = new HubCredentials({ keys, role: 'hub', clock: systemClock, log: new ListLog() }).current;
  const bus = await connectNatsBus({
    place: () => hub.bus,
    role: 'hub',
    inboxPrefix: '_INBOX',
    credential,
    onError: () => undefined,
  });
  const trusted = trustKeys([rawPublicKey(parsePublicKey(keys.desired.type, keys.desired.publicKey))]);
  const positions = new Map<string, { readonly epoch: number; readonly version: number }>();
  const stop = new AbortController();
  for await (const stored of bus.follow({ stream: 'FLEET', filters: ['index.>'], afterSeq: 0, lastPerSubject: true }, stop.signal)) {
    if (stored === 'caught-up') break;
    const anchor = parseIndex(stored.subject);
    if (anchor !== undefined) positions.set(anchor, openIndex(stored.body, stored.subject, trusted));
  }
  stop.abort();
  await bus.close();
  return Object.fromEntries(
    facts.map((fact) => {
      const known = anchorsOf(clusterRecord(fact)).flatMap((anchor) => {
        const position = positions.get(anchor);
        return position === undefined ? [] : [{ anchor, epoch: position.epoch, version: position.version }];
      });
      return [fact.id, Buffer.from(syncDigest(known)).toString('base64')];
    }),
  );
}
