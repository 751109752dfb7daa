import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { compilePolicy } from '../policy/compile-policy.ts';
import { exampleCluster, examplePolicies } from '../policy/example-policies.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import { grantsOf, renderGrant } from './grants-of.ts';

const each = `
namespaceSelector: {selector: {}}
objects:
- id: view
  eachNamespace: true
  manifest:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata: {name: view}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
    subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: auditors}]`;

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

  test('does not call a binding in each selected namespace one of the whole cluster', () => {
    const policy = parsePolicy({ metadata: { name: 'p' }, spec: parse(each) as unknown });
    const compiled = policy.outcome === 'parsed' ? compilePolicy(policy, exampleCluster()) : undefined;
    const objects = compiled?.outcome === 'compiled' ? compiled.objects : [];
    expect(grantsOf(objects).map(renderGrant)).toEqual(['Group auditors: ClusterRole view in each selected namespace']);
  });

  test('names what holds in the whole cluster', () => {
    expect(grants('platform-baseline')).toEqual([
      'Group auditors: ClusterRole view in the whole cluster',
      'Group support-l1: ClusterRole accord-support in the whole cluster',
      'Group support-l2: ClusterRole accord-support in the whole cluster',
      'ServiceAccount ops/reporter: ClusterRole view in the whole cluster',
    ]);
  });

  test('gives nothing by a binding that must not be there', () => {
    const spec = parse(
      each.replace('eachNamespace: true', 'mode: MustNotExist').replace('{name: view}', '{name: view, namespace: n}'),
    ) as object;
    const policy = parsePolicy({ metadata: { name: 'p' }, spec });
    const compiled = policy.outcome === 'parsed' ? compilePolicy(policy, exampleCluster()) : undefined;
    const objects = compiled?.outcome === 'compiled' ? compiled.objects : [];
    expect([objects.length, grantsOf(objects)]).toEqual([1, []]);
  });
});
