import type { ClusterFact } from '@accord/core/registry/facts';
import { isCoded } from '@accord/proto/coded-error';
import { clusterIdOf } from '@accord/proto/ids';
import { createKeyPair } from '@accord/proto/keys';
import { sealReport } from '@accord/proto/signed-report';
import { outcomeSubject } from '@accord/proto/subjects';
import { expect, test } from 'vitest';
import { OpenedOutcomes } from './opened-outcomes.ts';

const subject = outcomeSubject(clusterIdOf(new Uint8Array(16)));
const key = createKeyPair('user');
const clusterOf = (publicKey: string): ClusterFact => ({ publicKey }) as unknown as ClusterFact;
const member = clusterOf(key.publicKey);
const sealed = (n: number, size = 3): Uint8Array => sealReport(key, subject, { boot: 1, n }, 1, new Uint8Array(size).fill(n));

/** The code of the refusal, or what was opened. */
function said(opened: OpenedOutcomes, cluster: ClusterFact, of: string, bytes: Uint8Array): unknown {
  try {
    return opened.open(cluster, of, bytes);
  } catch (error) {
    if (!isCoded(error)) throw error;
    return error.code;
  }
}

test('the same bytes of the same cluster are opened once', () => {
  const opened = new OpenedOutcomes();
  const first = opened.open(member, subject, sealed(1));
  expect(opened.open(member, subject, Uint8Array.from(sealed(1)))).toBe(first);
  expect(first).toMatchObject({ boot: 1, n: 1, body: Uint8Array.of(1, 1, 1) });
});

test('nothing is believed because something like it was', () => {
  const opened = new OpenedOutcomes();
  const bytes = sealed(1);
  opened.open(member, subject, bytes);
  const bent = Uint8Array.from(bytes);
  bent[bent.length - 1] = (bent.at(-1) ?? 0) ^ 1;
  const other = outcomeSubject(clusterIdOf(new Uint8Array(16).fill(1)));
  const replaced = clusterOf(createKeyPair('user').publicKey);
  expect(said(opened, member, other, bytes)).toBe('bad-signature');
  expect(said(opened, replaced, subject, bytes)).toBe('bad-signature');
  expect(said(opened, member, subject, bent)).not.toMatchObject({ body: Uint8Array.of(1, 1, 1) });
  // A refusal puts nothing in the place of what is known.
  expect(said(opened, member, subject, bytes)).toMatchObject({ n: 1 });
});

test('what is remembered is bounded in number and in bytes', () => {
  const opened = new OpenedOutcomes();
  const first = opened.open(member, subject, sealed(1));
  for (let n = 2; n <= 1_000; n += 1) opened.open(member, subject, sealed(n));
  expect(opened.open(member, subject, sealed(1))).toBe(first);
  opened.open(member, subject, sealed(1_001));
  expect(opened.open(member, subject, sealed(1))).not.toBe(first);

  const large = new OpenedOutcomes();
  const kept = large.open(member, subject, sealed(1, 200_000));
  for (let n = 2; n <= 20; n += 1) large.open(member, subject, sealed(n, 200_000));
  expect(large.open(member, subject, sealed(1, 200_000))).toBe(kept);
  for (let n = 21; n <= 22; n += 1) large.open(member, subject, sealed(n, 200_000));
  expect(large.open(member, subject, sealed(1, 200_000))).not.toBe(kept);
});
