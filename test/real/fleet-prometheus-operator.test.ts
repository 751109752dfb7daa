import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { JsonObject } from '@accord/proto/canonical';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { FleetFixture, until } from './fleet-fixture.ts';
import { manifestsRole } from './kind-examples.ts';

// An operator that others wrote, as its maintainers ship it in a Go module: ten definitions, a role with wildcards that reads Secrets,
// a Deployment, and an object of a kind that it defines. Nothing of it is changed but who may be at which place in a policy.
const upstream = {
  module: 'github.com/prometheus-operator/prometheus-operator@v0.85.0',
  sum: 'h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=',
};
const cluster = 'prod-1';
const operator = 'prometheus-operator';

let it: FleetFixture;
let policies: ReadonlyMap<string, JsonObject>;
beforeAll(async () => {
  const dir = await download();
  policies = policiesOf(
    await manifestsIn(join(dir, 'example/prometheus-operator-crd')),
    await manifestsIn(join(dir, 'example/rbac', operator)),
  );
  it = await FleetFixture.start([{ name: cluster, labels: { env: 'prod' } }]);
}, 300_000);
afterAll(() => it.stop());

async function download(): Promise<string> {
  const { stdout } = await promisify(execFile)('go', ['mod', 'download', '-json', upstream.module], { cwd: tmpdir(), maxBuffer: 1 << 20 });
  const { Dir, Sum } = JSON.parse(stdout) as { readonly Dir: string; readonly Sum: string };
  expect(Sum).toBe(upstream.sum);
  return Dir;
}

async function manifestsIn(dir: string): Promise<readonly JsonObject[]> {
  const files = (await readdir(dir)).filter((file) => file.endsWith('.yaml')).toSorted();
  return Promise.all(files.map(async (file) => parse(await readFile(join(dir, file), 'utf8')) as JsonObject));
}

/** A definition each, because all of them together are more than a policy may hold; and all the rest, which waits for them. */
function policiesOf(definitions: readonly JsonObject[], rest: readonly JsonObject[]): ReadonlyMap<string, JsonObject> {
  const objects = (manifests: readonly JsonObject[]) => manifests.map((manifest, at) => ({ id: `o${at}`, manifest }));
  const ofDefinitions = definitions.map((definition): [string, JsonObject] => {
    const { names } = definition['spec'] as { readonly names: { readonly plural: string } };
    return [`crd-${names.plural}`, { clusterSelector: {}, objects: objects([definition]) }];
  });
  const dependsOn = ofDefinitions.map(([name]) => name);
  const spec = { clusterSelector: {}, acknowledgeRisks: ['Wildcard', 'SecretAccess'], dependsOn, objects: objects(rest) };
  return new Map([...ofDefinitions, [operator, spec]]);
}

/** What the owner of the cluster has to allow, and nothing more. */
async function allow(): Promise<void> {
  await it.kubectl(cluster, 'label', 'namespace', 'default', 'accord.dev/allow=true');
  const guardrail = { apiVersion: 'accord.dev/v1alpha1', kind: 'Guardrail', metadata: { name: 'default' } };
  await it.kube(cluster, 'POST', '/apis/accord.dev/v1alpha1/guardrails', {
    ...guardrail,
    spec: { allowRisks: ['Wildcard', 'SecretAccess'] },
  });
  const role = manifestsRole('what-the-operator-takes', {
    ...{ '': ['services'], apps: ['deployments'], 'apiextensions.k8s.io': ['customresourcedefinitions'] },
    'monitoring.coreos.com': ['servicemonitors'],
  });
  await it.kube(cluster, 'POST', '/apis/rbac.authorization.k8s.io/v1/clusterroles', role);
  const account = '--serviceaccount=accord-system:accord-spoke';
  await it.kubectl(cluster, 'create', 'clusterrolebinding', 'accord-spoke-rbacadmin', '--clusterrole=accord-spoke-rbacadmin', account);
}

async function establishedKinds(): Promise<number> {
  const { body } = await it.kube(cluster, 'GET', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions?labelSelector=accord.dev/policy');
  const { items } = body as { readonly items: readonly { readonly status: { readonly conditions?: readonly Condition[] } }[] };
  return items.filter(({ status }) => status.conditions?.some(({ type, status: is }) => type === 'Established' && is === 'True')).length;
}

interface Condition {
  readonly type: string;
  readonly status: string;
}

async function put(description: string): Promise<void> {
  const revisions = new Map<string, number>();
  for (const [name, spec] of policies) revisions.set(name, await it.put(name, { ...spec, description }));
  for (const [name, revision] of revisions) await it.untilApplied(name, revision, [cluster]);
}

test('it is refused until the owner of the cluster takes its risks, and then all of it is installed', { timeout: 240_000 }, async () => {
  await it.put(operator, policies.get(operator));
  await until('its risks are refused', async () => {
    const [row] = await it.rows(operator);
    return row?.state === 'Refused' && row.sentence.includes('Wildcard') && row.sentence.includes('SecretAccess');
  });
  await allow();
  await put('As shipped');
  await until('all ten kinds are served', async () => (await establishedKinds()) === 10);
  expect(await it.kubectl(cluster, 'get', 'servicemonitors.monitoring.coreos.com', '-n', 'default', '-o', 'name')).toContain(operator);
  const verbs = await it.kubectl(cluster, 'get', 'clusterrole', operator, '-o', 'jsonpath={.rules[0].verbs}');
  expect(verbs).toBe('["*"]');
});

test('the same again, also by a spoke that was killed, writes nothing', { timeout: 240_000 }, async () => {
  const kinds = 'customresourcedefinitions,clusterroles,clusterrolebindings,serviceaccounts,services,deployments,servicemonitors';
  const versions = 'jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.resourceVersion}{"\\n"}{end}';
  const read = () => it.kubectl(cluster, 'get', kinds, '-A', '-l', 'accord.dev/policy', '-o', versions);
  const before = await read();
  expect(before.trim().split('\n')).toHaveLength(16);
  await put('The same');
  await it.fleet.killSpoke(cluster);
  await it.fleet.startSpoke(cluster);
  await put('The same again');
  expect(await read()).toBe(before);
});
