import type { PolicyName } from '@accord/proto/ids';
import { anchorAll, labelAnchor, memberDoc } from '@accord/proto/subjects';
import { canonicalBytes } from '@accord/proto/canonical';
import type { Member } from '@accord/proto/member';
import type { Statement } from '@accord/proto/messages';
import { describe, expect, test } from 'vitest';
import { DesiredSet, policyAt, type HeldDocument } from '../desired/desired-set.ts';
import { judgePolicy, type Verdict } from '../desired/judge-policy.ts';
import { heldDocument } from '../follow/example-fleet.ts';
import { exampleCluster } from '../policy/example-policies.ts';
import { planApply, unguarded, type OwnedObject } from './plan-apply.ts';
import { removalGround } from './removal-ground.ts';

const policy = 'p' as PolicyName;
const old = labelAnchor('env', 'prod');
const next = labelAnchor('region', 'eu-west-1');
const prodOnly = { matchLabels: { env: 'prod' } };

/** A document of the policy with so many objects for clusters with a label. */
const says = (maps: number, statement: Partial<Statement> = {}, clusterSelector: object | null = prodOnly, anchor = old): HeldDocument => {
  const spec = {
    mode: 'Enforce',
    priority: 100,
    match: 'MustHave',
    prune: 'IfCreated',
    ...(clusterSelector === null ? {} : { clusterSelector }),
    namespaces: namespaceWith(maps),
  };
  const body = statement.deleted === true ? new Uint8Array() : canonicalBytes({ metadata: { name: policy }, spec });
  return heldDocument({ subject: `desired.${anchor}.${policy}`, epoch: 1, revision: 2, ...statement }, body);
};
const namespaceWith = (maps: number): readonly object[] => [
  { name: 'n', deletion: 'Retain', configMaps: Array.from({ length: maps }, (_, at) => ({ name: `m${at}`, data: {} })) },
];
const buried = (statement: Partial<Statement> = {}, anchor = old): HeldDocument =>
  says(0, { deleted: true, ...statement }, prodOnly, anchor);

interface Given {
  readonly documents?: readonly HeldDocument[];
  readonly labels?: Readonly<Record<string, string>>;
  /** What the policy has on the cluster. */
  readonly owned?: number;
  readonly isCaughtUp?: boolean;
  readonly epoch?: number;
  readonly confirmedEpoch?: number;
  readonly confirmedRemovals?: number;
  /** A document of the policy was held here before. */
  readonly wasHeld?: boolean;
}

/** What leaves, in words: how many objects go, and why the others stay. */
function leaving({
  documents = [],
  labels = {},
  owned = 3,
  isCaughtUp = true,
  epoch = 1,
  confirmedEpoch = 1,
  confirmedRemovals = 0,
  wasHeld = true,
}: Given): string {
  const desired = new DesiredSet(policyAt);
  if (wasHeld) {
    desired.put(says(3));
    desired.dropAnchor(old);
  }
  for (const document of documents) desired.put(document);
  const member = { cluster: exampleCluster(labels) } as unknown as Member;
  const verdict = judgePolicy(policy, desired.standing(policy), { member, allowRisks: new Set(), nowMs: 0 });
  const ground = removalGround({ verdict, isCaughtUp, epoch, confirmedEpoch, confirmedRemovals, anchors: [old, next] });
  const objects = Array.from({ length: owned }, (_, at): OwnedObject => ownedObject(at));
  const wanted =
    verdict.says === 'apply' ? verdict.objects.map(({ key }) => ({ key, owner: policy, stage: 5, order: 0, digest: 'd' })) : [];
  const { remove, held } = planApply({
    wanted,
    compared: new Set(),
    owned: objects,
    groundOf: () => ground,
    holdOf: () => undefined,
    objectHoldOf: () => undefined,
    isShareHeld: () => false,
    isLost: () => false,
    guard: unguarded,
    ownedTotal: owned,
    nowMs: 0,
  });
  const reasons = [...new Set(held.map(({ reason }) => reason))];
  return `${remove.length} go${held.length === 0 ? '' : `, ${held.length} wait: ${reasons.join(' ')}`}`;
}

function ownedObject(at: number): OwnedObject {
  const key = `/ConfigMap/n/m${at}` as OwnedObject['key'];
  return { key, owner: policy, digest: 'd', intact: true, origin: 'Created', retain: false, isNamespace: false, stage: 5 };
}

