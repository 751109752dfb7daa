import { describe, expect, test } from 'vitest';
import { isReservedLabel, labelKeyFault, labelValueFault, setLabelFault, setsOf, withoutDefaultSet } from './labels.ts';

describe('label syntax', () => {
  test.each(['env', 'a', 'app.kubernetes.io/name', 'a/B_c.d-e', 'x'.repeat(63), `${'a'.repeat(253)}/x`])('key %s is one', (key) =>
    expect(labelKeyFault(key)).toBeUndefined(),
  );
  test.each(['', '-a', 'a-', 'a b', 'a/', '/a', 'A.b/c', 'a..b/c', 'a/b/c', 'x'.repeat(64), `${'a'.repeat(254)}/x`, 'ü'])(
    'key "%s" is none',
    (key) => expect(labelKeyFault(key)).toBeTypeOf('string'),
  );
  test.each(['', 'prod', 'A', '1.2_3-4', 'x'.repeat(63)])('value "%s" is one', (value) => expect(labelValueFault(value)).toBeUndefined());
  test.each(['-', 'a ', '.a', 'a/b', 'x'.repeat(64), '\n'])('value "%s" is none', (value) =>
    expect(labelValueFault(value)).toBeTypeOf('string'),
  );
});

describe('labels that only the hub sets', () => {
  test.each(['accord.dev/name', 'accord.dev/x', 'sets.accord.dev/default', 'a.b.accord.dev/x'])('%s', (key) =>
    expect(isReservedLabel(key)).toBe(true),
  );
  test.each(['name', 'accord.dev', 'set.accord.dev/shops', 'notaccord.dev/x', 'example.com/accord.dev', 'accord.device/x'])(
    'not %s',
    (key) => expect(isReservedLabel(key)).toBe(false),
  );
});

describe('cluster sets', () => {
  test('are named by labels without a value', () => {
    expect(setsOf({ env: 'prod', 'set.accord.dev/shops': '', 'set.accord.dev/eu': '' })).toEqual(['eu', 'shops']);
    expect(setLabelFault('set.accord.dev/shops', '')).toBeUndefined();
    expect(setLabelFault('set.accord.dev/shops', 'yes')).toContain('no value');
    expect(setLabelFault('set.accord.dev/Shops', '')).toContain('DNS label');
    expect(setLabelFault('env', 'prod')).toBeUndefined();
  });

  test('to be in the default set alone is not stored', () => {
    expect(withoutDefaultSet({ env: 'dev', 'set.accord.dev/default': '' })).toEqual({ env: 'dev' });
    const two = { 'set.accord.dev/default': '', 'set.accord.dev/shops': '' };
    expect(withoutDefaultSet(two)).toEqual(two);
  });
});
