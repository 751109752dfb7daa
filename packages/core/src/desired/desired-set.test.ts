import type { PolicyName } from '@accord/proto/ids';
import { anchorAll, labelAnchor, policyDoc, type Anchor, type Doc } from '@accord/proto/subjects';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { heldDocument } from '../follow/example-fleet.ts';
import { DesiredSet, policyAt, type HeldDocument } from './desired-set.ts';

const policy = 'p' as PolicyName;
const prod = labelAnchor('env', 'prod');
const at = (anchor: Anchor, epoch: number, revision: number, step: number, deleted = false): HeldDocument =>
  heldDocument({ subject: `desired.${anchor}.${policy}`, epoch, revision, step, deleted }, new Uint8Array());
const standing = (documents: readonly HeldDocument[]): string => {
  const desired = new DesiredSet(policyAt);
  for (const document of documents) desired.put(document);
  const word = desired.standing(policy);
  return word.says === 'absent'
    ? 'absent'
    : `${word.says} ${word.document.statement.epoch}.${word.document.statement.revision}.${word.document.statement.step}`;
};

describe('DesiredSet: the word of a policy', () => {
  const rows: [claim: string, documents: readonly HeldDocument[], word: string][] = [
    ['nothing held', [], 'absent'],
    ['one document', [at(prod, 1, 1, 0)], 'present 1.1.0'],
    ['a tombstone', [at(prod, 1, 2, 0, true)], 'deleted 1.2.0'],
    ['the higher revision of two anchors', [at(prod, 1, 1, 0), at(anchorAll, 1, 2, 0)], 'present 1.2.0'],
    ['a higher step inside the revision', [at(prod, 1, 1, 1), at(anchorAll, 1, 1, 0)], 'present 1.1.1'],
    ['a higher epoch before a higher revision', [at(prod, 2, 1, 0), at(anchorAll, 1, 9, 0)], 'present 2.1.0'],
    ['a move buries the policy where it was, under the same fence', [at(prod, 1, 2, 0, true), at(anchorAll, 1, 2, 0)], 'present 1.2.0'],
    ['a deletion after a move', [at(prod, 1, 3, 0, true), at(anchorAll, 1, 2, 0)], 'deleted 1.3.0'],
    ['the last document of one anchor replaces the one before', [at(prod, 1, 1, 0), at(prod, 1, 2, 0, true)], 'deleted 1.2.0'],
  ];
  test.each(rows)('%s', (_claim, documents, word) => expect(standing(documents)).toBe(word));

  test('one whose last anchor is not followed any more is lost, with its last word; one that an index drops, or that is buried, is not', () => {
    const lostOf = (leave: (desired: DesiredSet) => void, ...documents: readonly HeldDocument[]): string => {
      const desired = new DesiredSet(policyAt);
      for (const document of documents) desired.put(document);
      leave(desired);
      const word = desired.standing(policy);
      return word.says === 'absent' ? `absent ${word.lost?.statement.revision ?? '-'}` : word.says;
    };
    const relabelled = (desired: DesiredSet): unknown => desired.dropAnchor(prod);
    expect([
      lostOf(relabelled, at(prod, 1, 7, 0)),
      lostOf(relabelled, at(prod, 1, 7, 0), at(anchorAll, 1, 7, 0)),
      lostOf(relabelled, at(prod, 1, 7, 0, true)),
      lostOf((desired) => desired.drop(prod, [policyDoc(policy)]), at(prod, 1, 7, 0)),
      lostOf(
        (desired) => (desired.dropAnchor(prod), desired.put(at(prod, 1, 8, 0)), desired.drop(prod, [policyDoc(policy)])),
        at(prod, 1, 7, 0),
      ),
    ]).toEqual(['absent 7', 'present', 'absent -', 'absent -', 'absent -']);
  });

  test('property: the order in which anchors come does not matter', () => {
    const document = fc.record({
      anchor: fc.constantFrom(prod, anchorAll, labelAnchor('a', '')),
      revision: fc.nat(3),
      step: fc.nat(1),
      deleted: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(document, { selector: ({ anchor }) => anchor }), (all) => {
        const documents = all.map(({ anchor, revision, step, deleted }) => at(anchor, 1, revision, step, deleted));
        expect(standing(documents)).toBe(standing(documents.toReversed()));
      }),
      { seed: 61 },
    );
  });
});

describe('DesiredSet: what leaves', () => {
  test('a document that a complete index no longer names is forgotten at this anchor only', () => {
    const desired = new DesiredSet(policyAt);
    desired.put(at(prod, 1, 1, 0));
    desired.put(at(anchorAll, 1, 2, 0));
    expect(desired.drop(anchorAll, [policyDoc(policy), 'unknown' as Doc, '_member' as Doc])).toEqual([policy]);
    expect(desired.standing(policy)).toMatchObject({ says: 'present', document: { statement: { revision: 1 } } });
  });

  test('an anchor whose label was taken away leaves with all its policies', () => {
    const desired = new DesiredSet(policyAt);
    desired.put(at(prod, 1, 1, 0));
    expect(desired.dropAnchor(anchorAll)).toEqual([]);
    expect(desired.dropAnchor(prod)).toEqual([policy]);
    expect(desired.names()).toEqual([]);
  });

  test('a follower starts again from the living documents of its anchor', () => {
    const desired = new DesiredSet(policyAt);
    desired.put(at(prod, 1, 1, 0));
    expect(desired.documentsOf(prod)).toHaveLength(1);
    desired.put(at(prod, 1, 2, 0, true));
    expect(desired.documentsOf(prod)).toEqual([]);
  });
});
