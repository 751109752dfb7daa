import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base32, clusterIdOf, isClusterId, isDnsLabel, objectKey, renderKey } from './ids.ts';

describe('ids', () => {
  test.each(['a', 'prod-eu-1', '1a', 'x'.repeat(63)])('%s may be a name', (text) => expect(isDnsLabel(text)).toBe(true));
  test.each(['', '-a', 'a-', 'A', 'a.b', 'a_b', 'x'.repeat(64), 'a\n'])('"%s" may not', (text) => expect(isDnsLabel(text)).toBe(false));

  // RFC 4648 section 10, in lower case and without padding.
  test.each([
    ['', ''],
    ['f', 'my'],
    ['fo', 'mzxq'],
    ['foo', 'mzxw6'],
    ['foob', 'mzxw6yq'],
    ['fooba', 'mzxw6ytb'],
    ['foobar', 'mzxw6ytboi'],
  ])('base32 of "%s" is "%s"', (text, encoded) => {
    expect(base32(new TextEncoder().encode(text))).toBe(encoded);
  });

  test('property: sixteen random bytes are a cluster id; two are never the same one', () => {
    const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(sixteen, sixteen, (a, b) => {
        expect(isClusterId(clusterIdOf(a))).toBe(true);
        expect(clusterIdOf(a) === clusterIdOf(b)).toBe(Buffer.compare(a, b) === 0);
      }),
      { seed: 75 },
    );
  });

  test('a cluster id takes sixteen bytes', () =>
    expect(() => clusterIdOf(new Uint8Array(15))).toThrowError('a cluster id takes 16 bytes, not 15'));

  test('an object is shown with its namespace, if it has one', () => {
    expect(renderKey(objectKey('', 'ConfigMap', 'payments', 'settings'))).toBe('ConfigMap payments/settings');
    expect(renderKey(objectKey('rbac.authorization.k8s.io', 'ClusterRole', undefined, 'support:read'))).toBe('ClusterRole support:read');
  });
});
