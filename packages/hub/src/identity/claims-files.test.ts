import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { spokesClaims, type AccountClaims } from './account-claims.ts';
import { claimsFile, openAccount, openClaims, signSpokes } from './claims-files.ts';
import { openKeyRing, type KeyRing } from './key-ring.ts';
import { writePrivateFile } from './private-file.ts';
import { signToken } from './token.ts';

const nowMs = 1_795_440_000_000;
const later = nowMs + 10_000;

function place(): { readonly dir: string; readonly keys: KeyRing } {
  const dataDir = mkdtempSync(join(tmpdir(), 'accord-claims-'));
  return { dir: join(dataDir, 'claims'), keys: openKeyRing(join(dataDir, 'keys'), { mayCreate: true }) };
}

test('claims are made once and read ever after', () => {
  const { dir, keys } = place();
  const first = openClaims(dir, keys, nowMs);
  expect(openClaims(dir, keys, later)).toEqual(first);
  expect(readFileSync(claimsFile(dir, 'HUB'), 'utf8')).toBe(first.HUB);
});

describe('a crash during the first start', () => {
  test.each([
    ['before any claims', []],
    ['after SPOKES', ['SPOKES']],
    ['after HUB', ['SPOKES', 'HUB']],
    ['after SYS', ['SPOKES', 'HUB', 'SYS']],
  ] as const)('%s is finished by the next', (_name, kept) => {
    const { dir, keys } = place();
    const first = openClaims(dir, keys, nowMs);
    for (const name of ['SPOKES', 'HUB', 'SYS', 'operator'] as const) if (!kept.some((one) => one === name)) rmSync(claimsFile(dir, name));
    const second = openClaims(dir, keys, later);
    for (const name of kept) expect(second[name]).toBe(first[name]);
    expect(openClaims(dir, keys, later)).toEqual(second);
  });
});

test.each(['SPOKES', 'HUB', 'SYS'] as const)('claims of %s that were lost are not made anew', (name) => {
  const { dir, keys } = place();
  openClaims(dir, keys, nowMs);
  rmSync(claimsFile(dir, name));
  expect(() => openClaims(dir, keys, later)).toThrow(expect.objectContaining({ code: 'not-found' }));
});

test('claims that were made with other keys are refused', () => {
  const [ours, theirs] = [place(), place()];
  openClaims(theirs.dir, theirs.keys, nowMs);
  expect(() => openClaims(theirs.dir, ours.keys, later)).toThrow(expect.objectContaining({ code: 'bad-signature' }));
});

test('claims of another account under this name are refused', () => {
  const { dir, keys } = place();
  const { HUB } = openClaims(dir, keys, nowMs);
  writePrivateFile(claimsFile(dir, 'SPOKES'), HUB);
  expect(() => openClaims(dir, keys, later)).toThrow(expect.objectContaining({ code: 'bad-signature' }));
});

test('claims that an earlier version wrote differently are replaced by newer ones, with their revocations', () => {
  const { dir, keys } = place();
  openClaims(dir, keys, nowMs);
  const { mappings: _mappings, ...nats } = spokesClaims(keys, { U: 7 });
  const old = signToken<AccountClaims>(keys.operatorSigning, { iat: later / 1000, sub: keys.spokes.publicKey, name: 'SPOKES', nats });
  writePrivateFile(claimsFile(dir, 'SPOKES'), old);
  const claims = openAccount(openClaims(dir, keys, nowMs).SPOKES, keys, 'SPOKES');
  expect(claims.nats).toEqual(JSON.parse(JSON.stringify(spokesClaims(keys, { U: 7 }))));
  expect(claims.iat).toBe(later / 1000 + 1);
});

test('the next claims of SPOKES are newer than the last, even when the clock went back', () => {
  const { keys } = place();
  const iatOf = (after: number): number => openAccount(signSpokes(keys, {}, { nowMs, after }), keys, 'SPOKES').iat;
  expect([iatOf(0), iatOf(nowMs / 1000), iatOf(nowMs / 1000 + 100)]).toEqual([nowMs / 1000, nowMs / 1000 + 1, nowMs / 1000 + 101]);
});
