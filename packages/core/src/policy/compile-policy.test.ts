import fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '@accord/proto/canonical';
import type { ClusterRecord } from '@accord/proto/cluster';
import { compilePolicy, type Compiled } from './compile-policy.ts';
import { exampleCluster, examplePolicies } from './example-policies.ts';
import { renderFault } from './fault.ts';
import { lintPolicy } from './lint.ts';
import { parsePolicy } from './parse-policy.ts';
import { policyBody } from './policy-body.ts';

function compile(spec: unknown, cluster: ClusterRecord = exampleCluster(), name = 'p'): Compiled {
  const parsed = parsePolicy({ metadata: { name }, spec });
  if (parsed.outcome === 'invalid') throw new Error(parsed.faults.map(renderFault).join('\n'));
  return compilePolicy(parsed, cluster);
}

/** One line per object. */
function render(compiled: Compiled): string[] {
  if (compiled.outcome === 'failed') return compiled.faults.map(renderFault);
  return compiled.objects.map(({ stage, order, key, deletion }) => `${stage}${order === 0 ? '' : `/${order}`} ${key} ${deletion}`);
}

function manifests(compiled: Compiled): Record<string, unknown> {
  if (compiled.outcome === 'failed') throw new Error(render(compiled).join('\n'));
  return Object.fromEntries(compiled.objects.map(({ kind, name, manifest }) => [`${kind} ${name}`, manifest]));
}

