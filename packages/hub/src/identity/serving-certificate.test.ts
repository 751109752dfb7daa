import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isTrustedBy, readCertificates } from './certificate-chain.ts';
import { createAuthority, createServingCertificate, type ServingCertificate } from './self-signed.ts';
import { openServing, servesStill } from './serving-certificate.ts';

const nowMs = 1_795_440_000_000;
const yearMs = 365 * 86_400_000;
const dir = mkdtempSync(join(tmpdir(), 'accord-serving-'));
afterAll(() => rmSync(dir, { recursive: true }));

let homes = 0;
function dataDirectory(): string {
  homes += 1;
  const home = join(dir, String(homes));
  mkdirSync(join(home, 'keys'), { recursive: true, mode: 0o700 });
  return home;
}

describe('a certificate of the hub’s own', () => {
  const open = (home: string, names: readonly string[], atMs = nowMs) => openServing(home, { names, files: undefined }, atMs);

  test('has every name, and an authority to pin', async () => {
    const { cert, ca } = await open(dataDirectory(), ['bus.example.net', '10.0.0.7']);
    const certificate = new X509Certificate(cert);
    expect(['bus.example.net', 'localhost', 'other.example.net'].map((name) => certificate.checkHost(name) !== undefined)).toEqual([
      true,
      true,
      false,
    ]);
    expect(['10.0.0.7', '127.0.0.1', '::1', '10.0.0.8'].map((ip) => certificate.checkIP(ip) !== undefined)).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect([isTrustedBy([certificate], readCertificates(ca ?? '')), certificate.ca]).toEqual([true, false]);
  });

  test('stays at the next start, gets another name under the same authority, and is made anew before it ends', async () => {
    const home = dataDirectory();
    const first = await open(home, ['a.net']);
    expect(await open(home, ['a.net'])).toEqual(first);
    const second = await open(home, ['b.net']);
    const third = await open(home, ['b.net'], nowMs + 10 * yearMs);
    expect([second.ca, third.ca]).toEqual([first.ca, first.ca]);
    expect(new Set([first.cert, second.cert, third.cert]).size).toBe(3);
  });

  test('of before there was an authority is made anew', async () => {
    const home = dataDirectory();
    writeFileSync(join(home, 'keys', 'serving.json'), JSON.stringify(await createServingCertificate(nowMs)), { mode: 0o600 });
    const { cert, ca } = await open(home, []);
    expect(servesStill(cert, { names: [], authority: ca ?? '', nowMs })).toBe(true);
  });
});

describe('a certificate of the owner’s', () => {
  let authority: ServingCertificate;
  let pair: ServingCertificate;
  let other: ServingCertificate;
  beforeAll(async () => {
    authority = await createAuthority(nowMs);
    pair = await createServingCertificate(nowMs, ['bus.example.net'], authority);
    other = await createServingCertificate(nowMs, ['bus.example.net'], authority);
  });
  const file = (text: string): string => {
    const path = join(dataDirectory(), 'x.pem');
    writeFileSync(path, text);
    return path;
  };
  const open = (
    texts: { readonly cert?: string; readonly key?: string; readonly ca?: string | undefined },
    names = ['bus.example.net'],
  ) => {
    const { cert, key, ca } = { cert: pair.cert, key: pair.key, ca: authority.cert, ...texts };
    const files = { cert: file(cert), key: file(key), ca: ca === undefined ? undefined : file(ca) };
    return openServing(dataDirectory(), { names, files }, nowMs);
  };

  test('is used as it is', async () => {
    expect(await open({})).toEqual({ cert: pair.cert, key: pair.key, ca: authority.cert });
  });

  test('may bring what stands between it and its authority', async () => {
    expect(await open({ cert: `${pair.cert}\n${authority.cert}` })).toMatchObject({ ca: authority.cert });
  });

  const refused: [claim: string, texts: () => Parameters<typeof open>[0], names: string[] | undefined, said: string, help: string][] = [
    ['that is for another name', () => ({}), ['10.0.0.7', 'bus.example.net'], 'is not for 10.0.0.7, where', '--nats-advertise'],
    ['with the key of another', () => ({ key: other.key }), undefined, 'is not that of the certificate', '--tls-key FILE'],
    ['that nobody trusts', () => ({ ca: undefined }), undefined, 'no cluster would trust', '--tls-ca FILE'],
    ['of another authority', () => ({ ca: other.cert }), undefined, 'no cluster would trust', '--tls-ca FILE'],
    ['that is none', () => ({ cert: 'hello' }), undefined, 'holds no PEM', '--tls-cert FILE'],
    ['without a key', () => ({ key: 'hello' }), undefined, 'holds no PEM', '--tls-key FILE'],
  ];
  test.each(refused)('%s is refused', async (_claim, texts, names, said, help) => {
    await expect(open(texts(), names)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(said) as string,
      help: expect.stringContaining(help) as string,
    });
  });

  test('that is not there is refused', async () => {
    const files = { cert: join(dir, 'nowhere'), key: file(pair.key), ca: undefined };
    await expect(openServing(dataDirectory(), { names: [], files }, nowMs)).rejects.toMatchObject({ code: 'not-found' });
  });
});