describe('what may leave: each trigger of a removal', () => {
  const rows: [trigger: string, given: Given, leaves: string][] = [
    ['a tombstone removes everything', { documents: [buried()] }, '3 go'],
    ['a tombstone removes as many as it allows', { documents: [buried({ removalsMax: 30 })], owned: 30 }, '30 go'],
    [
      'beyond what a tombstone allows the brake holds',
      { documents: [buried({ removalsMax: 29 })], owned: 30 },
      '0 go, 30 wait: RemovalBrake',
    ],
    ['an object that a newer revision no longer contains leaves', { documents: [says(2)] }, '1 go'],
    ['a newer revision that would take many along waits', { documents: [says(2)], owned: 30 }, '0 go, 28 wait: RemovalBrake'],
    ['a newer revision that a person confirmed takes as many', { documents: [says(2, { step: 1, removalsMax: 28 })], owned: 30 }, '28 go'],
    ['a relabelled cluster loses what no longer selects it', { documents: [says(3)], labels: { env: 'dev' } }, '3 go'],
    ['a selector that changed loses the cluster', { documents: [says(3, {}, { matchLabels: { env: 'dev' } })] }, '3 go'],
    ['a policy without a selector selects nobody', { documents: [says(3, {}, null)] }, '3 go'],
    [
      'many objects of a relabelled cluster wait',
      { documents: [says(30)], labels: { env: 'dev' }, owned: 30 },
      '0 go, 30 wait: RemovalBrake',
    ],
    [
      'what a person confirmed for this cluster goes',
      { documents: [says(30)], labels: { env: 'dev' }, owned: 30, confirmedRemovals: 30 },
      '30 go',
    ],
    [
      'a tombstone where the policy was removes nothing while a new anchor holds it',
      { documents: [buried({ movedTo: [next] }), says(3, {}, prodOnly, next)] },
      '0 go',
    ],
    ['a move counts in whatever order it comes', { documents: [says(3, {}, prodOnly, next), buried({ movedTo: [next] })] }, '0 go'],
    [
      'a tombstone of a policy that moved to another anchor of this cluster removes nothing before it has come from there',
      { documents: [buried({ movedTo: [next] })] },
      '0 go, 3 wait: NotCaughtUp',
    ],
    ['one that moved where this cluster does not look leaves', { documents: [buried({ movedTo: [labelAnchor('tier', 'gold')] })] }, '3 go'],
    ['a later deletion at one anchor counts for all', { documents: [says(3), buried({ revision: 3 }, anchorAll)] }, '3 go'],
    ['what is absent from a complete set leaves', {}, '3 go'],
    ['what no document of this hub ever named stays, however little it is', { owned: 1, wasHeld: false }, '0 go, 1 wait: UnknownPolicy'],
    ['unless a person said that it may go', { owned: 1, wasHeld: false, confirmedRemovals: 1 }, '1 go'],
    ['a tombstone is enough to know a policy', { documents: [buried()], wasHeld: false }, '3 go'],
    ['what is absent where no index was ever found stays', { epoch: 0 }, '0 go, 3 wait: NotCaughtUp'],
    ['much that is absent waits for a person', { owned: 30 }, '0 go, 30 wait: RemovalBrake'],
    ['what is absent after the epoch changed waits, however little it is', { owned: 1, epoch: 2 }, '0 go, 1 wait: EpochChanged'],
    ['what is absent after the epoch was confirmed leaves', { owned: 1, epoch: 2, confirmedEpoch: 2 }, '1 go'],
    ['a tombstone of the new epoch needs no confirmation', { documents: [buried({ epoch: 2 })], epoch: 2 }, '3 go'],
    ['nothing leaves while an anchor is not live', { isCaughtUp: false }, '0 go, 3 wait: NotCaughtUp'],
    ['not even by a tombstone', { documents: [buried({ removalsMax: 30 })], isCaughtUp: false }, '0 go, 3 wait: NotCaughtUp'],
    ['not even what a newer revision no longer contains', { documents: [says(2)], isCaughtUp: false }, '0 go, 1 wait: NotCaughtUp'],
    [
      'a document that this spoke does not understand removes nothing',
      { documents: [says(0, { requires: ['waves'] })] },
      '0 go, 3 wait: ReplacementRefused',
    ],
    ['a document that cannot be compiled here removes nothing', { documents: [badTemplate()] }, '0 go, 3 wait: ReplacementRefused'],
  ];
  test.each(rows)('%s', (_trigger, given, leaves) => expect(leaving(given)).toBe(leaves));

  /** How many of its removals a person looked at. */
  const seen = (verdict: Verdict, change: Partial<Parameters<typeof removalGround>[0]> = {}): unknown => {
    const ground = removalGround({
      ...{ verdict, isCaughtUp: true, epoch: 1, confirmedEpoch: 1, confirmedRemovals: 0, anchors: [old] },
      ...change,
    });
    return ground.allowed ? ground.removalsConfirmed : ground.reason;
  };
  const leave = (document: HeldDocument | undefined, because: 'deleted' | 'unselected' | 'absent'): Verdict => ({
    ...{ says: 'leave', document, because },
  });

  test('a tombstone says how much may go, and not that anybody looked at it', () => {
    expect(seen(leave(buried({ removalsMax: 30 }), 'deleted'))).toBe(0);
    expect(seen(leave(buried({ removalsMax: 30, step: 1, removalsConfirmed: 4 }), 'deleted'))).toBe(4);
  });

  test('what was confirmed for a cluster counts where no document can say so', () => {
    expect(seen(leave(undefined, 'absent'), { confirmedRemovals: 4 })).toBe(4);
    expect(seen(leave(says(3), 'unselected'), { confirmedRemovals: 4 })).toBe(0);
  });

  test('what has served is no confirmation any more', () => {
    expect(seen(leave(says(3, { step: 1, removalsMax: 4, removalsConfirmed: 4 }), 'unselected'), { hasServed: true })).toBe(0);
  });

  test('a system document is no policy, so it is neither applied nor missed', () => {
    const desired = new DesiredSet(policyAt);
    expect(desired.put(heldDocument({ subject: `desired.${anchorAll}.${memberDoc}` }, new Uint8Array()))).toBeUndefined();
    expect(desired.names()).toEqual([]);
  });
});

function badTemplate(): HeldDocument {
  const namespaces = [{ name: 'n', deletion: 'Retain', configMaps: [{ name: 'm0', data: { x: '${cluster.labels.missing}' } }] }];
  const spec = { mode: 'Enforce', priority: 100, match: 'MustHave', prune: 'IfCreated', clusterSelector: {}, namespaces };
  return heldDocument({ subject: `desired.${old}.${policy}`, epoch: 1, revision: 2 }, canonicalBytes({ metadata: { name: policy }, spec }));
}