describe('compilePolicy', () => {
  test('typed parts become objects in stages; a namespace is given back unless the policy says otherwise', () => {
    const [, document] = examplePolicies.find(([name]) => name === 'team-payments') ?? [];
    const { spec } = document as { spec: unknown };
    expect(render(compile(spec, exampleCluster(), 'team-payments'))).toEqual([
      '2 /Namespace//payments retain',
      '3 /ServiceAccount/payments/deployer prune',
      '3 rbac.authorization.k8s.io/Role/payments/deployer prune',
      '4 rbac.authorization.k8s.io/RoleBinding/payments/accord:team-payments:deployer prune',
      '4 rbac.authorization.k8s.io/RoleBinding/payments/accord:team-payments:edit prune',
      '4 rbac.authorization.k8s.io/RoleBinding/payments/accord:team-payments:view prune',
      '5 /ResourceQuota/payments/accord-team-payments prune',
      '5 /LimitRange/payments/accord-team-payments prune',
      '5 networking.k8s.io/NetworkPolicy/payments/default-deny prune',
      '5 networking.k8s.io/NetworkPolicy/payments/allow-dns prune',
      '5 /ConfigMap/payments/settings prune',
    ]);
  });

  test('a whole policy reads as these objects', () => {
    const [, document] = examplePolicies.find(([name]) => name === 'platform-baseline') ?? [];
    expect(manifests(compile((document as { spec: unknown }).spec, exampleCluster(), 'platform-baseline'))).toEqual(
      parse(`
Namespace ops:
  apiVersion: v1
  kind: Namespace
  metadata:
    name: ops
    labels:
      owner: platform
      cluster: prod-eu-1
      pod-security.kubernetes.io/enforce: restricted
      pod-security.kubernetes.io/enforce-version: latest
      pod-security.kubernetes.io/warn: restricted
      pod-security.kubernetes.io/warn-version: latest
ServiceAccount reporter: {apiVersion: v1, kind: ServiceAccount, metadata: {name: reporter, namespace: ops}}
ConfigMap cluster-info:
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: cluster-info, namespace: ops}
  data: {name: prod-eu-1, region: eu-west-1, tier: standard}
ClusterRole accord-support:
  apiVersion: rbac.authorization.k8s.io/v1
  kind: ClusterRole
  metadata: {name: accord-support, labels: {accord.dev/audience: support}}
  rules: [{apiGroups: [""], resources: [pods, pods/log, events], verbs: [get, list, watch]}]
ClusterRoleBinding accord:platform-baseline:accord-support:
  apiVersion: rbac.authorization.k8s.io/v1
  kind: ClusterRoleBinding
  metadata: {name: "accord:platform-baseline:accord-support"}
  roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: accord-support}
  subjects:
  - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: support-l1}
  - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: support-l2}
ClusterRoleBinding accord:platform-baseline:view:
  apiVersion: rbac.authorization.k8s.io/v1
  kind: ClusterRoleBinding
  metadata: {name: "accord:platform-baseline:view"}
  roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
  subjects:
  - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: auditors}
  - {kind: ServiceAccount, namespace: ops, name: reporter}
`),
    );
  });

  test('manifests keep their order and their own word on deletion', () => {
    const object = (id: string, rest: object): object => ({
      id,
      manifest: { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: id }, value: 1 },
      ...rest,
    });
    expect(render(compile({ objects: [object('a', { order: 5 }), object('b', { deletion: 'Retain', order: -1 })] }))).toEqual([
      '6/5 scheduling.k8s.io/PriorityClass//a prune',
      '6/-1 scheduling.k8s.io/PriorityClass//b retain',
    ]);
  });

  test('prune: None gives everything back', () => {
    expect(render(compile({ prune: 'None', namespaces: [{ name: 'n', configMaps: [{ name: 'c' }] }] }))).toEqual([
      '2 /Namespace//n retain',
      '5 /ConfigMap/n/c retain',
    ]);
  });

  test('a namespace written as a manifest is given back as well', () => {
    const manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } };
    expect(render(compile({ objects: [{ id: 'n', manifest, deletion: 'Prune' }] }))).toEqual(['2 /Namespace//n retain']);
  });

  test('names are checked after expansion', () => {
    const spec = { namespaces: [{ name: 'team-${cluster.labels.team}' }] };
    expect(render(compile(spec, exampleCluster({ team: 'a' })))).toEqual(['2 /Namespace//team-a retain']);
    expect(render(compile(spec, exampleCluster({ team: 'A_b' })))).toEqual([
      'InvalidValue spec.namespaces[0].name: "team-A_b" is not accepted: must be a DNS label, where templates may stand.',
    ]);
    expect(render(compile(spec))).toEqual([
      'Template spec.namespaces[0].name: ${cluster.labels.team} has no value: cluster prod-eu-1 has no label team. Set it, or write a default as ${cluster.labels.team:-default}. Correct the template; $${cluster. writes the text itself.',
    ]);
  });

  test('what only an expansion reveals is refused on that cluster', () => {
    const spec = { clusterBindings: [{ clusterRole: '${cluster.labels.role}', groups: ['ops'] }] };
    expect(render(compile(spec, exampleCluster({ role: 'view' })))).toEqual([
      '4 rbac.authorization.k8s.io/ClusterRoleBinding//accord:p:view prune',
    ]);
    expect(render(compile(spec, exampleCluster({ role: 'cluster-admin' })))[0]).toContain(
      'ClusterAdmin spec.clusterBindings[0].clusterRole',
    );
  });

  test('two names that become one through expansion are refused', () => {
    const spec = { namespaces: [{ name: 'n', configMaps: [{ name: 'prod-eu-1' }, { name: '${cluster.name}' }] }] };
    expect(render(compile(spec))).toEqual([
      'DuplicateObject spec.namespaces[0].configMaps[1].name: ConfigMap n/prod-eu-1 is already at spec.namespaces[0].configMaps[0]. Keep one of them.',
    ]);
  });

  test('a conversion that makes the wrong type is refused with its path', () => {
    const spec = { namespaces: [{ name: 'n', labels: { size: '${cluster.labels.size | int}' } }] };
    expect(render(compile(spec, exampleCluster({ size: '3' })))).toEqual([
      'WrongType spec.namespaces[0].labels.size: This is a number; wanted: text. Put it in quotes: "3".',
    ]);
  });

  test('a quota may differ by cluster', () => {
    const spec = {
      namespaces: [
        { name: 'n', quota: { hard: { pods: '${cluster.labels.pods:-10 | int}', 'requests.memory': '${cluster.labels.mem:-1024Mi}' } } },
      ],
    };
    expect(manifests(compile(spec))['ResourceQuota accord-p']).toMatchObject({ spec: { hard: { pods: '10', 'requests.memory': '1Gi' } } });
    expect(render(compile(spec, exampleCluster({ mem: 'lots' })))).toEqual([
      'InvalidValue spec.namespaces[0].quota.hard["requests.memory"]: "lots" is no quantity. Write it like 500m, 2, 64Mi or 10Gi.',
    ]);
  });
});

