import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Contributions } from './contributions.ts';

const policies = ['p', 'q', 'r'] as PolicyName[];
const keys = ['a', 'b', 'c'] as ObjectKey[];

describe('Contributions', () => {
  test('what a policy no longer wants is touched too', () => {
    const contributions = new Contributions();
    contributions.set('p' as PolicyName, ['a', 'b'] as ObjectKey[]);
    expect([...contributions.set('p' as PolicyName, ['b', 'c'] as ObjectKey[])].toSorted()).toEqual(['a', 'b', 'c']);
  });

  test('property: both directions say the same after any changes', () => {
    const change = fc.record({ policy: fc.constantFrom(...policies), wants: fc.subarray(keys) });
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const contributions = new Contributions();
        const last = new Map(changes.map(({ policy, wants }) => [policy, wants]));
        for (const { policy, wants } of changes) contributions.set(policy, wants);
        for (const policy of policies) expect([...contributions.keysOf(policy)].toSorted()).toEqual(last.get(policy) ?? []);
        for (const key of keys) {
          const wanting = policies.filter((policy) => last.get(policy)?.includes(key));
          expect([...contributions.policiesOf(key)].toSorted()).toEqual(wanting);
        }
      }),
      { seed: 60 },
    );
  });
});
