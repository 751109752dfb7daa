import { equalBytes, sha256 } from '@accord/proto/canonical';
import { clusterIdOf } from '@accord/proto/ids';
import { anchorAll, clusterAnchor, labelAnchor, memberDoc, parseDesired, type Anchor, type Doc } from '@accord/proto/subjects';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Entries } from '../follow/entries.ts';
import { wantedPolicy } from '../follow/example-fleet.ts';
import {
  planFleet,
  recordPlan,
  tombstoneKeptMs,
  type FleetPlan,
  type FleetPlanOptions,
  type PublishedFleet,
  type WantedDocument,
} from './plan-fleet.ts';

const prod = labelAnchor('env', 'prod');
const dev = labelAnchor('env', 'dev');
const own = clusterAnchor(clusterIdOf(new Uint8Array(16)));
const nowMs = 1_000;

interface Options {
  readonly epoch?: number;
  readonly nowMs?: number;
  readonly documentsMax?: number;
  readonly deliveries?: NonNullable<FleetPlanOptions['deliveries']>;
}

/** Plans and stores until nothing is left to do. Returns every plan. */
function publish(published: PublishedFleet, wanted: readonly WantedDocument[], options: Options = {}): readonly FleetPlan[] {
  const plans: FleetPlan[] = [];
  for (;;) {
    const plan = planFleet(published, wanted, { epoch: 1, nowMs, documentsMax: 100, ...options });
    if (plan.documents.length === 0) return plans;
    recordPlan(published, plan, () => plans.length + 1);
    plans.push(plan);
  }
}

const rendered = (plans: readonly FleetPlan[]): string => plans.map(render).join(' | ') || 'nothing';
const standing = (published: PublishedFleet, anchor: Anchor): string[] =>
  (published.get(anchor)?.entries.list() ?? []).map(
    ({ doc, epoch, revision, deleted }) => `${deleted ? '-' : ''}${doc}@${epoch}.${revision}`,
  );

