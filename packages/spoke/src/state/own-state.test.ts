import { openDocument, sealDocument, type Signer } from '@accord/proto/document';
import { clusterIdOf, type ClusterId, type ClusterName } from '@accord/proto/ids';
import { createKeyPair, parsePublicKey, rawPublicKey } from '@accord/proto/keys';
import { encodeMember, parseMember } from '@accord/proto/member';
import { keyIdOf, trustKeys } from '@accord/proto/seal';
import { anchorAll, clusterAnchor, desiredSubject, memberDoc } from '@accord/proto/subjects';
import { describe, expect, test } from 'vitest';
import { ownState } from './own-state.ts';

const ours = clusterIdOf(new Uint8Array(16));
const other = clusterIdOf(new Uint8Array(16).fill(1));
const pair = createKeyPair('account');
const publicKey = parsePublicKey('account', pair.publicKey);
const signer: Signer = { pair, keyId: keyIdOf(publicKey) };
const keys = trustKeys([rawPublicKey(publicKey)]);

function sealed(id: ClusterId, revision: number): { readonly bytes: Uint8Array; readonly subject: string } {
  const cluster = { id, name: 'c' as ClusterName, labels: {}, spec: { mode: 'Enforce' as const } };
  const subject = desiredSubject(clusterAnchor(id), memberDoc);
  const body = encodeMember({ cluster, revision, anchors: [anchorAll], confirmedEpoch: 1, confirmedRemovals: {} });
  return { bytes: sealDocument(signer, { subject, epoch: 1, revision }, body), subject };
}
const stored = (id: ClusterId, revision: number) => {
  const { bytes, subject } = sealed(id, revision);
  return { ...openDocument(bytes, subject, keys), receivedMs: 0, verifiedMs: 0 };
};
const anchors = [
  { anchor: anchorAll, epoch: 1, version: 4 },
  { anchor: 'l.env.prod', epoch: 1, version: 0 },
];
const credential = { id: ours, member: Buffer.from(sealed(ours, 2).bytes).toString('base64'), anchors };
const far = new Map([[anchorAll, { epoch: 7, version: 99 }]] as const);
const render = (state: ReturnType<typeof ownState>): string =>
  `${parseMember(state.record.body).revision} ${JSON.stringify([...state.positions])}`;

describe('ownState', () => {
  test('what this cluster stored counts', () =>
    expect(render(ownState({ member: stored(ours, 5), positions: far }, credential, keys))).toBe('5 [["all",{"epoch":7,"version":99}]]'));

  test('after another membership nothing of it counts, neither its record nor how far its fleet had come', () =>
    expect(render(ownState({ member: stored(other, 5), positions: far }, credential, keys))).toBe('2 [["all",{"epoch":1,"version":4}]]'));

  test('without a state it starts where the hub was at the join', () =>
    expect(render(ownState({ member: undefined, positions: new Map() }, credential, keys))).toBe('2 [["all",{"epoch":1,"version":4}]]'));
});
