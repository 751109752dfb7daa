import { readFileSync } from 'node:fs';
import { runHere } from '@accord/cli/scripted-hub';
import { compilePolicy } from '@accord/core/policy/compile-policy';
import type { CompiledObject } from '@accord/core/policy/compile-object';
import { parsePolicySpec } from '@accord/core/policy/parse-policy';
import { diffObject } from '@accord/core/drift/diff-object';
import type { JsonObject } from '@accord/proto/canonical';
import { objectKey, type PolicyName } from '@accord/proto/ids';
import { ownerLabel } from '@accord/proto/labels';
import type { SealedSecret } from '@accord/proto/sealed-secret';
import { forEachLimited } from '@accord/runtime/for-each-limited';
import { objectPath } from '@accord/spoke/kube/object-path';
import { secretKind } from '@accord/spoke/kube/own-kinds';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';
import { definition, examplesOf, kinds, manifestsRole } from './kind-examples.ts';
import { editAndHeal, editsOf, leavesOf, type EditOutcome } from './leaf-edits.ts';

const policy = 'kinds' as PolicyName;
/** Six heals of one object in quick succession are a fight, which the spoke slows down on purpose. */
const editsPerObject = 4;
const copies = 12;

let it: FleetFixture;
let compiled: readonly CompiledObject[];
beforeAll(async () => {
  it = await FleetFixture.start([{ name: 'dev-1', labels: { env: 'dev' } }]);
  const role = manifestsRole('kinds-of-tests', {
    ...{ '': ['services'], apps: ['deployments'] },
    ...{ 'apiextensions.k8s.io': ['customresourcedefinitions'], 'kinds.example.com': ['gadgets'] },
  });
  await it.kube('dev-1', 'POST', '/apis/rbac.authorization.k8s.io/v1/clusterroles', role);
  const manifests = [definition('kinds.example.com', 'Gadget'), ...Array.from({ length: copies }, (_, at) => examplesOf(at)).flat()];
  const spec = { clusterSelector: {}, objects: manifests.map((manifest, at) => ({ id: `o${at}`, manifest })) };
  compiled = compile(spec);
  await it.untilApplied(policy, await it.put(policy, spec), ['dev-1']);
});
afterAll(() => it.stop());

/** As the spoke does, so that the leaves are those that it applies. */
function compile(spec: JsonObject): readonly CompiledObject[] {
  const parsed = parsePolicySpec(spec);
  if (parsed.outcome === 'invalid') throw new Error(JSON.stringify(parsed.faults));
  const result = compilePolicy({ name: policy, spec: parsed.spec }, { name: 'dev-1', labels: {}, spec: {} } as never);
  if (result.outcome === 'failed') throw new Error(JSON.stringify(result.faults));
  return result.objects;
}

/** The role of a binding never changes, and a subject is nothing without its name and kind. */
const bindingEdits: readonly string[] = [
  'refused: changed /roleRef/apiGroup',
  'refused: changed /roleRef/kind',
  'refused: changed /roleRef/name',
  'refused: changed /subjects/0/apiGroup',
  'refused: removed /roleRef/kind',
  'refused: removed /roleRef/name',
  'refused: removed /subjects/0/kind',
  'refused: removed /subjects/0/name',
  'refused: removed /subjects/1/kind',
  'refused: removed /subjects/1/name',
  'same: removed /roleRef/apiGroup',
  'same: removed /subjects/0/apiGroup',
];

