import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { OperatorHold } from '@accord/proto/member';
import { describe, expect, test } from 'vitest';
import { hasHoldEnded, holdOfObject, holdOfPolicy } from './operator-hold.ts';

const nowMs = Date.UTC(2026, 0, 1);
const hold = (change: Partial<OperatorHold>): OperatorHold => ({ untilMs: nowMs + 1_000, reason: 'INC-1', by: 'ann', ...change });
const p = 'p' as PolicyName;
const map = '/ConfigMap/n/m' as ObjectKey;
const role = 'rbac.authorization.k8s.io/ClusterRole//r:s' as ObjectKey;

describe('a policy is held', () => {
  test.each<[claim: string, holds: readonly OperatorHold[] | undefined, message: string | undefined]>([
    ['not where nobody says so', undefined, undefined],
    ['where its name is', [hold({ policy: 'p' })], 'policy p is held until 2026-01-01T00:00:01.000Z by ann: INC-1'],
    ['where everything is', [hold({})], 'everything there is held until 2026-01-01T00:00:01.000Z by ann: INC-1'],
    ['not where another one is', [hold({ policy: 'q' })], undefined],
    ['not where an object of it is', [hold({ policy: 'p', object: 'ConfigMap/n/m' })], undefined],
    ['no longer when it is over', [hold({ policy: 'p', untilMs: nowMs })], undefined],
    [
      'by the one that lasts longest',
      [hold({ policy: 'p' }), hold({ untilMs: nowMs + 2_000 })],
      'everything there is held until 2026-01-01T00:00:02.000Z by ann: INC-1',
    ],
  ])('%s', (_claim, holds, message) => {
    expect(holdOfPolicy(holds, p, nowMs)?.message).toBe(message);
  });
});

describe('an object is held', () => {
  test.each<[claim: string, object: string | undefined, key: ObjectKey, isHeld: boolean]>([
    ['where it is named', 'ConfigMap/n/m', map, true],
    ['where its Namespace is', 'Namespace/n', map, true],
    ['without a namespace', 'ClusterRole/r:s', role, true],
    ['not in another namespace', 'ConfigMap/o/m', map, false],
    ['not where the whole policy is', undefined, map, false],
  ])('%s', (_claim, object, key, isHeld) => {
    const holds = [hold({ policy: 'p', ...(object !== undefined && { object }) })];
    expect(holdOfObject(holds, key, nowMs) !== undefined).toBe(isHeld);
  });
});

test('the end of a hold is seen for a while', () => {
  const ended = (untilMs: number): boolean => hasHoldEnded([hold({ untilMs })], nowMs, 60_000);
  expect([ended(nowMs + 1), ended(nowMs), ended(nowMs - 59_999), ended(nowMs - 60_000)]).toEqual([false, true, true, false]);
});

test.each<[scope: Partial<OperatorHold>]>([[{}], [{ policy: 'p' }]])('a stop says what is held: %j', (scope) => {
  expect(holdOfPolicy([hold(scope)], p, nowMs)?.scope).toEqual(scope);
});

test('a stop of an object says which', () => {
  const scope = { policy: 'p', object: 'ConfigMap/n/m' };
  expect(holdOfObject([hold(scope)], map, nowMs)?.scope).toEqual(scope);
});
