import type { Row } from '@accord/proto/api';
import type { JsonObject } from '@accord/proto/canonical';
import { objectPath } from '@accord/spoke/kube/object-path';
import { definitionKind } from '@accord/spoke/kube/own-kinds';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';
import { definition, manifestsRole } from './kind-examples.ts';

const cluster = 'dev-1';
const group = 'versions.example.com';
const kinds = ['Hammer', 'Saw', 'Drill'];
let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([{ name: cluster, labels: { env: 'dev' } }]);
  const role = manifestsRole('kinds-of-tests', { [group]: kinds.map(plural) });
  expect((await it.kube(cluster, 'POST', '/apis/rbac.authorization.k8s.io/v1/clusterroles', role)).status).toBe(201);
  for (const kind of kinds) await it.kube(cluster, 'POST', definitionsPath, versioned(kind, ['v1', 'v1alpha1']));
});
afterAll(() => it.stop());

const plural = (kind: string): string => `${kind.toLowerCase()}s`;
const definitionsPath = objectPath({ kind: definitionKind, namespace: undefined, name: '' }).replace(/\/$/, '');
const definitionPath = (kind: string): string =>
  objectPath({ kind: definitionKind, namespace: undefined, name: `${plural(kind)}.${group}` });
const toolPath = (kind: string, version: string): string =>
  objectPath({ kind: { group, version, kind, resource: plural(kind), namespaced: true }, namespace: kind.toLowerCase(), name: 'a' });

/** A definition that serves these versions; all of them are known to it, and objects are stored in `v1`. */
function versioned(kind: string, served: readonly string[]): JsonObject {
  const { spec, ...rest } = definition(group, kind) as { readonly spec: JsonObject };
  const [version] = spec['versions'] as readonly JsonObject[];
  const versions = ['v1', 'v1alpha1'].map((name) => ({ ...version, name, served: served.includes(name), storage: name === 'v1' }));
  return { ...rest, spec: { ...spec, versions } };
}

const serve = (kind: string, ...served: readonly string[]) =>
  it.kube(cluster, 'PATCH', definitionPath(kind), { spec: { versions: (versioned(kind, served)['spec'] as JsonObject)['versions'] } });
/** A policy with one tool, in this version. */
const put = (kind: string, version: string, size = 1, description = ''): Promise<number> =>
  it.put(kind.toLowerCase(), {
    ...{ clusterSelector: {}, description, namespaces: [{ name: kind.toLowerCase() }] },
    objects: [
      {
        id: 'a',
        manifest: { apiVersion: `${group}/${version}`, kind, metadata: { name: 'a', namespace: kind.toLowerCase() }, spec: { size } },
      },
    ],
  });

interface Live {
  readonly metadata: { readonly uid: string; readonly resourceVersion: string; readonly managedFields: readonly JsonObject[] };
  readonly spec?: { readonly size: number };
}
const live = async (kind: string, version: string) => (await it.kube(cluster, 'GET', toolPath(kind, version))).body as Live;
const row = async (kind: string): Promise<Row | undefined> => (await it.rows(kind.toLowerCase()))[0];
const untilSays = (kind: string, state: string, ...words: readonly string[]) =>
  until(`${kind} is ${state}: ${words.join(', ')}`, async () => {
    const { state: now, reportedRevision, revision, sentence = '' } = (await row(kind)) ?? {};
    return now === state && reportedRevision === revision && words.every((word) => sentence.includes(word));
  });
/** What the spoke keeps of itself, with the kinds that it watches. */
const watched = async (): Promise<string> =>
  JSON.stringify((await it.kube(cluster, 'GET', '/api/v1/namespaces/accord-system/configmaps/accord-spoke-state')).body);
const untilHealed = async (kind: string, version: string) => {
  await it.kube(cluster, 'PATCH', toolPath(kind, version), { spec: { size: 7 } });
  await until('the edit is healed', async () => (await live(kind, version)).spec?.size === 1);
};
/** Takes the policy away, and waits until both are gone. */
const untilGone = async (kind: string, version: string) => {
  await it.delete(kind.toLowerCase());
  await until('the policy is gone', async () => (await it.rows(kind.toLowerCase())).length === 0);
  expect(await it.status(cluster, toolPath(kind, version))).toBe(404);
};

test('an object goes on to the next version with its policy, is written once for that, healed there, and removed', async () => {
  await it.untilApplied('hammer', await put('Hammer', 'v1alpha1'), [cluster]);
  const before = await live('Hammer', 'v1');
  const revision = await put('Hammer', 'v1');
  await serve('Hammer', 'v1');
  await it.untilApplied('hammer', revision, [cluster]);
  await until('the old version is not served', async () => (await it.status(cluster, toolPath('Hammer', 'v1alpha1'))) === 404);
  await untilHealed('Hammer', 'v1');
  const after = await live('Hammer', 'v1');
  expect(after.metadata.uid).toBe(before.metadata.uid);
  expect(after.metadata.managedFields.filter(({ manager }) => manager === 'accord')).toMatchObject([
    { operation: 'Apply', apiVersion: `${group}/v1` },
  ]);
  // The spoke itself has gone on, which it does when the server has ended its watch.
  await until('it is watched in the new version', async () => (await watched()).includes(`${group}/v1 Hammer`));
  await untilHealed('Hammer', 'v1');
  const { resourceVersion } = (await live('Hammer', 'v1')).metadata;
  // What is in place is not sent again.
  await it.untilApplied('hammer', await put('Hammer', 'v1', 1, 'again'), [cluster]);
  expect((await live('Hammer', 'v1')).metadata.resourceVersion).toBe(resourceVersion);
  await untilGone('Hammer', 'v1');
});

test('a policy whose version is not served any more says so, keeps its object, and goes on when it is served again', async () => {
  await it.untilApplied('saw', await put('Saw', 'v1alpha1'), [cluster]);
  const { uid } = (await live('Saw', 'v1')).metadata;
  await serve('Saw', 'v1');
  await untilSays('Saw', 'Blocked', `does not serve ${group}/v1alpha1 Saw`);
  expect((await live('Saw', 'v1')).metadata.uid).toBe(uid);
  await serve('Saw', 'v1', 'v1alpha1');
  await untilSays('Saw', 'Applied');
  await untilHealed('Saw', 'v1');
  expect((await live('Saw', 'v1')).metadata.uid).toBe(uid);
  // It is watched in the other version by now, so that nothing ends with this one.
  await serve('Saw', 'v1');
  await untilSays('Saw', 'Blocked', `does not serve ${group}/v1alpha1 Saw`);
  await untilGone('Saw', 'v1');
});

test('what was applied in a version that is not served any more is removed with its policy', async () => {
  await it.untilApplied('drill', await put('Drill', 'v1alpha1'), [cluster]);
  await serve('Drill', 'v1');
  await untilSays('Drill', 'Blocked', `does not serve ${group}/v1alpha1 Drill`);
  await untilGone('Drill', 'v1');
});
