import type { ClusterRecord } from '@accord/proto/cluster';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePolicy } from '../policy/compile-policy.ts';
import { exampleCluster } from '../policy/example-policies.ts';
import type { Policy } from '../policy/lay-out.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import { compileGrants, type PolicyGrant } from './compile-grants.ts';
import { addGroup, clustersOf, groupByGrants, type GrantRows } from './grant-rows.ts';
import { endingGrantsOf, renderGrant, type EndingGrant } from './grants-of.ts';

function policyOf(spec: object): Policy {
  const parsed = parsePolicy({ metadata: { name: 'p' }, spec });
  if (parsed.outcome === 'invalid') throw new TypeError(JSON.stringify(parsed.faults));
  return parsed;
}

const tell = ({ untilMs, ...grant }: EndingGrant): string => `${renderGrant(grant)}${untilMs === undefined ? '' : ` until ${untilMs}`}`;

/** As `compileGrants`, by compiling for this cluster alone. */
function alone(policy: Policy, cluster: ClusterRecord): readonly string[] {
  const compiled = compilePolicy(policy, cluster);
  return compiled.outcome === 'compiled' ? endingGrantsOf(compiled.objects).map(tell) : [];
}

function rowsOf(policy: Policy, clusters: readonly ClusterRecord[]): Record<string, readonly string[]> {
  const compiled = compileGrants(policy);
  const rows: GrantRows = new Map();
  const granting = clusters.map((cluster) => ({ name: cluster.name, grants: compiled.on(cluster), isApplied: false }));
  for (const group of groupByGrants(granting)) addGroup(rows, group, () => true);
  return Object.fromEntries([...rows].map(([grant, on]) => [tell(grant), clustersOf(on, clusters.length).names]));
}

const bound = (group: string, more: object = {}): object => ({ clusterRole: 'view', groups: [group], ...more });
const prod = (name: string): ClusterRecord => exampleCluster({}, name);
const dev = (name: string): ClusterRecord => exampleCluster({ env: 'dev' }, name);
const both = { clusterSelector: {} };

describe('rows of a policy', () => {
  test.each<[string, object, Record<string, readonly string[]>]>([
    ['equal grants are one row', { clusterBindings: [bound('team')] }, { 'Group team: ClusterRole view in the whole cluster': ['a', 'b'] }],
    [
      'an override makes another row where it selects',
      {
        clusterBindings: [bound('team')],
        overrides: [{ clusterSelector: { matchLabels: { env: 'dev' } }, patch: { clusterBindings: [bound('all')] } }],
      },
      { 'Group team: ClusterRole view in the whole cluster': ['a'], 'Group all: ClusterRole view in the whole cluster': ['b'] },
    ],
    [
      'what a template reads makes another row; what is the same beside it stays one',
      { clusterBindings: [bound('of-${cluster.name}'), { ...bound('all'), clusterRole: 'reader' }] },
      {
        'Group of-a: ClusterRole view in the whole cluster': ['a'],
        'Group of-b: ClusterRole view in the whole cluster': ['b'],
        'Group all: ClusterRole reader in the whole cluster': ['a', 'b'],
      },
    ],
    ['where it cannot be compiled it gives nothing', { clusterBindings: [bound('${cluster.labels.none}')] }, {}],
    [
      'for a time and for good are two',
      { namespaces: [{ name: 'n', bindings: [bound('team', { until: '2030-01-01T00:00:00Z' })] }], clusterBindings: [bound('team')] },
      {
        'Group team: ClusterRole view in n until 1893456000000': ['a', 'b'],
        'Group team: ClusterRole view in the whole cluster': ['a', 'b'],
      },
    ],
  ])('%s', (_claim, spec, rows) => {
    expect(rowsOf(policyOf({ ...both, ...spec }), [prod('a'), dev('b')])).toEqual(rows);
  });

  test('are compiled once for clusters that are the same to the policy', () => {
    const compiled = compileGrants(policyOf({ ...both, clusterBindings: [bound('${cluster.labels.env}')] }));
    const lists = [prod('a'), prod('b'), dev('c')].map((cluster) => compiled.on(cluster));
    expect([lists[0] === lists[1], lists[0] === lists[2], compiled.size]).toEqual([true, false, 2 + 2]);
  });

  test('share a list where what differs is no grant', () => {
    const configMaps = [{ name: 'c', data: { at: '${cluster.name}' } }];
    const compiled = compileGrants(policyOf({ ...both, namespaces: [{ name: 'n', configMaps, bindings: [bound('team')] }] }));
    expect([compiled.on(prod('a')) === compiled.on(prod('b')), compiled.size]).toEqual([true, 2 + 1]);
  });
});

