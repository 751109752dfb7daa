import { describe, expect, test } from 'vitest';
import { compilePolicy } from '../policy/compile-policy.ts';
import { exampleCluster, examplePolicies } from '../policy/example-policies.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import { grantsOf, renderGrant } from './grants-of.ts';

function grants(name: string): string[] {
  const policy = parsePolicy(examplePolicies.find(([known]) => known === name)?.[1]);
  const compiled = policy.outcome === 'parsed' ? compilePolicy(policy, exampleCluster()) : undefined;
  return compiled?.outcome === 'compiled' ? grantsOf(compiled.objects).map(renderGrant) : ['failed'];
}

describe('grantsOf', () => {
  test('lists who gets which role where', () => {
    expect(grants('team-payments')).toEqual([
      'Group team-payments: ClusterRole edit in payments',
      'Group team-risk: ClusterRole view in payments',
      'ServiceAccount payments/deployer: Role deployer in payments',
      'User carol@example.net: ClusterRole view in payments',
    ]);
  });

  test('names what holds in the whole cluster', () => {
    expect(grants('platform-baseline')).toEqual([
      'Group auditors: ClusterRole view in the whole cluster',
      'Group support-l1: ClusterRole accord-support in the whole cluster',
      'Group support-l2: ClusterRole accord-support in the whole cluster',
      'ServiceAccount ops/reporter: ClusterRole view in the whole cluster',
    ]);
  });
});
