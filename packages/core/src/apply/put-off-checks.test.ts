import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checksToPutOff, type PlannedApply } from './put-off-checks.ts';

const key = (name: string): ObjectKey => `//${name}` as ObjectKey;
const some = (count: number, isCheck: boolean, ...policies: string[]): readonly PlannedApply[] =>
  Array.from({ length: count }, (_, n) => ({
    key: key(`${policies.join('-')}-${isCheck}-${n}`),
    policies: policies as PolicyName[],
    isCheck,
  }));
const checks = (count: number, ...policies: string[]): readonly PlannedApply[] => some(count, true, ...policies);
const changes = (count: number, ...policies: string[]): readonly PlannedApply[] => some(count, false, ...policies);

describe('of a pass with room for ten checks', () => {
  test.each<[claim: string, applies: readonly PlannedApply[], late: readonly string[], keys: number]>([
    ['nothing waits while there is room', [...checks(5, 'a'), ...checks(5, 'b')], [], 0],
    ['whole policies wait', [...checks(6, 'a'), ...checks(6, 'b')], ['b'], 6],
    ['a smaller one goes in beside', [...checks(6, 'a'), ...checks(6, 'b'), ...checks(4, 'c')], ['b'], 6],
    ['one goes, however large', [...checks(40, 'a'), ...checks(1, 'b')], ['b'], 1],
    ['changes wait for nothing', [...checks(10, 'a'), ...changes(40, 'b')], [], 0],
    ['whoever has changes goes first', [...checks(6, 'a'), ...checks(6, 'b'), ...changes(1, 'b')], ['a'], 6],
    [
      'a change waits with the checks of its policy',
      [...checks(9, 'a'), ...changes(1, 'a'), ...checks(9, 'b'), ...changes(1, 'b')],
      ['b'],
      10,
    ],
    ['what somebody else wants as well is checked', [...checks(6, 'a'), ...checks(5, 'b'), ...checks(1, 'b', 'a')], ['b'], 5],
  ])('%s', (_claim, applies, late, keys) => {
    const putOff = checksToPutOff(applies, 10);
    expect([[...putOff.policies], putOff.keys.size]).toEqual([late, keys]);
  });
});

test('pass by pass everything is applied, in no more passes than there are policies', () => {
  const apply = fc.record({
    policies: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 2 }),
    isCheck: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(apply, { maxLength: 40 }), (drawn) => {
      let open: readonly PlannedApply[] = drawn.map((one, n) => ({ ...one, key: key(`${n}`), policies: one.policies as PolicyName[] }));
      for (let pass = 0; open.length > 0; pass += 1) {
        expect(pass).toBeLessThan(5);
        const { keys } = checksToPutOff(open, 3);
        open = open.filter((one) => keys.has(one.key));
      }
    }),
  );
});