/** Of each kind how many leaves it states, and the edits that are not healed, with the reason. */
const notHealed: Readonly<Record<string, { readonly leaves: number; readonly edits: readonly string[] }>> = {
  Namespace: { leaves: 4, edits: [] },
  ServiceAccount: { leaves: 4, edits: [] },
  ResourceQuota: { leaves: 5, edits: [] },
  LimitRange: { leaves: 7, edits: ['refused: changed /spec/limits/0/type', 'refused: removed /spec/limits/0/type'] },
  ConfigMap: { leaves: 5, edits: [] },
  // An empty list is not even stored, so that there is nothing to be taken away; TCP is the default.
  NetworkPolicy: { leaves: 9, edits: ['refused: removed /spec/egress', 'same: removed /spec/ingress/0/ports/0/protocol'] },
  Role: { leaves: 7, edits: ['refused: removed /rules/0/apiGroups/0'] },
  RoleBinding: { leaves: 11, edits: bindingEdits },
  ClusterRole: { leaves: 7, edits: ['refused: removed /rules/0/apiGroups/0'] },
  ClusterRoleBinding: { leaves: 11, edits: [...bindingEdits, 'refused: removed /subjects/1/namespace'].toSorted() },
  PriorityClass: {
    leaves: 5,
    edits: ['refused: changed /preemptionPolicy', 'refused: changed /value', 'refused: removed /value', 'same: removed /preemptionPolicy'],
  },
  PodDisruptionBudget: { leaves: 5, edits: ['refused: changed /spec/unhealthyPodEvictionPolicy'] },
  // All that there is of a reference to a pull secret is its key: whether it is another one nobody can tell.
  Deployment: {
    leaves: 23,
    edits: [
      'beside: changed /spec/template/spec/imagePullSecrets/0/name',
      'beside: removed /spec/template/spec/imagePullSecrets/0/name',
      'refused: changed /spec/selector/matchLabels/app',
      'refused: changed /spec/strategy/type',
      'refused: changed /spec/template/metadata/labels/app',
      'refused: removed /spec/selector/matchLabels/app',
      'refused: removed /spec/template/metadata/labels/app',
      'refused: removed /spec/template/spec/containers/0/env/0/name',
      'refused: removed /spec/template/spec/containers/0/image',
      'refused: removed /spec/template/spec/containers/0/name',
      'refused: removed /spec/template/spec/containers/0/ports/0/containerPort',
      'refused: removed /spec/template/spec/volumes/0/name',
      'same: changed /spec/template/spec/volumes/0/emptyDir',
      'same: removed /spec/strategy/type',
      'same: removed /spec/template/spec/serviceAccountName',
      'same: removed /spec/template/spec/volumes/0/emptyDir',
    ],
  },
  Service: {
    leaves: 9,
    edits: [
      'refused: changed /spec/sessionAffinity',
      'refused: removed /spec/ports/0/port',
      'same: removed /spec/ports/0/protocol',
      'same: removed /spec/sessionAffinity',
      'same: removed /spec/type',
    ],
  },
  CustomResourceDefinition: {
    leaves: 14,
    edits: [
      'refused: changed /spec/group',
      'refused: changed /spec/names/kind',
      'refused: changed /spec/names/plural',
      'refused: changed /spec/scope',
      'refused: changed /spec/versions/0/name',
      'refused: changed /spec/versions/0/schema/openAPIV3Schema/type',
      'refused: changed /spec/versions/0/storage',
      'refused: removed /spec/group',
      'refused: removed /spec/names/kind',
      'refused: removed /spec/names/plural',
      'refused: removed /spec/scope',
      'refused: removed /spec/versions/0/name',
      'refused: removed /spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/colour/type',
      'refused: removed /spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/size/type',
      'refused: removed /spec/versions/0/schema/openAPIV3Schema/properties/spec/type',
      'refused: removed /spec/versions/0/schema/openAPIV3Schema/type',
      'refused: removed /spec/versions/0/storage',
      'same: removed /spec/names/listKind',
      'same: removed /spec/names/singular',
    ],
  },
  Gadget: { leaves: 4, edits: [] },
};

test.each(kinds.map((kind) => [kind.kind, kind] as const))(
  '%s: each leaf that somebody changes or takes away comes back as it was',
  async (name, kind) => {
    const objects = compiled.filter((object) => object.kind === name && object.name !== 'gadgets.kinds.example.com');
    const outcomes = new Map<string, EditOutcome>();
    let leaves = 0;
    await forEachLimited([...objects.entries()], 4, async ([at, { key, namespace, name: called, manifest }]) => {
      const path = objectPath({ kind, namespace, name: called });
      expect(diffObject(manifest, (await it.kube('dev-1', 'GET', path)).body as JsonObject)).toEqual([]);
      const all = leavesOf(manifest, policy);
      leaves = all.length;
      // Copies differ in their names only, so that each edit is made on one of them.
      const edits = editsOf(all);
      expect(edits.length).toBeLessThanOrEqual(objects.length * editsPerObject);
      for (const edit of edits.filter((_, index) => index % objects.length === at))
        outcomes.set(`${edit.how} ${edit.leaf.pointer}`, await editAndHeal({ it, cluster: 'dev-1', policy, key, path, manifest }, edit));
    });
    const others = [...outcomes]
      .filter(([, outcome]) => outcome !== 'healed')
      .map(([edit, outcome]) => `${outcome}: ${edit}`)
      .toSorted();
    expect({ leaves, edits: others }).toEqual(notHealed[name]);
  },
  120_000,
);

