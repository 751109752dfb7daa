import { readFileSync } from 'node:fs';
import { createKeyPair, type KeyPair } from '@accord/proto/keys';
import { expect, test } from 'vitest';
import { hubClaims, operatorToken, spokesClaims, sysClaims } from './account-claims.ts';
import { mintHubToken } from './hub-users.ts';
import type { KeyRing } from './key-ring.ts';
import { SpokeMint } from './spoke-mint.ts';
import { signToken } from './token.ts';
import type { ClusterId } from '@accord/proto/ids';

const path = new URL('../../../../deploy/nats/claims.example.json', import.meta.url);
const examples = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, object>>;
const iat = 1_795_440_000;
const user = createKeyPair('user');

const keys: KeyRing = {
  operator: createKeyPair('operator'),
  operatorSigning: createKeyPair('operator'),
  sys: createKeyPair('account'),
  sysSigning: createKeyPair('account'),
  hub: createKeyPair('account'),
  hubSigning: createKeyPair('account'),
  spokes: createKeyPair('account'),
  spokesScope: createKeyPair('account'),
  desired: createKeyPair('user'),
};

/** The words that stand for keys in the example. */
const words: [pair: KeyPair, word: string][] = [
  [keys.operatorSigning, 'O_OPERATOR_SIGNING'],
  [keys.operator, 'O_OPERATOR'],
  [keys.sysSigning, 'A_SYS_SIGNING'],
  [keys.sys, 'A_SYS'],
  [keys.hubSigning, 'A_HUB_SIGNING'],
  [keys.hub, 'A_HUB'],
  [keys.spokesScope, 'A_SPOKES_SCOPE'],
  [keys.spokes, 'A_SPOKES'],
];

function payloadOf(token: string, userWord: string): object {
  let text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  for (const [{ publicKey }, word] of words) text = text.replaceAll(publicKey, word);
  const payload = JSON.parse(text.replaceAll(user.publicKey, userWord)) as object;
  return { ...payload, jti: 'BASE32_SHA256_OF_THE_PAYLOAD_WITHOUT_JTI' };
}

const account = (name: string, sub: KeyPair, nats: ReturnType<typeof sysClaims>): string =>
  signToken(keys.operatorSigning, { iat, sub: sub.publicKey, name, nats });
const labels = { env: 'prod', region: 'eu-west-1', 'accord.dev/name': 'shop-eu-1' };
const id = 'ljo7rntx75rerdfzovdd5yyooe' as ClusterId;
const spoke = () => new SpokeMint(keys).mintSpokeToken({ id, publicKey: user.publicKey, labels, sets: ['s-retail'], nowMs: iat * 1_000 });

test.each([
  ['operator', () => operatorToken(keys, iat), ''],
  ['account_SYS', () => account('SYS', keys.sys, sysClaims(keys)), ''],
  ['account_HUB', () => account('HUB', keys.hub, hubClaims(keys)), ''],
  ['account_SPOKES', () => account('SPOKES', keys.spokes, spokesClaims(keys, { [user.publicKey]: 1_795_439_999 })), 'U_A_REVOKED_KEY'],
  ['user_hub', () => mintHubToken({ keys, role: 'hub', signer: keys.hubSigning, user }, iat * 1_000), 'U_HUB_PROCESS'],
  ['user_hub_sys', () => mintHubToken({ keys, role: 'sys', signer: keys.sysSigning, user }, iat * 1_000), 'U_HUB_SYSTEM'],
  ['user_spoke', () => spoke().jwt, 'U_CLUSTER_KEY'],
])('the token %s is the documented one', (name, make, userWord) => {
  const payload = payloadOf(make(), userWord);
  const tags = (value: object): unknown => (value as { readonly nats: { readonly tags?: readonly string[] } }).nats.tags?.toSorted();
  const example = examples[name] ?? {};
  expect(tags(payload)).toEqual(tags(example));
  expect(withoutTags(payload)).toEqual(withoutTags(example));
});

/** The order of tags means nothing. */
function withoutTags(value: object): object {
  const { nats, ...rest } = value as { readonly nats: { readonly tags?: unknown } };
  return { ...rest, nats: { ...nats, tags: undefined } };
}

test('claims without revocations have no such field', () => {
  expect(spokesClaims(keys, {})).not.toHaveProperty('revocations');
});
