import { ManualClock } from '@accord/runtime/clock';
import { createKeyPair } from '@accord/proto/keys';
import { clusterIdOf } from '@accord/proto/ids';
import { expect, test } from 'vitest';
import type { HubIdentity } from '../join/hub-identity.ts';
import { recordMints } from './record-mints.ts';

test('what is minted is told, and a key that is replaced meanwhile is the new one here as well', () => {
  let hubKey = 'before';
  const identity: HubIdentity = {
    desired: { pair: createKeyPair('account'), keyId: new Uint8Array(8) },
    get desiredPublicKey() {
      return new TextEncoder().encode(hubKey);
    },
    get hubKey() {
      return hubKey;
    },
    mint: () => ({ jwt: 'jwt', iat: 1, exp: 2 }),
    lastIat: () => 1,
    revoke: async () => undefined,
  };
  const told: string[] = [];
  const recorded = recordMints(identity, ({ action, detail }) => told.push(`${action} ${detail}`), new ManualClock(1));
  recorded.mint({ id: clusterIdOf(new Uint8Array(16)), publicKey: 'UA', labels: { env: 'prod' }, iatMin: 0 });
  expect(told).toEqual(['TokenMinted key UA, issued 1, expires 2, labels env=prod']);
  hubKey = 'after';
  expect([recorded.hubKey, new TextDecoder().decode(recorded.desiredPublicKey)]).toEqual(['after', 'after']);
});
