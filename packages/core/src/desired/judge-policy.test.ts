import { canonicalBytes } from '@accord/proto/canonical';
import type { PolicyName } from '@accord/proto/ids';
import type { Member } from '@accord/proto/member';
import { describe, expect, test } from 'vitest';
import { heldDocument } from '../follow/example-fleet.ts';
import { exampleCluster } from '../policy/example-policies.ts';
import { judgePolicy, type Verdict } from './judge-policy.ts';

const policy = 'p' as PolicyName;

function judged(
  spec: object,
  { requires = [], cluster = {} }: { readonly requires?: readonly string[]; readonly cluster?: object } = {},
): Verdict {
  const body = canonicalBytes({
    metadata: { name: policy },
    spec: { clusterSelector: {}, mode: 'Enforce', priority: 100, ...spec } as never,
  });
  const document = heldDocument({ subject: 'desired.all.p', epoch: 1, revision: 1, requires }, body);
  const record = exampleCluster();
  const member: Member = {
    cluster: { ...record, spec: { ...record.spec, ...cluster } },
    revision: 1,
    anchors: ['all'],
    confirmedEpoch: 1,
    confirmedRemovals: {},
  };
  return judgePolicy(policy, { says: 'present', document }, { member, allowRisks: new Set(), nowMs: 0 });
}

describe('a policy', () => {
  test('that needs what this spoke does not know is kept as it is, and says so', () => {
    expect(judged({}, { requires: ['suspended', 'telepathy'] })).toMatchObject({
      says: 'keep',
      reason: 'UnsupportedBySpoke',
      message: 'this spoke does not know telepathy; upgrade it',
    });
    expect(judged({}, { requires: ['suspended'] })).toMatchObject({ says: 'apply' });
  });

  test('that a cluster in mode Inform has is compared, and capped by that mode', () => {
    expect(judged({ mode: 'Inform' })).toMatchObject({ says: 'apply', inform: 'Inform' });
    expect(judged({ mode: 'Inform' }, { cluster: { mode: 'Inform' } })).toMatchObject({ inform: 'ClusterInform' });
    expect(judged({}, { cluster: { mode: 'Inform' } })).toMatchObject({ inform: 'ClusterInform' });
  });

  test('whose cluster is paused says that, whatever else stops it', () => {
    expect(judged({ suspended: true }, { cluster: { paused: true } })).toMatchObject({ says: 'apply', stop: { reason: 'Paused' } });
    expect(judged({ suspended: true })).toMatchObject({ stop: { reason: 'Suspended' } });
  });

  test('that is suspended and no longer for this cluster leaves it', () => {
    const gone = judged({ suspended: true, clusterSelector: { matchLabels: { env: 'dev' } } });
    expect(gone).toMatchObject({ says: 'leave', because: 'unselected' });
    expect(gone).not.toHaveProperty('stop');
  });
});
