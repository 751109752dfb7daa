import type { LabelSelector } from '@accord/proto/selector';
import { expect, test } from 'vitest';
import { tellSelector } from './tell-selector.ts';

test.each<[LabelSelector | undefined, string]>([
  [{}, 'every cluster'],
  [undefined, 'no cluster'],
  [{ matchLabels: { env: 'prod', region: 'eu' } }, 'env=prod, region=eu'],
  [{ matchLabels: { env: 'prod' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['1', '2'] }] }, 'env=prod, tier in (1, 2)'],
  [
    {
      matchExpressions: [
        { key: 'a', operator: 'NotIn', values: ['x'] },
        { key: 'b', operator: 'Exists' },
        { key: 'c', operator: 'DoesNotExist' },
      ],
    },
    'a notin (x), b, !c',
  ],
])('%j is told as %s', (selector, text) => expect(tellSelector(selector)).toBe(text));
