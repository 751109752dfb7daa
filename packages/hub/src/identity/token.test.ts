import { createHash } from 'node:crypto';
import { base32 } from '@accord/proto/ids';
import { createKeyPair } from '@accord/proto/keys';
import { expect, test } from 'vitest';
import { openToken, signToken } from './token.ts';

const issuer = createKeyPair('account');
const claims = { iat: 1_795_440_000, sub: 'U', name: 'x', nats: { type: 'user', version: 2 } } as const;
const decode = (part = ''): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());

test('a token says what NATS expects, and its id is the digest of the rest', () => {
  const [head, payload] = signToken(issuer, claims).split('.');
  expect(decode(head)).toEqual({ typ: 'JWT', alg: 'ed25519-nkey' });
  const { jti, ...rest } = decode(payload) as { readonly jti: string };
  expect(rest).toEqual({ ...claims, iss: issuer.publicKey });
  expect(jti).toBe(base32(createHash('sha256').update(JSON.stringify(rest)).digest()).toUpperCase());
  expect(jti).toMatch(/^[A-Z2-7]{52}$/);
});

test('the same claims give the same token', () => {
  expect(signToken(issuer, claims)).toBe(signToken(issuer, claims));
});

test('a token opens with the key that signed it and with no other', () => {
  const token = signToken(issuer, claims);
  expect(openToken(`${token}\n`, issuer)).toMatchObject(claims);
  expect(() => openToken(token, createKeyPair('account'))).toThrow(expect.objectContaining({ code: 'bad-signature' }));
});

test.each([
  ['a changed payload', (head: string, payload: string, signature: string) => [head, payload.replace(/.$/, 'x'), signature]],
  [
    'another payload',
    (head: string, _payload: string, signature: string) => [head, Buffer.from('{"iss":"x"}').toString('base64url'), signature],
  ],
  ['no signature', (head: string, payload: string) => [head, payload, '']],
  ['another signature', (head: string, payload: string) => [head, payload, Buffer.alloc(64).toString('base64url')]],
  ['nothing', () => ['', '', '']],
])('%s is refused', (_name, change) => {
  const [head = '', payload = '', signature = ''] = signToken(issuer, claims).split('.');
  expect(() => openToken(change(head, payload, signature).join('.'), issuer)).toThrow(
    expect.objectContaining({ code: expect.stringMatching(/^(bad-signature|garbage)$/) as string }),
  );
});
