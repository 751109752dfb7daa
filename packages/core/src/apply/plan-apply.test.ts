import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GuardRefusal } from '../guard/guard-object.ts';
import {
  planApply,
  unguarded,
  type ApplyInput,
  type ApplyPlan,
  type GuardLimits,
  type OwnedObject,
  type RemovalGround,
  type WantedObject,
} from './plan-apply.ts';

const wanted = (key: string, change: Partial<WantedObject> = {}): WantedObject => ({
  key: key as ObjectKey,
  owner: 'p' as PolicyName,
  stage: 5,
  order: 0,
  digest: 'd1',
  ...change,
});
const ours = (key: string, change: Partial<OwnedObject> = {}): OwnedObject => ({
  ...{
    key: key as ObjectKey,
    owner: 'p' as PolicyName,
    digest: 'd1',
    intact: true,
    origin: 'Created',
    retain: false,
    isNamespace: false,
    stage: 5,
  },
  ...change,
});
const many = (count: number): OwnedObject[] => Array.from({ length: count }, (_, n) => ours(`o${n}`));
const comparedKeys = new Set(['compared' as ObjectKey]);
const stoppedPolicy = 'halted' as PolicyName;
const waitingPolicy = 'waiting' as PolicyName;
const plain: RemovalGround = { allowed: true, removalsMax: 0 };
const inputOf = (owned: readonly OwnedObject[]): ApplyInput => ({
  ...{ wanted: [], compared: new Set(), owned, groundOf: () => plain, objectHoldOf: () => undefined },
  ...{ isShareHeld: () => false, isLost: () => false, guard: unguarded, holdOf: () => undefined, ownedTotal: owned.length, nowMs: 1_000 },
});
const plan = (objects: WantedObject[], owned: OwnedObject[], ground: RemovalGround = plain, ownedTotal = owned.length): string =>
  render(
    planApply({
      wanted: objects,
      compared: comparedKeys,
      owned,
      groundOf: () => ground,
      objectHoldOf: (key) => (key === 'by-hand' ? { reason: 'LocalHold', message: '' } : undefined),
      isShareHeld: (key) => key === 'shared',
      isLost: (key) => key === 'lost',
      isFought: ({ key, digest }) => key === 'fought' && digest === 'd1',
      guard: unguarded,
      holdOf: (policy) => (policy === stoppedPolicy ? 'all' : policy === waitingPolicy ? 'new' : undefined),
      ownedTotal,
      nowMs: 1_000,
    }),
  );

