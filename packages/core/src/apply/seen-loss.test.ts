import { expect, test } from 'vitest';
import { seenLoss } from './seen-loss.ts';

test.each<[used: readonly string[], isPart: boolean, words: string]>([
  [[], false, 'where nothing of others is seen, Secrets aside'],
  [[], true, 'not all of it can be seen'],
  [['ConfigMap a'], false, 'ConfigMap a among it'],
  [['ConfigMap a', 'Pod b', 'Pod c', 'Pod d', 'Pod e'], false, 'ConfigMap a, Pod b, Pod c and 2 more among it'],
  [['ConfigMap a'], true, 'ConfigMap a among it; not all of it can be seen'],
])('%j, only a part: %s', (used, isPart, words) => expect(seenLoss({ used, isPart })).toBe(words));
