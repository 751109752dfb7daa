import { clusterIdOf } from '@accord/proto/ids';
import { anchorAll, clusterAnchor, labelAnchor, type Anchor } from '@accord/proto/subjects';
import { describe, expect, test } from 'vitest';
import { Entries } from '../follow/entries.ts';
import type { PublishedFleet } from './plan-fleet.ts';
import { planReclaim } from './plan-reclaim.ts';

const prod = labelAnchor('env', 'prod');
const [left, other] = [1, 2].map((n) => clusterAnchor(clusterIdOf(new Uint8Array(16).fill(n)))) as [Anchor, Anchor];
/** Anchors with the sequences of their indexes. */
const fleet = (...anchors: readonly (readonly [Anchor, number])[]): PublishedFleet =>
  new Map(anchors.map(([anchor, seq]) => [anchor, { epoch: 3, version: seq * 10, seq, entries: new Entries() }]));
const written = (published: PublishedFleet, ...going: readonly Anchor[]): readonly string[] =>
  planReclaim(published, new Set(going), 3).indexes.map(
    ({ subject, index, expectSeq }) => `${subject} version ${index.version} of epoch ${index.epoch} after ${expectSeq}`,
  );

describe('before anchors are taken out of FLEET', () => {
  test.each([
    ['nothing is written where a newer index stays', fleet([left, 4], [prod, 5]), [left], []],
    [
      'the newest of those that stay is written once more as it is',
      fleet([prod, 3], [other, 4], [left, 5]),
      [left],
      [`index.${other} version 40 of epoch 3 after 4`],
    ],
    ['also where several go', fleet([prod, 3], [other, 4], [left, 5]), [left, other], [`index.${prod} version 30 of epoch 3 after 3`]],
    ['an index of everybody begins where none stays', fleet([left, 5]), [left], [`index.${anchorAll} version 1 of epoch 3 after 0`]],
    ['nothing is written where nothing goes', fleet([prod, 3]), [], []],
  ])('%s', (_claim, published, going, indexes) => expect(written(published, ...going)).toEqual(indexes));
});