const words = [
  'team',
  '${cluster.name}',
  'x-${cluster.labels.env}',
  '${cluster.labels.tier:-low}',
  '${cluster.labels.tier}',
  '$${cluster.name}',
];
const group = fc.constantFrom(...words, '${cluster.region:-${cluster.name}', '${cluster.provider:-none}');
const bindings = fc.uniqueArray(
  fc.record({ clusterRole: fc.constantFrom('view', 'reader', 'auditor'), groups: fc.uniqueArray(group, { minLength: 1, maxLength: 2 }) }),
  { maxLength: 3, selector: ({ clusterRole }) => clusterRole },
);
const parts = fc.record(
  { clusterBindings: bindings, namespaces: bindings.map((inside) => [{ name: 'n-${cluster.labels.env}', bindings: inside }]) },
  { requiredKeys: [] },
);
const selector = fc.constantFrom(
  {},
  { matchLabels: { env: 'dev' } },
  { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] },
  { matchLabels: { 'accord.dev/name': 'a' } },
);
const overrides = fc.array(fc.record({ clusterSelector: selector, patch: parts }), { maxLength: 3 });
const spec = fc.record({ own: parts, overrides }).map(({ own, overrides: others }) => ({ ...both, ...own, overrides: others }));
const cluster = fc
  .record({
    name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    labels: fc.record({ env: fc.constantFrom('dev', 'prod'), tier: fc.constantFrom('low', '', 'high') }, { requiredKeys: ['env'] }),
    about: fc.record({ region: fc.constantFrom('eu', ''), provider: fc.constantFrom('x') }, { requiredKeys: [] }),
  })
  .map(({ name, labels, about }): ClusterRecord => ({ ...exampleCluster(labels, name), spec: { mode: 'Enforce', ...about } }));

/** A text that a policy may not have is refused where it is written, and says nothing here. */
const policies = spec.filter((one) => parsePolicy({ metadata: { name: 'p' }, spec: one }).outcome === 'parsed').map(policyOf);

describe('property: a policy compiled for many clusters', () => {
  test('gives on each what it gives when it is compiled for that one alone', () => {
    let granted = 0;
    fc.assert(
      fc.property(policies, fc.array(cluster, { maxLength: 12 }), (policy, clusters) => {
        const compiled = compileGrants(policy);
        const together = clusters.map((one) => compiled.on(one).map((grant: PolicyGrant) => tell(grant)));
        expect(together).toEqual(clusters.map((one) => alone(policy, one)));
        granted += together.flat().length;
      }),
      { seed: 1, numRuns: 200 },
    );
    expect(granted).toBeGreaterThan(500);
  });

  test('has in the row of each grant the clusters that have it, and no others', () => {
    fc.assert(
      fc.property(policies, fc.uniqueArray(cluster, { selector: ({ name }) => name }), (policy, clusters) => {
        const pairs = clusters.flatMap((one) => alone(policy, one).map((grant): [string, string] => [grant, one.name]));
        const expected = Map.groupBy(pairs, ([grant]) => grant);
        expect(rowsOf(policy, clusters)).toEqual(
          Object.fromEntries([...expected].map(([grant, of]) => [grant, of.map(([, name]) => name).toSorted()])),
        );
      }),
      { seed: 2, numRuns: 200 },
    );
  });
});
