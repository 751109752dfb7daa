import type { ClusterId, ClusterName } from '@accord/proto/ids';
import { intentSubject, type FactKind } from '@accord/proto/subjects';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClusterFact } from './facts.ts';
import {
  clusterByName,
  clusterRecord,
  emptyRegistry,
  foldFact,
  livePolicy,
  recordedFact,
  type Recorded,
  type Registry,
} from './registry.ts';

const fact = (seq: number, body: unknown = { seq }): Recorded<unknown> => ({
  body,
  seq,
  digest: Uint8Array.of(seq),
  atMs: seq,
  actor: 'ann',
  change: { id: `c@${seq}`, traceparent: '' },
});
const kinds: readonly FactKind[] = ['policy', 'cluster', 'name', 'token', 'apitoken', 'fleet'];

describe('foldFact', () => {
  test.each(kinds)('a fact of kind %s is found by kind and id, the last one counts', (kind) => {
    const registry = emptyRegistry();
    foldFact(registry, intentSubject(kind, 'epoch'), fact(4));
    foldFact(registry, intentSubject(kind, 'epoch'), fact(9));
    expect(recordedFact(registry, kind, 'epoch')?.seq).toBe(9);
    expect(registry.seq).toBe(9);
  });

  test('what is no fact changes nothing, and neither does an id that nobody may write', () => {
    const registry = emptyRegistry();
    for (const subject of ['intent.nothing.p', 'desired.all.p', 'intent.policy.P', 'intent.policy.a.b', ''])
      foldFact(registry, subject, fact(1));
    expect(registry).toEqual(emptyRegistry());
  });

  test('the keys that a cluster had before are kept, with the time at which each was replaced', () => {
    const registry = emptyRegistry();
    const id = 'a'.repeat(26);
    for (const [seq, publicKey] of ['U1', 'U1', 'U2', 'U3'].entries())
      foldFact(registry, intentSubject('cluster', id), fact(seq + 1, { publicKey }));
    foldFact(registry, intentSubject('cluster', id), fact(4, { publicKey: 'U3' }));
    expect(registry.formerKeys.get(id as ClusterId)).toEqual([
      { publicKey: 'U1', atMs: 3 },
      { publicKey: 'U2', atMs: 4 },
    ]);
  });

  test('a name that needs encoding is folded under its text', () => {
    const registry = emptyRegistry();
    foldFact(registry, intentSubject('apitoken', 'Ann Example'), fact(1));
    expect([...registry.apiTokens.keys()]).toEqual(['Ann Example']);
  });
});

describe('foldFact: any order', () => {
  const stream = fc
    .array(fc.record({ kind: fc.constantFrom(...kinds), id: fc.constantFrom('x', 'y') }), { minLength: 1, maxLength: 15 })
    .map((facts) => facts.map(({ kind, id }, at) => ({ subject: intentSubject(kind, id), fact: fact(at + 1) })));
  const delivered = stream.chain((facts) =>
    fc.subarray(facts).chain((again) => {
      const all = [...facts, ...again];
      return fc.record({ facts: fc.constant(facts), disorder: fc.shuffledSubarray(all, { minLength: all.length }) });
    }),
  );
  const folded = (facts: readonly { readonly subject: string; readonly fact: Recorded<unknown> }[]): Registry => {
    const registry = emptyRegistry();
    for (const { subject, fact: one } of facts) foldFact(registry, subject, one);
    return registry;
  };

  test('property: any interleaving of subjects, with duplicates, gives the same registry', () => {
    fc.assert(
      fc.property(delivered, ({ facts, disorder }) => {
        expect(folded(disorder)).toEqual(folded(facts));
      }),
      { seed: 50 },
    );
  });
});

describe('what the registry says', () => {
  const registry = emptyRegistry();
  const cluster = {
    id: 'a'.repeat(26) as ClusterId,
    name: 'prod-eu-1' as ClusterName,
    labels: { env: 'prod' },
    spec: { mode: 'Enforce' },
  } as unknown as ClusterFact;
  foldFact(registry, intentSubject('cluster', cluster.id), fact(1, cluster));
  foldFact(registry, intentSubject('policy', 'gone'), fact(2, { name: 'gone', deletedAtMs: 5 }));
  foldFact(registry, intentSubject('policy', 'there'), fact(3, { name: 'there' }));

  test('a cluster is found by its name', () => {
    expect(clusterByName(registry, 'prod-eu-1')?.body.id).toBe(cluster.id);
    expect(clusterByName(registry, 'prod-eu-2')).toBeUndefined();
  });

  test('a record carries the labels that only the hub sets', () => {
    expect(clusterRecord(cluster).labels).toEqual({ env: 'prod', 'accord.dev/name': 'prod-eu-1', 'set.accord.dev/default': '' });
  });

  test('a deleted policy is none, although its revision is remembered', () => {
    expect([livePolicy(registry, 'gone'), livePolicy(registry, 'never')]).toEqual([undefined, undefined]);
    expect(livePolicy(registry, 'there')?.seq).toBe(3);
  });
});
