import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalBytes, canonicalJson, equalBytes, hex, sha256 } from './canonical.ts';

describe('canonical JSON', () => {
  test.each<[value: unknown, text: string]>([
    [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
    [{ a: undefined, b: 2 }, '{"b":2}'],
    [{ '\u20ac': 1, '\r': 2, '1': 3 }, '{"\\r":2,"1":3,"\u20ac":1}'],
    [[1e21, 0.002, -0], '[1e+21,0.002,0]'],
  ])('%j', (value, text) => expect(canonicalJson(value)).toBe(text));

  test('property: the order of members does not matter, and what was written is read', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(canonicalJson(JSON.parse(new TextDecoder().decode(canonicalBytes(value))))).toBe(canonicalJson(value));
      }),
      { seed: 76 },
    );
  });

  test('what is no JSON is a bug of the caller', () => expect(() => canonicalJson(undefined)).toThrowError(TypeError));
});

describe('bytes', () => {
  test('SHA-256 of parts is that of the whole', () => {
    expect(hex(sha256('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(equalBytes(sha256('a', Uint8Array.of(98), 'c'), sha256('abc'))).toBe(true);
  });

  test('equal means the same length too', () => {
    expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false);
    expect(hex(Uint8Array.of(0, 1, 255).subarray(1))).toBe('01ff');
  });
});
