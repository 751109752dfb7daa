import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalQuantity, wholeUnits } from './quantity.ts';

describe('canonicalQuantity', () => {
  // Checked against k8s.io/apimachinery 0.36.3: equal value, and a text that it stores unchanged.
  const cases: [text: string | number, canonical: string | undefined][] = [
    ['1000m', '1'],
    ['0.5', '500m'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['1000', '1k'],
    [1000, '1k'],
    [100, '100'],
    ['200', '200'],
    ['1001', '1001'],
    ['0', '0'],
    ['0Gi', '0'],
    ['-0', '0'],
    ['512Ki', '512Ki'],
    ['1023', '1023'],
    ['1Ki', '1Ki'],
    ['0.5Ki', '512'],
    ['0.5Mi', '512Ki'],
    ['1.1Ki', '1126400m'],
    ['1e3', '1e3'],
    ['1E3', '1e3'],
    ['1500e-3', '1500e-3'],
    ['1E', '1E'],
    ['.5', '500m'],
    ['1.', '1'],
    ['+5', '5'],
    ['-1500m', '-1500m'],
    ['0.0000000001', '1n'],
    ['1Ei', '1Ei'],
    ['100000000000000000000', '100E'],
    ['1e30', '1e30'],
    ['16Ei', '9223372036854775807'],
    ['', undefined],
    ['.', undefined],
    ['1K', undefined],
    ['1 Gi', undefined],
    ['Gi', undefined],
    ['1,5', undefined],
    ['0x10', undefined],
  ];
  test.each(cases)('%s', (text, canonical) => {
    expect(canonicalQuantity(text)).toBe(canonical);
  });

  test('property: canonical text stays as it is', () => {
    const suffix = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'e3', 'E-2');
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), fc.nat(999), suffix, (whole, fraction, unit) => {
        const once = canonicalQuantity(`${whole}.${fraction}${unit}`) ?? '';
        expect(canonicalQuantity(once)).toBe(once);
      }),
    );
  });
});

test('quantities add up to whole units', () => {
  expect(wholeUnits(['1500m', '600m', 'much'], '1')).toBe(2);
  expect(wholeUnits(['16273436Ki', '16273436Ki'], '1Gi')).toBe(31);
  expect(wholeUnits([], '1Gi')).toBe(0);
});