test('Secret: each leaf of a sealed one comes back as it was', { timeout: 120_000 }, async () => {
  const sealed = 'sealed-kinds' as PolicyName;
  const env = {
    ACCORD_URL: it.fleet.hub.url,
    ACCORD_TOKEN: readFileSync(it.fleet.paths.adminToken, 'utf8').trim(),
    XDG_CONFIG_HOME: it.home,
  };
  const words = ['-n', sealed, '-c', 'dev-1', '-o', 'json', '--from-file', 'password=-'];
  const seal = async (name: string): Promise<SealedSecret> => {
    const { code, out, err } = await runHere(['seal', name, ...words], env, { stdin: 'open sesame' });
    if (code !== 0) throw new Error(err);
    return JSON.parse(out) as SealedSecret;
  };
  const names = ['db-0', 'db-1'];
  const sealedSecrets: SealedSecret[] = [];
  for (const name of names) sealedSecrets.push(await seal(name));
  await it.untilApplied(sealed, await it.put(sealed, { clusterSelector: {}, namespaces: [{ name: sealed, sealedSecrets }] }), ['dev-1']);
  const outcomes: string[] = [];
  for (const [at, name] of names.entries()) {
    const data = { password: Buffer.from('open sesame').toString('base64') };
    const manifest: JsonObject = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: sealed }, type: 'Opaque', data };
    const object = { it, cluster: 'dev-1', policy: sealed, key: objectKey('', 'Secret', sealed, name), manifest };
    const path = objectPath({ kind: secretKind, namespace: sealed, name });
    for (const edit of editsOf(leavesOf(manifest, sealed)).filter((_, index) => index % names.length === at))
      outcomes.push(`${await editAndHeal({ ...object, path }, edit)}: ${edit.how} ${edit.leaf.pointer}`);
  }
  const mark = `/metadata/labels/${ownerLabel.replace('/', '~1')}`;
  const healed = ['changed /data/password', `changed ${mark}`, 'removed /data/password'].map((edit) => `healed: ${edit}`);
  expect(outcomes.toSorted()).toEqual([...healed, 'refused: changed /type', 'same: removed /type'].toSorted());
});

test('an object that loses the mark of its policy is out of the hands of the spoke, and the row says so', async () => {
  const path = '/api/v1/namespaces/kinds-0/configmaps/example';
  const mark = (value: string | null) => it.kube('dev-1', 'PATCH', path, { metadata: { labels: { [ownerLabel]: value } } });
  await mark(null);
  const row = async () => (await it.rows(policy))[0];
  await until(
    'the row says so',
    async () => (await row())?.state === 'Blocked' && ((await row())?.sentence ?? '').includes('this object is not ours'),
  );
  await mark(policy);
  await until('it is applied again', async () => (await row())?.state === 'Applied');
});

const port = (name: string, number: number): JsonObject => ({ name, port: number, targetPort: 8080, protocol: 'TCP' });

test.each(['an update', 'a merge patch', 'a JSON patch'])(
  'a key that was changed by %s is turned back beside what others have added, and ours still goes with the policy',
  async (how) => {
    const name = how.replaceAll(' ', '-').toLowerCase();
    const path = `/api/v1/namespaces/kinds-0/services/${name}`;
    const stated = (...ports: readonly JsonObject[]): JsonObject => {
      const metadata = { name, namespace: 'kinds-0' };
      const manifest = { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: { app: 'web' }, ports: [...ports] } };
      return { clusterSelector: {}, objects: [{ id: 'service', manifest }] };
    };
    const live = async () => (await it.kube('dev-1', 'GET', path)).body as JsonObject & { readonly spec: { readonly ports: JsonObject[] } };
    const ports = async () => (await live()).spec.ports.map(({ name: of, port: number }) => `${String(of)} ${String(number)}`).toSorted();
    await it.untilApplied(name, await it.put(name, stated(port('http', 80), port('https', 443))), ['dev-1']);
    await it.edit('dev-1', 'somebody', path, [{ op: 'add', path: '/spec/ports/-', value: port('theirs', 90) }]);
    const changed = (await live()).spec.ports.map((of) => (of['port'] === 80 ? { ...of, port: 81 } : of));
    const edits: Readonly<Record<string, () => Promise<{ readonly status: number }>>> = {
      'an update': async () => it.kube('dev-1', 'PUT', path, { ...(await live()), spec: { ...(await live()).spec, ports: changed } }),
      'a merge patch': () => it.kube('dev-1', 'PATCH', path, { spec: { ports: changed } }),
      'a JSON patch': () => it.edit('dev-1', 'somebody', path, [{ op: 'replace', path: '/spec/ports', value: changed }]),
    };
    expect((await edits[how]?.())?.status).toBe(200);
    await until('ours is back', async () => (await ports()).join() === 'http 80,https 443,theirs 90');
    await it.untilApplied(name, await it.put(name, stated(port('https', 443))), ['dev-1']);
    expect(await ports()).toEqual(['https 443', 'theirs 90']);
  },
);
