import { describe, expect, test } from 'vitest';
import { isReservedLabel, labelKeyFault, labelValueFault } from './labels.ts';

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
  test.each(['accord.dev/name', 'accord.dev/x', 'set.accord.dev/default', 'a.b.accord.dev/x'])('%s', (key) =>
    expect(isReservedLabel(key)).toBe(true),
  );
  test.each(['name', 'accord.dev', 'notaccord.dev/x', 'example.com/accord.dev', 'accord.device/x'])('not %s', (key) =>
    expect(isReservedLabel(key)).toBe(false),
  );
});
