import { parsePolicySpec } from '@accord/core/policy/parse-policy';
import { canonicalJson, type JsonObject } from '@accord/proto/canonical';
import type { PolicyName } from '@accord/proto/ids';
import { policyRef } from '@accord/spoke/mirror/mirror-store';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startKubeWorld, type RealKubeWorld } from './kube-world.ts';

let world: RealKubeWorld;
beforeAll(async () => {
  world = await startKubeWorld();
});
afterAll(() => world.close());

const never = new AbortController().signal;
const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,6}[a-z0-9])?$/);
/** Whatever a text may hold, but for what no policy gets past the hub with: lone surrogates. */
const text = fc.string({ unit: 'binary', maxLength: 12 });
const amount = fc.oneof(fc.integer({ min: 0, max: 1e9 }), fc.constantFrom('1', '500m', '1.5', '1Gi', '${cluster.labels.size}'));
const some = <T>(value: fc.Arbitrary<T>, maxLength = 3): fc.Arbitrary<T[]> => fc.array(value, { maxLength });
const named = <T extends object>(record: fc.Arbitrary<T>): fc.Arbitrary<(T & { name: string })[]> =>
  fc
    .uniqueArray(fc.tuple(name, record), { maxLength: 3, selector: ([key]) => key })
    .map((all) => all.map(([key, rest]) => ({ name: key, ...rest })));
const free = fc.dictionary(
  name,
  fc.jsonValue({ maxDepth: 2 }).filter((value) => value !== null),
  { maxKeys: 3 },
);
const labels = fc.dictionary(name, fc.oneof(name, fc.constant('')), { maxKeys: 3 });
const rule = fc.record({ apiGroups: some(name), resources: some(name), verbs: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }) });
const subjects = { users: fc.uniqueArray(name, { maxLength: 3 }), groups: fc.uniqueArray(name, { maxLength: 3 }) };
const optional = { requiredKeys: [] as [] };
const namespace = fc.record(
  {
    labels,
    annotations: fc.dictionary(name, text, { maxKeys: 3 }),
    podSecurity: fc.record({ enforce: fc.constantFrom('baseline', 'restricted'), version: fc.constantFrom('latest', 'v1.36') }, optional),
    roles: named(fc.record({ rules: some(rule) })),
    quota: fc.record({ hard: fc.dictionary(name, amount, { minKeys: 1, maxKeys: 3 }) }),
    configMaps: named(fc.record({ data: fc.dictionary(name, text, { maxKeys: 3 }) }, optional)),
    networkPolicies: named(fc.record({ spec: free })),
    serviceAccounts: named(fc.constant({})),
  },
  optional,
);
const expression = fc.record({
  key: name,
  operator: fc.constantFrom('In', 'NotIn'),
  values: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
});
const object = fc.record({
  apiVersion: fc.constantFrom('v1', 'apps/v1'),
  kind: fc.constant('Thing'),
  metadata: fc.record({ name }),
  spec: free,
});
const spec = fc.record(
  {
    description: text,
    severity: fc.constantFrom('Low', 'Critical'),
    standards: fc.uniqueArray(name, { maxLength: 3 }),
    priority: fc.integer({ min: 0, max: 1000 }),
    suspended: fc.boolean(),
    conflicts: fc.record({ policy: fc.constantFrom('Force', 'Fail'), yieldTo: fc.uniqueArray(name, { maxLength: 3 }) }, optional),
    clusterSelector: fc.record({ matchLabels: labels, matchExpressions: some(expression) }, optional),
    clusterRoles: named(fc.record({ rules: some(rule) })),
    clusterBindings: fc.uniqueArray(fc.record({ clusterRole: name, ...subjects }), {
      maxLength: 3,
      selector: ({ clusterRole }) => clusterRole,
    }),
    namespaces: named(namespace),
    objects: fc
      .uniqueArray(fc.tuple(name, object, fc.integer({ min: -100, max: 100 })), { maxLength: 3, selector: ([id]) => id })
      .map((all) => all.map(([id, manifest, order]) => ({ id, manifest, order }))),
    dependsOn: fc.uniqueArray(name, { maxLength: 3 }),
    overrides: some(fc.record({ clusterSelector: fc.constant({}), patch: fc.record({ namespaces: named(namespace) }) }), 2),
    acknowledgeRisks: fc.subarray(['Wildcard', 'SecretAccess']),
  },
  optional,
);

test('property: every spec that the hub takes comes back from its mirror byte by byte', { timeout: 120_000 }, async () => {
  let revision = 0;
  const mirror = policyRef('mirrored' as PolicyName);
  await fc.assert(
    fc.asyncProperty(spec, async (written) => {
      const parsed = parsePolicySpec(written);
      fc.pre(parsed.outcome === 'parsed');
      if (parsed.outcome !== 'parsed') return;
      revision += 1;
      const body = {
        apiVersion: 'accord.dev/v1alpha1',
        kind: 'ClusterPolicy',
        metadata: { name: mirror.name },
        spec: { ...(parsed.spec as JsonObject), epoch: 1, revision },
      };
      const answer = await world.kube.apply(mirror, body, {}, never);
      expect('meta' in answer ? answer.outcome : answer).toBe(revision === 1 ? 'created' : 'changed');
      const back = await world.kube.get(mirror, never);
      expect(canonicalJson(back?.['spec'] ?? null)).toBe(canonicalJson(body.spec));
    }),
    { numRuns: 150 },
  );
});
