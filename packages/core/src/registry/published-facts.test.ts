import { describe, expect, test } from 'vitest';
import { factText, publishedCapacity } from './published-facts.ts';

describe('what a hostile spoke says of itself', () => {
  test.each(['v1.36.3', 'linux/amd64', ''])('"%s" is shown', (text) => expect(factText(text)).toBe(text));
  test.each(['\u001b[2J', 'x'.repeat(65), 'v1\n', 'v\u202e1', undefined])('%j is not', (text) => expect(factText(text)).toBe(''));

  test('sizes are whole and bounded numbers', () => {
    const said = { nodes: 3.9, nodesReady: -1, cpu: Number.MAX_SAFE_INTEGER, memoryGi: 0, pods: 110 };
    expect(publishedCapacity(said)).toEqual({ nodes: 3, nodesReady: 0, cpu: 1_000_000_000, memoryGi: 0, pods: 110 });
    expect(publishedCapacity(undefined)).toBeUndefined();
  });
});