describe('planFleet', () => {
  const before = (): PublishedFleet => {
    const published: PublishedFleet = new Map();
    publish(published, [wantedPolicy('p', 1, [prod]), wantedPolicy('q', 1, [anchorAll, prod])]);
    return published;
  };

  test("a cluster's own record leaves the records of other clusters alone", () => {
    const anchors = [0, 1, 2].map((byte) => clusterAnchor(clusterIdOf(new Uint8Array(16).fill(byte))));
    const members = anchors.map((anchor) => ({ ...wantedPolicy('p', 1, [anchor]), doc: memberDoc }));
    const published: PublishedFleet = new Map();
    for (const member of members) publish(published, [member]);
    expect(anchors.map((anchor) => standing(published, anchor))).toEqual([['_member@1.1'], ['_member@1.1'], ['_member@1.1']]);
    expect(rendered(publish(published, members))).toBe('nothing');
  });

  const rows: [claim: string, wanted: readonly WantedDocument[], plans: string][] = [
    ['nothing wanted, nothing to do', [], 'nothing'],
    ['what stands there is not written again', [wantedPolicy('p', 1, [prod])], 'nothing'],
    ['a new policy is one document and the index of its anchor', [wantedPolicy('n', 1, [dev])], 'n=l.env.dev:1 [l.env.dev:1]'],
    ['a new revision takes the next version', [wantedPolicy('p', 2, [prod])], 'p=l.env.prod:3 [l.env.prod:3]'],
    ['an older revision is not written over a newer one', [wantedPolicy('p', 0, [prod])], 'nothing'],
    [
      'a new step inside the revision is written',
      [wantedPolicy('p', 1, [prod], { fence: { revision: 1, step: 1 } })],
      'p=l.env.prod:3 [l.env.prod:3]',
    ],
    [
      'other content under the same fence is written',
      [wantedPolicy('p', 1, [prod], { body: Uint8Array.of(1) })],
      'p=l.env.prod:3 [l.env.prod:3]',
    ],
    [
      'a policy that moves is put before it is buried',
      [wantedPolicy('p', 2, [dev])],
      'p=l.env.dev:1 -p=l.env.prod:3 [l.env.dev:1 l.env.prod:3]',
    ],
    [
      'a policy with a wider selector keeps its place',
      [wantedPolicy('p', 2, [prod, dev])],
      'p=l.env.prod:3 p=l.env.dev:1 [l.env.prod:3 l.env.dev:1]',
    ],
    ['a deleted policy is buried wherever it stands', [wantedPolicy('q', 2, [])], '-q=l.env.prod:3 -q=all:2 [l.env.prod:3 all:2]'],
    ['a hub that knows less does not bury what it does not know', [wantedPolicy('p', 0, [])], 'nothing'],
  ];
  test.each(rows)('%s', (_claim, wanted, expected) => expect(rendered(publish(before(), wanted))).toBe(expected));

  test('a plan ends before it has too many readers, but never before its first document', () => {
    const deliveries = { max: 10, readersOf: (anchor: Anchor) => (anchor === anchorAll ? 25 : 5) };
    const wanted = [
      wantedPolicy('a', 1, [dev]),
      wantedPolicy('b', 1, [anchorAll]),
      wantedPolicy('c', 1, [dev]),
      wantedPolicy('d', 1, [dev]),
    ];
    expect(rendered(publish(before(), wanted, { deliveries }))).toBe(
      'a=l.env.dev:1 [l.env.dev:1] | b=all:2 [all:2] | c=l.env.dev:2 d=l.env.dev:3 [l.env.dev:3]',
    );
  });

  test('a policy that moves to where many read does not leave before it has arrived', () => {
    const deliveries = { max: 10, readersOf: (anchor: Anchor) => (anchor === dev ? 25 : 1) };
    expect(rendered(publish(before(), [wantedPolicy('n', 1, [prod]), wantedPolicy('p', 2, [dev])], { deliveries }))).toBe(
      'n=l.env.prod:3 [l.env.prod:3] | p=l.env.dev:1 [l.env.dev:1] | -p=l.env.prod:4 [l.env.prod:4]',
    );
  });

  test('a tombstone says where the policy moved, and how much may be removed', () => {
    const [plan] = publish(before(), [wantedPolicy('p', 2, [dev, own], { removalsMax: 7 })]);
    const statement = plan?.documents.find((document) => document.statement.deleted === true)?.statement;
    expect(statement).toMatchObject({ subject: `desired.${prod}.p`, movedTo: [dev, own], removalsMax: 7 });
    expect(plan?.documents.at(-1)?.body).toEqual(new Uint8Array());
  });

  test('a confirmation after the deletion is a new tombstone, once', () => {
    const published = before();
    publish(published, [wantedPolicy('p', 2, [])]);
    const confirmed = [wantedPolicy('p', 2, [], { fence: { revision: 2, step: 1 }, removalsMax: 30 })];
    expect(rendered(publish(published, confirmed))).toBe('-p=l.env.prod:4 [l.env.prod:4]');
    expect(rendered(publish(published, confirmed))).toBe('nothing');
  });

  test('a name that is used again stands where its tombstone was', () => {
    const published = before();
    publish(published, [wantedPolicy('p', 2, [])]);
    publish(published, [wantedPolicy('p', 3, [prod])]);
    expect(standing(published, prod)).toEqual(['p@1.3', 'q@1.1']);
  });

  test('a hub that knows less does not raise what was buried', () => {
    const published = before();
    publish(published, [wantedPolicy('p', 3, [])]);
    expect(rendered(publish(published, [wantedPolicy('p', 2, [prod])]))).toBe('nothing');
  });

  test('a tombstone leaves the index after 30 days, with the next ordinary write', () => {
    const published = before();
    publish(published, [wantedPolicy('p', 2, [])]);
    publish(published, [wantedPolicy('q', 2, [prod])], { nowMs: nowMs + tombstoneKeptMs - 1 });
    expect(standing(published, prod)).toEqual(['-p@1.2', 'q@1.2']);
    expect(rendered(publish(published, [wantedPolicy('p', 2, [])], { nowMs: nowMs + tombstoneKeptMs }))).toBe('nothing');
    publish(published, [wantedPolicy('q', 3, [prod])], { nowMs: nowMs + tombstoneKeptMs });
    expect(standing(published, prod)).toEqual(['q@1.3']);
  });

  test('a tombstone that has left is not written again', () => {
    const published = before();
    publish(published, [wantedPolicy('p', 2, [])]);
    publish(published, [wantedPolicy('q', 2, [prod])], { nowMs: nowMs + tombstoneKeptMs });
    expect(rendered(publish(published, [wantedPolicy('p', 2, [])], { nowMs: nowMs + tombstoneKeptMs }))).toBe('nothing');
  });

  test('a new epoch starts at version 1 with nothing, and signs every document anew', () => {
    const published = before();
    publish(published, [wantedPolicy('p', 2, [])]);
    const plans = publish(published, [wantedPolicy('p', 2, []), wantedPolicy('q', 1, [anchorAll, prod])], { epoch: 2 });
    expect(rendered(plans)).toBe('q=all:1 q=l.env.prod:1 [all:1 l.env.prod:1]');
    expect(plans[0]?.documents.every(({ statement }) => statement.epoch === 2)).toBe(true);
    expect(standing(published, prod)).toEqual(['q@2.1']);
  });

  test('what is not wanted where the last epoch had it is buried in the new one', () => {
    const published = before();
    expect(rendered(publish(published, [wantedPolicy('p', 2, [])], { epoch: 2 }))).toBe('-p=l.env.prod:1 [l.env.prod:1]');
  });

  test('an index is written behind the sequence at which it was read; 0 where there was none', () => {
    const published = before();
    const plan = planFleet(published, [wantedPolicy('p', 2, [prod, dev])], { epoch: 1, nowMs, documentsMax: 100 });
    expect(plan.indexes.map(({ subject, expectSeq }) => `${subject} ${expectSeq}`)).toEqual(['index.l.env.prod 1', 'index.l.env.dev 0']);
  });

  test('a set that is too large for one batch is written in several, puts before tombstones', () => {
    const moving = [1, 2, 3].map((n) => wantedPolicy(`m${n}`, 1, [prod]));
    const published: PublishedFleet = new Map();
    publish(published, moving);
    const plans = publish(
      published,
      moving.map(({ doc }) => wantedPolicy(doc, 2, [dev])),
      { documentsMax: 2 },
    );
    expect(
      plans.map(({ documents }) =>
        documents.map(({ statement, subject }) => `${statement.deleted === true ? '-' : ''}${subject.split('.').at(-1) ?? ''}`).join(' '),
      ),
    ).toEqual(['m1 m2', 'm3 -m1', '-m2 -m3']);
  });
});