describe('planApply', () => {
  const cases: [claim: string, wanted: WantedObject[], owned: OwnedObject[], plan: string][] = [
    ['nothing wanted, nothing there', [], [], 'nothing'],
    ['a new object is applied', [wanted('a')], [], '+a'],
    ['what is being deleted is left alone until it is gone', [wanted('a')], [ours('a', { terminating: [] })], '=a'],
    [
      'whether or not it differs, and though it would only be created',
      [wanted('a', { digest: 'd2' }), wanted('b', { isCreateOnly: true })],
      [ours('a', { terminating: ['x.example/y'] }), ours('b', { terminating: [] })],
      '=a =b',
    ],
    ['an intact object costs no request', [wanted('a')], [ours('a')], 'nothing'],
    ['a drifted object is applied again', [wanted('a')], [ours('a', { intact: false })], '+a'],
    ['new content is applied', [wanted('a', { digest: 'd2' })], [ours('a')], '+a'],
    ['a hand-over is one apply, never delete and create', [wanted('a', { owner: 'q' as PolicyName })], [ours('a')], '+a'],
    ['namespaces go before what lives in them', [wanted('z', { stage: 4 }), wanted('n', { stage: 2 })], [], '+n +z'],
    ['inside a stage the order of the policy counts', [wanted('a', { stage: 6, order: 1 }), wanted('b', { stage: 6 })], [], '+b +a'],
    ['what a stopped policy wants is left alone', [wanted('a', { owner: stoppedPolicy })], [], '=a'],
    ['what a stopped policy wants is not healed', [wanted('a', { owner: stoppedPolicy })], [ours('a', { intact: false })], '=a'],
    [
      'what a stopped policy has in place is in place',
      [wanted('a', { owner: stoppedPolicy })],
      [ours('a', { owner: stoppedPolicy })],
      'nothing',
    ],
    ['another policy that outranks a stopped one takes over', [wanted('a')], [ours('a', { owner: stoppedPolicy })], '+a'],
    ['what somebody took away from it is put back', [wanted('lost', { owner: waitingPolicy })], [], '+lost'],
    [
      'new content of an object in which a stopped policy has a share waits',
      [wanted('shared', { digest: 'd2' })],
      [ours('shared')],
      '=shared',
    ],
    ['and it is healed', [wanted('shared')], [ours('shared', { intact: false })], '+shared'],
    [
      'a grant that is over goes although its successor is stopped',
      [wanted('a', { owner: stoppedPolicy, digest: 'd2' })],
      [ours('a', { endMs: 5 })],
      '=a -a',
    ],
    ['and although it is only compared now', [], [ours('compared', { endMs: 5 })], '-compared'],
    ['it is replaced where its successor may be written', [wanted('a', { digest: 'd2' })], [ours('a', { endMs: 5 })], '+a (-a)'],
    ['what is only to be created is created', [wanted('a', { isCreateOnly: true })], [], '+a'],
    ['and left alone then', [wanted('a', { isCreateOnly: true, digest: 'd2' })], [ours('a', { intact: false })], 'nothing'],
    ['what somebody holds is neither healed', [wanted('by-hand')], [ours('by-hand', { intact: false })], '=by-hand'],
    ['nor removed', [], [ours('by-hand')], 'by-hand:LocalHold'],
    ['what is new in a policy that waits is left alone', [wanted('a', { owner: waitingPolicy })], [], '=a'],
    ['new content too', [wanted('a', { owner: waitingPolicy, digest: 'd2' })], [ours('a', { owner: waitingPolicy })], '=a'],
    [
      'what it applied before is healed',
      [wanted('a', { owner: waitingPolicy })],
      [ours('a', { owner: waitingPolicy, intact: false })],
      '+a',
    ],
    ['what somebody undoes again and again is put back later', [wanted('fought')], [ours('fought', { intact: false })], '~=fought'],
    ['also where it was taken away', [wanted('fought')], [], '~=fought'],
    ['new content of it is applied', [wanted('fought', { digest: 'd2' })], [ours('fought', { intact: false })], '+fought'],
    ['it is removed when nobody wants it any more', [], [ours('fought', { intact: false })], '-fought'],
    [
      'and left alone where its policy is stopped',
      [wanted('fought', { owner: stoppedPolicy })],
      [ours('fought', { owner: stoppedPolicy, intact: false })],
      '=fought',
    ],
    ['what is only compared from now on stays as it is', [], [ours('compared', { intact: false })], 'nothing'],
    ['what left the policy is deleted, bindings before their roles', [], [ours('r', { stage: 3 }), ours('b', { stage: 4 })], '-b -r'],
    ['what was adopted is released', [], [ours('a', { origin: 'Adopted' })], '~a'],
    ['what is to be retained is released', [], [ours('a', { retain: true })], '~a'],
    ['a namespace is released', [], [ours('n', { isNamespace: true })], '~n'],
    [
      'one that its policy lets go waits for a person, with all that leaves with it',
      [],
      [ours('n', { isNamespace: true, isDeletedEmpty: true }), ours('a')],
      'a:RemovalBrake n:RemovalBrake',
    ],
    ['but not when it was adopted', [], [ours('n', { isNamespace: true, isDeletedEmpty: true, origin: 'Adopted' })], '~n'],
    ['nor when somebody keeps it', [], [ours('n', { isNamespace: true, isDeletedEmpty: true, retain: true })], '~n'],
    [
      'so does one that would go with everything in it',
      [],
      [ours('n', { isNamespace: true, isDeletedWhole: true }), ours('a')],
      'a:RemovalBrake n:RemovalBrake:whole',
    ],
    [
      'that one is given back too when it was adopted',
      [],
      [ours('n', { isNamespace: true, isDeletedWhole: true, origin: 'Adopted' })],
      '~n',
    ],
    ['or when somebody keeps it', [], [ours('n', { isNamespace: true, isDeletedWhole: true, retain: true })], '~n'],
  ];
  test.each(cases)('%s', (_claim, objects, owned, expected) => expect(plan(objects, owned)).toBe(expected));

  test('looks into no namespace where the owner of the cluster lets policies bind nothing', () => {
    const refuses: GuardRefusal = { reason: 'AllowedKinds', message: 'no bindings' };
    const guard = { ...unguarded, refusalOf: (key: ObjectKey) => (key.includes('RoleBinding/team/') ? refuses : undefined) };
    const namespace = ours('/Namespace//team', { isNamespace: true, isDeletedEmpty: true });
    const held = (owned: OwnedObject): string => render(planApply({ ...inputOf([owned]), guard }));
    expect([held(namespace), held({ ...namespace, retain: true })]).toEqual(['/Namespace//team:AllowedKinds', '~/Namespace//team']);
  });

  test('removes nothing before it has caught up', () => {
    expect(plan([], [ours('a')], { allowed: false, reason: 'NotCaughtUp' })).toBe('a:NotCaughtUp');
  });

  test.each<[claim: string, ground: RemovalGround]>([
    ['a stop', { allowed: false, reason: 'Paused' }],
    ['the loss of its policy', { allowed: false, reason: 'UnknownPolicy' }],
    ['half of a desired set', { allowed: false, reason: 'NotCaughtUp' }],
  ])('a grant that is over does not outlive %s', (_claim, ground) => {
    expect(plan([], [ours('a', { endMs: 1_000 }), ours('b', { endMs: 1_001 })], ground)).toBe(`-a b:${ground.allowed || ground.reason}`);
  });

  test('a grant that is over does not outlive somebody who holds it', () => {
    expect(plan([], [ours('by-hand', { endMs: 5 })])).toBe('-by-hand');
  });

  test('grants that are over do not count for the brake', () => {
    expect(
      plan(
        [],
        many(30).map((object) => ({ ...object, endMs: 5 })),
      ),
    ).not.toContain('RemovalBrake');
  });

  test('removes nothing under a stop', () => {
    expect(plan([], [ours('a')], { allowed: false, reason: 'Paused' })).toBe('a:Paused');
  });

  test('removes nothing that a new epoch does not name', () => {
    expect(plan([], [ours('a')], { allowed: false, reason: 'EpochChanged' })).toBe('a:EpochChanged');
  });

  test('eleven of eleven wait for a person', () => {
    expect(plan([], many(11))).toContain('o0:RemovalBrake');
  });

  test('ten of ten go, and a fifth of many goes', () => {
    expect(plan([], many(10))).not.toContain('RemovalBrake');
    expect(plan([], many(20), plain, 100)).not.toContain('RemovalBrake');
    expect(plan([], many(21), plain, 100)).toContain('RemovalBrake');
  });

  test('releases do not count, since they take nothing away', () => {
    expect(
      plan(
        [],
        many(30).map((object) => ({ ...object, retain: true })),
      ),
    ).not.toContain('RemovalBrake');
  });

  test('an explicit allowance lifts the brake up to its number', () => {
    expect(plan([], many(11), { allowed: true, removalsMax: 11 })).not.toContain('RemovalBrake');
    expect(plan([], many(12), { allowed: true, removalsMax: 11 })).toContain('RemovalBrake');
  });

  const ending = ours('n', { isNamespace: true, isDeletedEmpty: true, stage: 2 });

  test('a namespace goes with what a tombstone or a person allows', () => {
    expect(plan([], [ending], { allowed: true, removalsMax: 1 })).toBe('-n');
    expect(plan([], [ending, ours('a')], { allowed: true, removalsMax: 1 })).toBe('a:RemovalBrake n:RemovalBrake');
  });

  test('a cluster that leaves gives it back, and asks nobody', () => {
    const whole = ours('n', { isNamespace: true, isDeletedWhole: true });
    expect(render(planApply({ ...inputOf([whole]), isLeaving: true }))).toBe('~n');
  });

  test('takes no look, and so no right to the Secrets in it', () => {
    const refuses: GuardRefusal = { reason: 'AllowedKinds', message: 'no bindings' };
    const guard = { ...unguarded, refusalOf: (key: ObjectKey) => (key.includes('RoleBinding/') ? refuses : undefined) };
    const whole = ours('/Namespace//team', { isNamespace: true, isDeletedWhole: true });
    const groundOf = (): RemovalGround => ({ allowed: true, removalsMax: 1, removalsConfirmed: 1 });
    expect(render(planApply({ ...inputOf([whole]), guard, groundOf }))).toBe('-/Namespace//team');
  });

  test('a namespace that waits holds no other policy up', () => {
    expect(plan([], [ending, ours('a', { owner: 'q' as PolicyName })])).toBe('-a n:RemovalBrake');
  });

  test('what somebody keeps counts too: a hold lets nothing go that would wait without it', () => {
    const keep = ({ key }: OwnedObject) => ({ objectHoldOf: (held: ObjectKey) => (held === key ? byHand : undefined) });
    const byHand = { reason: 'LocalHold', message: '' } as const;
    const leaving = (...owned: OwnedObject[]): string => render(planApply({ ...inputOf(owned), ...keep(owned[0] as OwnedObject) }));
    expect(leaving(ending, ours('a'))).toBe('a:RemovalBrake n:LocalHold');
    expect(leaving(ours('n', { isNamespace: true, stage: 2 }), ours('a'))).toBe('-a n:LocalHold');
    const shared = { ...ending, contributors: ['q' as PolicyName] };
    const groundOf = (policy: PolicyName): RemovalGround => (policy === 'q' ? { allowed: false, reason: 'Suspended' } : plain);
    expect(render(planApply({ ...inputOf([shared, ours('a')]), groundOf }))).toBe('a:RemovalBrake n:Suspended');
  });

  const under = (guard: Partial<GuardLimits>, objects: WantedObject[], owned: OwnedObject[], ground: RemovalGround = plain): string =>
    render(
      planApply({
        ...{ wanted: objects, owned, compared: new Set(), groundOf: () => ground, holdOf: () => undefined, objectHoldOf: () => undefined },
        ...{ isShareHeld: () => false, isLost: () => false, ownedTotal: 1_000, nowMs: 1_000, guard: { ...unguarded, ...guard } },
      }),
    );

  test('what the owner refuses is neither applied nor healed nor removed', () => {
    const refusalOf = (): GuardRefusal => ({ reason: 'Namespaces', message: 'no' });
    expect(under({ refusalOf }, [wanted('a')], [])).toBe('=a');
    expect(under({ refusalOf }, [wanted('a')], [ours('a', { intact: false })])).toBe('=a');
    expect(under({ refusalOf }, [], [ours('a')])).toBe('a:Namespaces');
    expect(under({ refusalOf }, [wanted('a')], [ours('a')])).toBe('nothing');
  });

  test('only so many objects are deleted as the hour allows; what is given back and grants that are over do not count', () => {
    const owned = [ours('a'), ours('b'), ours('c', { retain: true }), ours('g', { endMs: 1 })];
    expect(under({ removalsLeft: 1 }, [], owned)).toBe('-g ~c -b a:MaxRemovalsPerHour');
  });

  test('in a freeze even a grant that is over stays', () => {
    const frozen: RemovalGround = { allowed: false, reason: 'Frozen' };
    expect(under({}, [], [ours('g', { endMs: 1 })], frozen)).toBe('-g');
    expect(under({ isFrozen: true }, [], [ours('g', { endMs: 1 })], frozen)).toBe('g:Frozen');
  });

  test('property: after a plan was carried out, planning again gives nothing', () => {
    const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
    fc.assert(
      fc.property(keys, keys, (want, present) => {
        const objects = want.map((key) => wanted(key));
        const first = planApply({
          wanted: objects,
          compared: comparedKeys,
          owned: present.map((key) => ours(key, { intact: false })),
          groundOf: () => plain,
          holdOf: () => undefined,
          objectHoldOf: () => undefined,
          isShareHeld: () => false,
          isLost: () => false,
          guard: unguarded,
          ownedTotal: 5,
          nowMs: 0,
        });
        const left = new Set<string>([...present, ...first.apply.map(({ key }) => key)]);
        for (const { key } of first.remove) left.delete(key);
        expect(
          plan(
            objects,
            [...left].map((key) => ours(key)),
          ),
        ).toBe('nothing');
      }),
    );
  });
});

/** One line per plan: what a reviewer wants to read in a failing diff. */
function render({ apply, stopped, fought, superseded, remove, held }: ApplyPlan): string {
  const words = [
    ...stopped.map(({ key }) => `=${key}`),
    ...fought.map(({ key }) => `~=${key}`),
    ...apply.map(({ key }) => `+${key}`),
    ...superseded.map(({ key }) => `(-${key})`),
    ...remove.map(({ key, how }) => `${how === 'delete' ? '-' : '~'}${key}`),
    ...held.map(({ key, reason, isWhole }) => `${key}:${reason}${isWhole ? ':whole' : ''}`),
  ];
  return words.join(' ') || 'nothing';
}
