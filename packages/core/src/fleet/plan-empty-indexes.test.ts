import { labelAnchor, type Anchor } from '@accord/proto/subjects';
import { describe, expect, test } from 'vitest';
import { Entries } from '../follow/entries.ts';
import { planEmptyIndexes } from './plan-empty-indexes.ts';
import type { PublishedFleet } from './plan-fleet.ts';

const [gold, prod, dev] = [labelAnchor('tier', 'gold'), labelAnchor('env', 'prod'), labelAnchor('env', 'dev')];
const published: PublishedFleet = new Map([
  [prod, { epoch: 2, version: 7, seq: 30, entries: new Entries() }],
  [dev, { epoch: 1, version: 5, seq: 9, entries: new Entries() }],
]);
const plan = (epoch: number, anchors: readonly Anchor[], indexesMax = 10): string =>
  planEmptyIndexes(published, anchors, { epoch, indexesMax })
    .indexes.map(({ subject, index, expectSeq }) => `${subject} ${index.epoch}.${index.version} after ${expectSeq}`)
    .join(', ');

describe('planEmptyIndexes', () => {
  const rows: [claim: string, planned: string, expected: string][] = [
    ['an anchor that the epoch knows is left alone', plan(2, [prod]), ''],
    ['one that nobody wrote in this epoch gets an index', plan(2, [gold, prod, gold]), 'index.l.tier.gold 2.1 after 0'],
    ['one that was rolled back gets it behind what stands there', plan(2, [dev]), 'index.l.env.dev 2.1 after 9'],
    ['in the first epoch there is nothing to tell', plan(1, [gold]), ''],
    ['many are told in several steps', plan(3, [gold, prod, dev], 1), 'index.l.env.dev 3.1 after 9'],
  ];
  test.each(rows)('%s', (_claim, planned, expected) => expect(planned).toBe(expected));
});