describe('planFleet: any history', () => {
  const write = fc.record({
    policy: fc.constantFrom('p', 'q', 'r'),
    anchors: fc.subarray([anchorAll, prod, dev, own]),
    documentsMax: fc.constantFrom(1, 2, 3, 100),
    epochs: fc.constantFrom(0, 0, 0, 0, 1),
    days: fc.constantFrom(0, 0, 10, 31),
  });

  test('property: each plan leaves every anchor consistent, its digests are those of its entries, and a second plan is empty', () => {
    fc.assert(
      fc.property(fc.array(write, { minLength: 1, maxLength: 20 }), (writes) => {
        const published: PublishedFleet = new Map();
        const wanted = new Map<string, WantedDocument>();
        let epoch = 1;
        let at = nowMs;
        for (const { policy, anchors, documentsMax, epochs, days } of writes) {
          epoch += epochs;
          at += days * 24 * 3_600_000;
          wanted.set(policy, wantedPolicy(policy, (wanted.get(policy)?.fence.revision ?? 0) + 1, anchors));
          const options = { epoch, nowMs: at, documentsMax };
          const mirror = new Map(
            [...published]
              .filter(([, one]) => one.epoch === epoch)
              .map(([anchor, one]) => [anchor, { version: one.version, entries: Entries.of(one.entries.list()) }]),
          );
          for (const plan of publish(published, [...wanted.values()], options)) follow(mirror, plan);
          expect(publish(published, [...wanted.values()], options)).toEqual([]);
          for (const document of wanted.values()) {
            const places = [...published]
              .filter(([, { entries }]) => entries.get(document.doc)?.deleted === false)
              .map(([anchor]) => anchor);
            expect(places.toSorted()).toEqual(document.anchors.toSorted());
          }
        }
      }),
      { seed: 30, numRuns: 100 },
    );
  });
});

/** What a spoke does that takes one document after the other: the digest must be that of the entries so far, and the last of each anchor must have one. */
function follow(mirror: Map<Anchor, { version: number; entries: Entries }>, plan: FleetPlan): void {
  const proven = new Set<Anchor>();
  for (const { subject, statement, body } of plan.documents) {
    const { anchor, doc } = parseDesired(subject) ?? { anchor: '' as Anchor, doc: '' as Doc };
    const { epoch = 0, revision = 0, step = 0, version = 0, deleted = false, indexDigest = new Uint8Array() } = statement;
    const known = mirror.get(anchor) ?? { version: 0, entries: new Entries() };
    expect(version).toBe(known.version + 1);
    known.entries.put(doc, { epoch, revision, step, digest: sha256(body), deleted, deletedAtMs: 0 });
    const isProven = indexDigest.length > 0;
    expect(!isProven || equalBytes(known.entries.digest(), indexDigest)).toBe(true);
    if (isProven) proven.add(anchor);
    else proven.delete(anchor);
    mirror.set(anchor, { version, entries: known.entries });
  }
  for (const { index } of plan.indexes) {
    const known = mirror.get(index.anchor as Anchor);
    expect(proven).toContain(index.anchor);
    expect(index.version).toBe(known?.version);
    expect(Entries.of(index.entries).digest()).toEqual(known?.entries.digest());
  }
}

/** Documents with their anchors and versions, then the indexes. */
function render({ documents, indexes }: FleetPlan): string {
  const written = documents.map(({ subject, statement }) => {
    const { anchor, doc } = parseDesired(subject) ?? {};
    return `${statement.deleted === true ? '-' : ''}${doc}=${anchor}:${statement.version}`;
  });
  return `${written.join(' ')} [${indexes.map(({ index }) => `${index.anchor}:${index.version}`).join(' ')}]`;
}
