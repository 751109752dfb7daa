import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyPair } from '@accord/proto/keys';
import { expect, test } from 'vitest';
import { hubClaims } from '../account-claims.ts';
import { openClaims } from '../claims-files.ts';
import { openKeyRing } from '../key-ring.ts';
import { signToken } from '../token.ts';
import { dropForeignClaims } from './stored-claims.ts';

const nowMs = 1_795_440_000_000;

/** A realm in the middle of a rotation of its operator, and the store of its server with these texts in it. */
function world(textOf: (keys: ReturnType<typeof openKeyRing>) => Readonly<Record<'SYS' | 'HUB' | 'SPOKES', string | undefined>>) {
  const dir = mkdtempSync(join(tmpdir(), 'accord-stored-'));
  const keys = { ...openKeyRing(join(dir, 'keys'), { mayCreate: true }), operatorSigningNext: createKeyPair('operator') };
  const claims = openClaims(join(dir, 'claims'), keys, nowMs);
  const publicKeys = { SYS: keys.sys.publicKey, HUB: keys.hub.publicKey, SPOKES: keys.spokes.publicKey };
  mkdirSync(join(dir, 'jwt'));
  for (const [name, text] of Object.entries(textOf(keys)))
    if (text !== undefined) writeFileSync(join(dir, 'jwt', `${publicKeys[name as 'SYS']}.jwt`), text);
  dropForeignClaims({ dir, claims, publicKeys });
  const left = readdirSync(join(dir, 'jwt'));
  return Object.entries(publicKeys).flatMap(([name, key]) => (left.includes(`${key}.jwt`) ? [name] : []));
}

test('what either key of the operator signed stays', () => {
  expect(
    world((keys) => {
      const signed = (by: typeof keys.operator): string =>
        signToken(by, { iat: 1, sub: keys.hub.publicKey, name: 'x', nats: hubClaims(keys) });
      return { SYS: signed(keys.operatorSigning), HUB: signed(keys.operatorSigningNext ?? keys.operator), SPOKES: undefined };
    }),
  ).toEqual(['SYS', 'HUB']);
});

test('what another operator signed, or its name, or nobody, goes', () => {
  expect(
    world((keys) => {
      const signed = (by: typeof keys.operator): string =>
        signToken(by, { iat: 1, sub: keys.hub.publicKey, name: 'x', nats: hubClaims(keys) });
      return { SYS: signed(createKeyPair('operator')), HUB: signed(keys.operator), SPOKES: 'a.b.c' };
    }),
  ).toEqual([]);
});
