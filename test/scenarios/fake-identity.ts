import type { KeyObject } from 'node:crypto';
import { createKeyPair, fingerprint, parsePublicKey, rawPublicKey } from '@accord/proto/keys';
import { setsOf } from '@accord/proto/labels';
import { keyIdOf } from '@accord/proto/seal';
import { labelTag, setTag } from '@accord/proto/subjects';
import type { HubIdentity } from '../../packages/hub/src/join/hub-identity.ts';

/** Keys of a hub without a NATS server: tokens carry the right claims and tags, and nobody checks their signature. */
export function createFakeIdentity(nowMs: () => number): HubIdentity & { readonly revoked: Map<string, number> } {
  const pair = createKeyPair('account');
  const publicKey: KeyObject = parsePublicKey('account', pair.publicKey);
  const lastIat = new Map<string, number>();
  const revoked = new Map<string, number>();
  return {
    desired: { pair, keyId: keyIdOf(publicKey) },
    desiredPublicKey: rawPublicKey(publicKey),
    hubKey: fingerprint(publicKey),
    mint: ({ id, publicKey: sub, labels, iatMin }) => {
      const iat = Math.max(Math.floor(nowMs() / 1000), (lastIat.get(sub) ?? 0) + 1, iatMin);
      lastIat.set(sub, iat);
      const exp = iat + 86_400;
      const ofLabels = Object.entries(labels).map(([key, value]) => labelTag(key, value));
      const tags = [...ofLabels, ...setsOf(labels).map(setTag)];
      const claims = Buffer.from(JSON.stringify({ iat, exp, sub, name: id, nats: { tags } })).toString('base64url');
      return { jwt: `e30.${claims}.e30`, iat, exp };
    },
    lastIat: (key) => lastIat.get(key) ?? 0,
    revoke: async (key, until) => void revoked.set(key, until),
    revoked,
  };
}
