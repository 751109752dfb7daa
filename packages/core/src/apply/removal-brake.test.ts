import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import { describe, expect, test } from 'vitest';
import type { OwnedObject, Removal, RemovalGround } from './plan-apply.ts';
import { brakedPolicies, heldByBrake } from './removal-brake.ts';

const policyOf = (key: string): PolicyName => (key.startsWith('q') ? 'q' : 'p') as PolicyName;
const owned = (key: string, change: Partial<OwnedObject> = {}): OwnedObject => ({
  ...{ key: key as ObjectKey, owner: policyOf(key), digest: '', intact: true, origin: 'Created', retain: false, stage: 2 },
  ...{ isNamespace: false, ...change },
});
const empty = { isNamespace: true, isDeletedEmpty: true } as const;
const whole = { isNamespace: true, isDeletedWhole: true } as const;
const removal = ({ key, owner }: OwnedObject): Removal => ({ key, owner, how: 'delete', stage: 2 });
const by = (removalsMax: number, removalsConfirmed = 0): RemovalGround => ({ allowed: true, removalsMax, removalsConfirmed });

/** Whose removals wait, where these would leave now and those are held. */
function waiting(ground: RemovalGround, now: readonly OwnedObject[], later: readonly OwnedObject[] = []): string {
  const live = new Map([...now, ...later].map((object) => [object.key, object]));
  const leaving = { now: now.map(removal), later: later.map(removal) };
  return [...brakedPolicies(leaving, { groundOf: () => ground, ownedTotal: 1_000 }, live)].join(' ') || 'nobody';
}

describe('a Namespace that would go with everything in it', () => {
  const both = [owned('n', whole), owned('a')];
  test('takes a person who looked, whatever a tombstone allows', () => {
    expect(waiting(by(100), both)).toBe('p');
    expect(waiting(by(100, 1), both)).toBe('p');
    expect(waiting(by(100, 2), both)).toBe('nobody');
  });

  test('holds no other policy up', () => {
    expect(waiting(by(100), [owned('n', whole), owned('q-a')])).toBe('p');
  });

  test('asks nobody when it is going already', () => {
    expect(waiting(by(1), [owned('n', { ...whole, terminating: [] })])).toBe('nobody');
  });

  test('is told apart from what goes with it', () => {
    expect(both.map((object) => heldByBrake(removal(object), object).isWhole ?? false)).toEqual([true, false]);
    expect(heldByBrake({ ...removal(owned('n')), how: 'release' }, owned('n', whole))).not.toHaveProperty('isWhole');
  });
});

test('what leaves with a Namespace waits for a person also while something holds that one', () => {
  expect(waiting(by(0), [owned('a')], [owned('n', empty)])).toBe('p');
  expect(waiting(by(1), [owned('a')], [owned('n', empty)])).toBe('nobody');
  expect(waiting(by(1), [owned('a')], [owned('n', whole)])).toBe('p');
  expect(waiting(by(0), [], [owned('n', whole)])).toBe('nobody');
});

test('what somebody keeps counts too, and so does what is only given back beside it', () => {
  const many = (count: number): readonly OwnedObject[] => Array.from({ length: count }, (_, n) => owned(`o${n}`));
  expect(waiting(by(0), many(199), [owned('a')])).toBe('nobody');
  expect(waiting(by(0), many(200), [owned('a')])).toBe('p');
  expect(waiting(by(200), many(200), [owned('a')])).toBe('nobody');
  const leaving = { now: [{ ...removal(owned('a')), how: 'release' as const }], later: [removal(owned('n', empty))] };
  const live = new Map([owned('a'), owned('n', empty)].map((object) => [object.key, object]));
  expect([...brakedPolicies(leaving, { groundOf: () => by(0), ownedTotal: 1_000 }, live)]).toEqual(['p']);
});
