import { clusterIdOf, type ClusterName } from '@accord/proto/ids';
import { holdsPerClusterMax, type OperatorHold } from '@accord/proto/member';
import { describe, expect, test } from 'vitest';
import type { Draft } from '../registry/draft.ts';
import type { ClusterFact } from '../registry/facts.ts';
import type { Recorded } from '../registry/registry.ts';
import { decideChangeCluster } from './decide-cluster.ts';
import { decideHold, decideUnhold } from './decide-holds.ts';

const nowMs = 1_000_000;
const hold = (change: Partial<OperatorHold> = {}): OperatorHold => ({
  policy: 'p',
  untilMs: nowMs + 1,
  reason: 'INC-1',
  by: 'ann',
  ...change,
});
const { policy: _policy, ...everything } = hold();
const over = hold({ policy: 'old', untilMs: nowMs });

function cluster(...holds: readonly OperatorHold[]): Recorded<ClusterFact> {
  const identity = { id: clusterIdOf(new Uint8Array(16)), name: 'prod-1' as ClusterName, uid: 'u', publicKey: 'U' };
  const told = { revision: 3, createdAtMs: 0, meta: { annotations: {} }, labels: { env: 'prod' }, spec: { mode: 'Enforce' as const } };
  const tokens = { tokenFloor: 0, revokedUntil: 0, confirmedEpoch: 1, confirmedRemovals: {} };
  const body = { ...identity, ...told, ...tokens, ...(holds.length > 0 && { holds }) };
  return { body, seq: 7, digest: new Uint8Array(), atMs: 0, actor: 'ann', change: { id: '', traceparent: '' } };
}

const heldAfter = ([draft]: readonly Draft[]): readonly OperatorHold[] | undefined => (draft?.body as ClusterFact | undefined)?.holds;

describe('a hold', () => {
  test('is a new revision of the cluster, written on the fact that was seen', () => {
    const [draft] = decideHold(cluster(), hold(), nowMs);
    expect(draft).toMatchObject({ type: 'HoldSet', expectSeq: 7, change: 'cluster/prod-1@4', body: { revision: 4, holds: [hold()] } });
  });

  test('takes the place of one of the same policy and object, and of no other', () => {
    const others = [everything, hold({ object: 'ConfigMap/n/m' }), hold({ policy: 'q' })];
    const later = hold({ untilMs: nowMs + 9 });
    expect(heldAfter(decideHold(cluster(hold(), ...others), later, nowMs))).toEqual([...others, later]);
  });

  test('that stands already is nothing to write', () => expect(decideHold(cluster(hold()), hold(), nowMs)).toEqual([]));

  test('drops what is over', () => {
    expect(heldAfter(decideHold(cluster(over), hold(), nowMs))).toEqual([hold()]);
    expect(heldAfter(decideUnhold(cluster(over, hold()), { policy: 'p' }, nowMs))).toBeUndefined();
    const write = { labels: { env: 'dev' }, annotations: {}, spec: { mode: 'Enforce' as const }, nextIat: nowMs / 1_000 + 1 };
    expect(heldAfter(decideChangeCluster(cluster(over, hold()), write))).toEqual([hold()]);
    expect(decideChangeCluster(cluster(over), { ...write, labels: { env: 'prod' } })).toEqual([]);
  });

  test('is refused beside as many as there may be, and what is over does not count', () => {
    const many = Array.from({ length: holdsPerClusterMax }, (_, n) => hold({ policy: `p${n}` }));
    expect(() => decideHold(cluster(...many), hold(), nowMs)).toThrowError(`cluster prod-1 has ${holdsPerClusterMax} holds already`);
    expect(heldAfter(decideHold(cluster(...many.slice(1), over), hold(), nowMs))?.length).toBe(holdsPerClusterMax);
  });

  test.each([
    ['that is over', hold({ untilMs: nowMs })],
    ['without a time', hold({ untilMs: Number.NaN })],
    ['without a reason', hold({ reason: '' })],
    ['with a long reason', hold({ reason: 'x'.repeat(201) })],
  ])('%s is refused', (_claim, wrong) => {
    expect(() => decideHold(cluster(), wrong, nowMs)).toThrowError(expect.objectContaining({ code: 'invalid' }));
  });
});

describe('lifted', () => {
  const all = [everything, hold(), hold({ object: 'ConfigMap/n/m' }), hold({ object: 'ConfigMap/n/o' }), hold({ policy: 'q' })];
  test.each([
    ['is everything of the policy', { policy: 'p' }, [0, 4]],
    ['is only the object that is named', { policy: 'p', object: 'ConfigMap/n/m' }, [0, 1, 3, 4]],
    ['is the hold of everything, and no other', {}, [1, 2, 3, 4]],
  ])('%s', (_claim, scope, left) => {
    expect(heldAfter(decideUnhold(cluster(...all), scope, nowMs))).toEqual(left.map((at) => all[at]));
  });

  test('is nothing where nothing of it is held', () => expect(decideUnhold(cluster(hold()), { policy: 'q' }, nowMs)).toEqual([]));
});
