import { unguarded, type OwnedObject } from '@accord/core/apply/plan-apply';
import { Contributions } from '@accord/core/desired/contributions';
import type { HeldDocument } from '@accord/core/desired/desired-set';
import type { Verdict } from '@accord/core/desired/judge-policy';
import { defaultGuardrail } from '@accord/core/guard/guardrail';
import type { CompiledObject } from '@accord/core/policy/compile-object';
import { objectKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import type { Member } from '@accord/proto/member';
import { describe, expect, test } from 'vitest';
import { gather } from './gather.ts';

const document = { statement: { createdAtMs: 1, removalsMax: 0, movedTo: [] } } as unknown as HeldDocument;
const gone: Verdict = { says: 'leave', document, because: 'deleted' };
const garbled: Verdict = { says: 'keep', document, reason: 'Template', message: 'no' };

const keyOf = (name: string): ObjectKey => objectKey('', 'ConfigMap', 'team', name);
const wants = (...names: string[]): Verdict => {
  const objects = names.map((name): CompiledObject => {
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'team' } };
    return {
      ...{ key: keyOf(name), group: '', kind: 'ConfigMap', namespace: 'team', name, manifest },
      ...{ stage: 5, order: 0, deletion: 'prune', paths: {} },
    };
  });
  return { says: 'apply', document, spec: { priority: 100 } as never, objects };
};
const ours = (owner: string, name: string, contributors?: readonly string[]): OwnedObject => ({
  ...{ key: keyOf(name), owner: owner as PolicyName, digest: '', intact: false, origin: 'Created' as const },
  ...{ retain: false, isNamespace: false, stage: 5 },
  ...(contributors === undefined ? {} : { contributors: contributors as readonly PolicyName[] }),
});

/** A cluster on which passes follow one another. `+` is applied, `=` left alone, `-` deleted, `!` held. */
function cluster(...owned: OwnedObject[]) {
  const contributions = new Contributions();
  const going = new Set<string>();
  const losing = new Set<string>();
  const member = { anchors: ['all'], confirmedEpoch: 1, confirmedRemovals: {} } as unknown as Member;
  const pass = (verdicts: Readonly<Record<string, Verdict>>, ...policies: string[]): string => {
    const { plan, verdicts: looked } = gather(
      {
        ...{ contributions, member, isCaughtUp: true, epoch: 1, nowMs: 0, blockOf: () => undefined, isLost: () => false },
        fightFor: () => undefined,
        guard: { ...unguarded, rules: defaultGuardrail },
        ...{
          namespaceHoldOf: () => undefined,
          isGoing: (namespace) => going.has(namespace),
          isLosing: (policy) => losing.has(policy),
          isSpent: () => false,
          hasServed: () => false,
        },
        judge: (policy) => verdicts[policy] ?? { says: 'leave', document: undefined, because: 'absent' },
        ownedByKey: (key) => owned.find((object) => object.key === key),
        ownedByPolicy: (policy) => owned.filter(({ owner }) => owner === policy),
        ownedTotal: () => owned.length,
      },
      new Set(policies as PolicyName[]),
    );
    const name = (key: string): string => key.split('/').at(-1) ?? '';
    const words = [
      ...plan.apply.map(({ key, owner }) => `+${owner}:${name(key)}`),
      ...plan.stopped.map(({ key, owner }) => `=${owner}:${name(key)}`),
      ...plan.remove.map(({ key, owner }) => `-${owner}:${name(key)}`),
      ...plan.held.map(({ key, owner, reason }) => `!${owner}:${name(key)}:${reason}`),
    ];
    return `${words.join(' ') || 'nothing'} (${[...looked.keys()].toSorted().join(' ')})`;
  };
  return Object.assign(pass, { going, losing });
}

describe('gather', () => {
  test('an object that still carries the name of a policy that left is not deleted where another one wants it', () => {
    const pass = cluster(ours('p', 'z'));
    pass({ p: wants('z'), r: wants('z') }, 'p', 'r');
    pass({ p: gone, r: wants('z') }, 'p');
    expect(pass({ p: gone, r: wants('z') }, 'p')).toBe('+r:z (p r)');
  });

  test('a policy of which one object is taken over is looked at as a whole', () => {
    const left = Array.from({ length: 12 }, (_, at) => ours('p', `z${at}`));
    const pass = cluster(...left);
    expect(pass({ p: gone }, 'p')).toContain('!p:z11:RemovalBrake');
    expect(pass({ p: gone, r: wants('z0') }, 'r')).toContain('+r:z0 !p:z1:RemovalBrake');
  });

  test('a shared object stays for a contributor that cannot be compiled here', () => {
    const pass = cluster(ours('p', 'z', ['p', 'q']));
    expect(pass({ p: gone, q: garbled }, 'p', 'q')).toBe('!p:z:ReplacementRefused (p q)');
    expect(pass({ p: gone, q: gone }, 'p', 'q')).toBe('-p:z (p q)');
  });

  test('nor does it lose the share of one that cannot be compiled here', () => {
    const pass = cluster(ours('p', 'z', ['p', 'q']));
    expect(pass({ p: wants('z'), q: garbled }, 'p', 'q')).toBe('=p:z (p q)');
    expect(pass({ p: wants('z'), q: gone }, 'p', 'q')).toBe('+p:z (p q)');
  });

  const inEach = (entry: string, ...names: string[]): Verdict =>
    ({ ...wants(...names), fanOut: { entries: new Set([objectKey('', 'ConfigMap', undefined, entry)]), leftOut: 0 } }) as Verdict;

  test('what was made in each namespace goes with one that is going, and only that', () => {
    const pass = cluster(ours('p', 'a'), ours('p', 'b'), ours('q', 'a2'));
    pass.going.add('team');
    expect(pass({ p: inEach('a'), q: wants() }, 'p', 'q')).toBe('-p:b -q:a2 (p q)');
  });

  test('what goes with its namespace is not counted by the brake', () => {
    const left = Array.from({ length: 12 }, (_, at) => ours('p', at === 0 ? 'a' : `b${at}`));
    const pass = cluster(...left);
    expect(pass({ p: inEach('a') }, 'p')).toContain('!p:a:RemovalBrake');
    pass.going.add('team');
    expect(pass({ p: inEach('a') }, 'p')).not.toContain('p:a ');
  });

  test('nothing is removed while more may be lost', () => {
    const pass = cluster(ours('p', 'a'));
    pass.losing.add('p');
    expect(pass({ p: inEach('a') }, 'p')).toBe('!p:a:NotCaughtUp (p)');
    pass.losing.clear();
    expect(pass({ p: inEach('a') }, 'p')).toBe('-p:a (p)');
  });
});
