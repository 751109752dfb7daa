import { decideForceLeave } from '@accord/core/cluster/decide-leave';
import { decideJoin } from '@accord/core/cluster/decide-join';
import type { JoinTokenFact } from '@accord/core/registry/facts';
import { foldFact } from '@accord/core/registry/registry';
import type { RenewRequest } from '@accord/proto/join-api';
import { clusterIdOf, type ClusterName } from '@accord/proto/ids';
import { renewProofBytes } from '@accord/proto/join';
import { createKeyPair, type KeyPair } from '@accord/proto/keys';
import { intentSubject, type FactKind } from '@accord/proto/subjects';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { expect, test } from 'vitest';
import { JoinService } from '../join/join-service.ts';
import { Projection } from '../views/projection.ts';

const id = clusterIdOf(new Uint8Array(16).fill(1));
const hubKey = 'h'.repeat(64);

/** A hub that has taken a cluster out, which had joined with the token `hash`. */
function world() {
  const clock = new ManualClock(1_000_000);
  const projection = new Projection(clock, new Map());
  const key = createKeyPair('user');
  const fold = (kind: FactKind, of: string, body: unknown, seq: number): void =>
    foldFact(projection.registry, intentSubject(kind, of), {
      ...{ body, seq, digest: new Uint8Array(), atMs: 0, actor: '', change: { id: '', traceparent: '' } },
    });
  const token: Partial<JoinTokenFact> = { hash: 'hash', expiresAtMs: 2_000_000, consumed: { publicKey: key.publicKey, id } };
  fold('token', 'hash', { ...token, cluster: 'eu-1' }, 1);
  const joined = { id, name: 'eu-1' as ClusterName, publicKey: key.publicKey, revision: 1, tokenFloor: 0, revokedUntil: 0 };
  fold('cluster', id, joined, 2);
  const current = projection.registry.clusters.get(id);
  const [left] = current === undefined ? [] : decideForceLeave(current, [], { nowMs: clock.now(), usedIat: 0 });
  fold('cluster', id, left?.body, 3);
  const identity = { hubKey } as never;
  const rest = { intent: undefined as never, published: new Map(), busPlace: { servers: [] }, log: new ListLog() };
  const service = new JoinService({ identity, projection, clock, ...rest });
  return { service, projection, key, clock };
}

function renewal(key: KeyPair, by = key): RenewRequest {
  const request = { cluster: id, publicKey: key.publicKey, tsMs: 1_000_000, nonce: 'n'.repeat(22) };
  return { ...request, proof: Buffer.from(by.sign(renewProofBytes(hubKey, request))).toString('base64') };
}

test('a cluster that has left is told so, once it has proved who it is; nobody else learns anything', async () => {
  const { service, key } = world();
  await expect(service.renew(renewal(key))).rejects.toMatchObject({ code: 'gone', message: 'cluster eu-1 has left this fleet' });
  const stranger = createKeyPair('user');
  await expect(service.renew(renewal(stranger))).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(service.renew(renewal(key, stranger))).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('the token with which it had joined is used up, also for the key that had used it', () => {
  const { projection, key, clock } = world();
  const facts = { kubernetesVersion: '', spokeVersion: '', kubeSystemUID: 'uid', platform: '' };
  const again = { facts, tokenHash: 'hash', publicKey: key.publicKey, id: clusterIdOf(new Uint8Array(16)), uid: 'u', nowMs: clock.now() };
  expect(() => decideJoin(projection.registry, again)).toThrowError(expect.objectContaining({ code: 'unauthenticated' }));
});
