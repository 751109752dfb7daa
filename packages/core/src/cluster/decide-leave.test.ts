import { clusterIdOf, type ClusterName, type PolicyName } from '@accord/proto/ids';
import { describe, expect, test } from 'vitest';
import type { Draft } from '../registry/draft.ts';
import type { ClusterFact } from '../registry/facts.ts';
import { clusterByName, emptyRegistry, foldFact, recordedFact, type Recorded } from '../registry/registry.ts';
import { intentSubject } from '@accord/proto/subjects';
import { decideForceLeave, decideLeave, decideLeft, decideStay } from './decide-leave.ts';

const nowMs = 1_000_000;
const ending = { nowMs, usedIat: 0 };

function cluster(change: Partial<ClusterFact> = {}): Recorded<ClusterFact> {
  const identity = { id: clusterIdOf(new Uint8Array(16)), name: 'prod-1' as ClusterName, uid: 'u', publicKey: 'U' };
  const told = { revision: 3, createdAtMs: 0, meta: { annotations: {} }, labels: {}, spec: { mode: 'Enforce' as const } };
  const tokens = { tokenFloor: 0, revokedUntil: 0, confirmedEpoch: 1, confirmedRemovals: {} };
  const body = { ...identity, ...told, ...tokens, ...change };
  return { body, seq: 7, digest: new Uint8Array(), atMs: 0, actor: 'ann', change: { id: '', traceparent: '' } };
}
const leaving = (): Recorded<ClusterFact> => cluster({ leaving: { mode: 'Retain', sinceMs: 1 } });
const after = ([made]: readonly Draft[]): ClusterFact => made?.body as ClusterFact;

describe('a cluster that is to leave', () => {
  test('gets a new revision that says how, written on the fact that was seen', () => {
    expect(decideLeave(cluster(), { mode: 'Purge', nowMs })[0]).toMatchObject({
      ...{ type: 'ClusterLeaving', expectSeq: 7, change: 'cluster/prod-1@4' },
      body: { revision: 4, leaving: { mode: 'Purge', sinceMs: nowMs } },
    });
  });

  test('is not told twice, in whatever way', () => {
    expect(() => decideLeave(leaving(), { mode: 'Purge', nowMs })).toThrowError('cluster prod-1 leaves already, with Retain');
  });

  test('may stay as long as it has not let go of everything', () => {
    expect(after(decideStay(leaving(), false))).toEqual({ ...cluster().body, revision: 4 });
    expect(() => decideStay(leaving(), true)).toThrowError('has let go of everything already');
    expect(() => decideStay(cluster(), false)).toThrowError('is not leaving');
  });
});

describe('a cluster that has left', () => {
  test('was told to: its word alone ends nothing', () => {
    expect(decideLeft(cluster(), ending)).toEqual([]);
    expect(after(decideLeft(leaving(), ending)).left).toEqual({ atMs: nowMs });
  });

  test('may be gone for good, and what stays there is written down', () => {
    const behind = [{ policy: 'p' as PolicyName, objects: 2 }];
    for (const current of [cluster(), leaving()])
      expect(decideForceLeave(current, behind, ending)[0]).toMatchObject({ type: 'ClusterLeft', body: { left: { atMs: nowMs, behind } } });
  });

  test.each([
    ['of this second', {}, 0, 1_000],
    ['that were issued ahead of the clock', {}, 1_002, 1_002],
    ['that it may have since it was relabelled', { tokenFloor: 1_003 }, 1_002, 1_003],
    ['and no later ones for a beat that lies', {}, 9_999_999, 4_600],
  ])('has no token any more, tokens %s included', (_claim, change, usedIat, until) => {
    expect(after(decideForceLeave(cluster(change), [], { nowMs, usedIat })).revokedUntil).toBe(until);
  });

  test('is found under its id, and no longer under its name', () => {
    const registry = emptyRegistry();
    const { body } = cluster();
    const subject = intentSubject('cluster', body.id);
    const fold = (fact: ClusterFact, seq: number): void => foldFact(registry, subject, { ...cluster(), body: fact, seq });
    fold(body, 7);
    expect(clusterByName(registry, 'prod-1')?.seq).toBe(7);
    fold(after(decideForceLeave(cluster(), [], ending)), 9);
    // What comes late, or again, brings nobody back.
    fold(body, 7);
    expect([clusterByName(registry, 'prod-1'), registry.clusters.size, [...registry.left.keys()]]).toEqual([undefined, 0, [body.id]]);
    expect(recordedFact(registry, 'cluster', body.id)?.seq).toBe(9);
  });
});