describe('the example policies', () => {
  test.each(examplePolicies)('%s parses, lints clean and compiles', (_name, document) => {
    const policy = parsePolicy(document);
    if (policy.outcome === 'invalid') throw new Error(policy.faults.map(renderFault).join('\n'));
    expect(lintPolicy(policy).faults).toEqual([]);
    expect(compilePolicy(policy, exampleCluster()).outcome).toBe('compiled');
  });

  test('parsing the stored body again does not change it, and so no digest', () => {
    for (const [, document] of examplePolicies) {
      const policy = parsePolicy(document);
      if (policy.outcome === 'invalid') throw new Error('invalid');
      const again = parsePolicy(JSON.parse(new TextDecoder().decode(policyBody(policy))));
      if (again.outcome === 'invalid') throw new Error('invalid');
      expect(policyBody(again)).toEqual(policyBody(policy));
    }
  });

  test('property: compiling is deterministic, whatever the order of fields in the input', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...examplePolicies.map(([, document]) => document)),
        fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
        (document, seeds) => {
          const a = parsePolicy(document);
          const b = parsePolicy(shuffleFields(document, seeds));
          if (a.outcome === 'invalid' || b.outcome === 'invalid') throw new Error('invalid');
          const { compiled, again } = { compiled: compilePolicy(a, exampleCluster()), again: compilePolicy(b, exampleCluster()) };
          expect(canonicalJson(again)).toBe(canonicalJson(compiled));
        },
      ),
    );
  });
});

describe('what is written as it was', () => {
  const parsed = (document: unknown) => {
    const policy = parsePolicy(document);
    if (policy.outcome === 'invalid') throw new Error(policy.faults.map(renderFault).join('\n'));
    return policy;
  };
  const objectsOf = (compiled: Compiled) => (compiled.outcome === 'compiled' ? compiled.objects : []);
  const documents = examplePolicies.map(([, document]) => document);

  test('property: with the objects of any other revision known, and for another cluster, a policy compiles to the same', () => {
    const clusters = fc.constantFrom(exampleCluster(), exampleCluster({ region: 'mars' }), exampleCluster({}, 'other'));
    fc.assert(
      fc.property(fc.constantFrom(...documents), fc.constantFrom(...documents), clusters, clusters, (a, b, here, there) => {
        const known = [a, b].flatMap((document) => objectsOf(compilePolicy(parsed(document), there)));
        expect(compilePolicy(parsed(a), here, known)).toEqual(compilePolicy(parsed(a), here));
      }),
    );
  });

  test('is the same object, and only what was changed is another', () => {
    const spec = (value: string) => ({
      clusterSelector: {},
      namespaces: [
        {
          name: 'team',
          configMaps: [
            { name: 'a', data: { k: '1' } },
            { name: 'b', data: { k: value } },
          ],
        },
      ],
    });
    const first = objectsOf(compile(spec('1')));
    const second = objectsOf(compilePolicy(parsed({ metadata: { name: 'p' }, spec: spec('2') }), exampleCluster(), first));
    expect(second.map((object) => first.includes(object))).toEqual([true, true, false]);
  });

  test('is refused again when what it risks is not acknowledged any more', () => {
    const manifest = {
      ...{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'all' } },
      rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['get'] }],
    };
    const spec = { clusterSelector: {}, objects: [{ id: 'a', manifest }] };
    const accepted = compile({ ...spec, acknowledgeRisks: ['Wildcard', 'SecretAccess'] });
    expect(accepted.outcome).toBe('compiled');
    const refused = compilePolicy(parsed({ metadata: { name: 'p' }, spec }), exampleCluster(), objectsOf(accepted));
    expect(render(refused).join()).toContain('Wildcard');
  });
});

function shuffleFields(value: unknown, seeds: readonly number[]): unknown {
  if (Array.isArray(value)) return value.map((element) => shuffleFields(element, seeds));
  if (typeof value !== 'object' || value === null) return value;
  const rank = (key: string): number => ((seeds[key.length % seeds.length] ?? 0) * 31 + (key.codePointAt(0) ?? 0)) % 101;
  const entries = Object.entries(value).toSorted(([a], [b]) => rank(a) - rank(b));
  return Object.fromEntries(entries.map(([key, member]) => [key, shuffleFields(member, seeds)]));
}
