import { describe, expect, test } from 'vitest';
import type { PolicyName } from '@accord/proto/ids';
import { bindingName, quotaName, shortName } from './generated-name.ts';

describe('generated names', () => {
  test('hold the name of the policy', () => {
    expect(bindingName('common' as PolicyName, 'view')).toBe('accord:common:view');
    expect(quotaName('common' as PolicyName)).toBe('accord-common');
  });

  test('beyond 253 characters they end in a digest of the whole name', () => {
    const full = 'r'.repeat(254);
    expect(shortName('r'.repeat(253))).toBe('r'.repeat(253));
    // SHA-256 of 254 times "r" starts with these ten digits.
    expect(shortName(full)).toMatch(/^r{242}~[0-9a-f]{10}$/);
    expect(shortName(full)).toHaveLength(253);
    expect(shortName(`${full}s`)).not.toBe(shortName(`${full}t`));
  });
});
