import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDocument, sealDocument } from '@accord/proto/document';
import { fingerprint, publicKeyOf } from '@accord/proto/keys';
import { trustKeys } from '@accord/proto/seal';
import { leadsTo } from '@accord/proto/trust-chain';
import { expect, test } from 'vitest';
import { DesiredKeys } from './desired-keys.ts';
import { openKeyRing } from './key-ring.ts';

const subject = 'desired.all.p';
const epoch = 3;

function directory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'accord-desired-'));
  openKeyRing(dir, { mayCreate: true });
  return dir;
}
const start = (dir: string): DesiredKeys => new DesiredKeys(dir, openKeyRing(dir, { mayCreate: false }));
const sealed = ({ signer }: DesiredKeys): Uint8Array => sealDocument(signer, { subject }, new Uint8Array());
const pinsOf = (raw: readonly Uint8Array[]): readonly string[] => raw.map((key) => fingerprint(publicKeyOf(key)));

test('spokes know the next key before it signs', () => {
  const keys = start(directory());
  const old = keys.current;
  keys.begin();
  const next = keys.next ?? '';
  expect([keys.current, pinsOf(keys.told(epoch))]).toEqual([old, [old, next]]);
  expect(() => openDocument(sealed(keys), subject, trustKeys(keys.told(epoch).slice(1)))).toThrow();
  keys.finish(epoch);
  expect([keys.current, keys.next, pinsOf(keys.told(epoch))]).toEqual([next, undefined, [next, old]]);
  expect(openDocument(sealed(keys), subject, trustKeys(keys.told(epoch).slice(0, 1))).statement.subject).toBe(subject);
});

test('whoever holds on to the signer signs with the present key', () => {
  const keys = start(directory());
  const { signer } = keys;
  const before = signer.pair.publicKey;
  keys.begin();
  keys.finish(epoch);
  expect(signer.pair.publicKey).not.toBe(before);
  expect(Buffer.from(signer.keyId).toString('hex').length).toBe(16);
});

test('the key of before is believed until desired state was signed anew, and what it signed stays valid for the hub', () => {
  const dir = directory();
  const keys = start(dir);
  const old = sealed(keys);
  keys.begin();
  keys.finish(epoch);
  expect([keys.isOldBelieved(epoch), keys.isOldBelieved(epoch + 1)]).toEqual([true, false]);
  expect(pinsOf(keys.told(epoch + 1))).toEqual([keys.current]);
  for (const hub of [keys, start(dir)]) expect(openDocument(old, subject, hub.verifiers).statement.subject).toBe(subject);
});

test('a spoke that knows the first key is led to the last, over a restart', () => {
  const dir = directory();
  const first = start(dir).current;
  for (let n = 1; n <= 3; n += 1) {
    const keys = start(dir);
    keys.begin();
    keys.finish(epoch + n);
  }
  const keys = start(dir);
  expect(leadsTo(keys.chain(), [first], keys.current)).toBe(true);
  expect([keys.chain().length, keys.pins().length, keys.pins().includes(first)]).toEqual([3, 4, true]);
});

test('a hub that died after it had made the next key goes on with that', () => {
  const dir = directory();
  const keys = start(dir);
  keys.begin();
  const { next } = keys;
  rmSync(join(dir, 'desired.trust.json'));
  const again = start(dir);
  expect([again.next, leadsTo(again.chain(), [again.current], next ?? ''), again.chain().length]).toEqual([next, true, 1]);
  again.begin();
  expect([again.next, again.chain().length]).toEqual([next, 1]);
});

test('nothing is left of the private key that was replaced', () => {
  const dir = directory();
  const keys = start(dir);
  keys.begin();
  keys.finish(epoch);
  expect(
    readdirSync(dir)
      .filter((file) => file.startsWith('desired'))
      .toSorted(),
  ).toEqual(['desired.nk', 'desired.trust.json']);
});

test('facts of a key that was replaced count up to the next epoch, those of the present one always', () => {
  const dir = directory();
  const keys = start(dir);
  const [old, first] = [keys.signer.keyId, keys.current];
  keys.begin();
  keys.finish(epoch);
  const present = keys.signer.keyId;
  for (const hub of [keys, start(dir)]) {
    expect([hub.believes(old, epoch), hub.believes(old, epoch + 1), hub.believes(present, epoch + 1)]).toEqual([true, false, true]);
    expect([hub.before(epoch), hub.before(epoch + 1)]).toEqual([first, undefined]);
  }
});

test('each key ends in its own epoch', () => {
  const keys = start(directory());
  const ids = [keys.signer.keyId];
  for (const at of [epoch, epoch + 4]) {
    keys.begin();
    keys.finish(at);
    ids.push(keys.signer.keyId);
  }
  expect(ids.map((id) => keys.believes(id, epoch + 3))).toEqual([false, true, true]);
});
