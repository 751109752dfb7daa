import { canonicalBytes } from '@accord/proto/canonical';
import type { PolicyName } from '@accord/proto/ids';
import type { LeaveMode } from '@accord/proto/member';
import { describe, expect, test } from 'vitest';
import { heldDocument } from '../follow/example-fleet.ts';
import { exampleCluster } from '../policy/example-policies.ts';
import type { Standing } from './desired-set.ts';
import { judgePolicy, type Verdict } from './judge-policy.ts';

const policy = 'p' as PolicyName;
const present = (spec: object = {}): Standing => {
  const body = canonicalBytes({ metadata: { name: policy }, spec: { clusterSelector: {}, mode: 'Enforce', priority: 100, ...spec } });
  return { says: 'present', document: heldDocument({ subject: 'desired.all.p', epoch: 1, revision: 1, requires: [] }, body) };
};

function judged(leave: LeaveMode, standing: Standing, cluster: object = {}): Verdict {
  const record = exampleCluster();
  const told = { revision: 1, anchors: ['all'], confirmedEpoch: 1, confirmedRemovals: {}, leave };
  const member = { cluster: { ...record, spec: { ...record.spec, ...cluster } }, ...told };
  return judgePolicy(policy, standing, { member, allowRisks: new Set(), nowMs: 0 });
}
const stopOf = (verdict: Verdict): string | undefined => (verdict.says === 'keep' ? undefined : verdict.stop?.reason);
const givesBack = (verdict: Verdict): boolean => verdict.says === 'leave' && verdict.givesBack === true;

describe('on a cluster that leaves the fleet a policy', () => {
  test.each<[claim: string, standing: Standing]>([
    ['that selects it', present()],
    ['that its author has suspended', present({ suspended: true })],
    ['that is only compared', present({ mode: 'Inform' })],
    ['that could not be compiled', present({ namespaces: [{ name: '${cluster.labels.none}' }] })],
    ['that no longer selects it', present({ clusterSelector: { matchLabels: { none: 'x' } } })],
    ['of which there is only a mirror', { says: 'absent', wasHeld: true }],
  ])('%s leaves with it', (_claim, standing) => {
    expect(judged('Purge', standing)).toMatchObject({ says: 'leave', because: 'clusterLeaves' });
    expect([givesBack(judged('Purge', standing)), givesBack(judged('Retain', standing))]).toEqual([false, true]);
    expect(stopOf(judged('Purge', standing))).toBeUndefined();
  });

  test('that this hub never gave to it is given back, however it leaves', () => {
    expect(givesBack(judged('Purge', { says: 'absent', wasHeld: false }))).toBe(true);
  });

  test('waits while the cluster is paused, and in mode Inform if something would be removed', () => {
    for (const leave of ['Retain', 'Purge'] as const) expect(stopOf(judged(leave, present(), { paused: true }))).toBe('Paused');
    expect(stopOf(judged('Purge', present(), { mode: 'Inform' }))).toBe('ClusterInform');
    expect(stopOf(judged('Retain', present(), { mode: 'Inform' }))).toBeUndefined();
  });
});
