import type { Json, JsonObject } from '@accord/proto/canonical';
import { originAnnotation, ownerLabel } from '@accord/proto/labels';
import { expect, test } from 'vitest';
import { unreadiness } from '@accord/core/apply/readiness';
import { follow, never, object, ours, ref, render } from './contract-objects.ts';
import type { KubeWorld } from '../kube-contract.ts';
import type { ApplyAnswer, KindRef, ObjectMeta } from '../kube.ts';
import { clusterRoleKind, definitionKind } from '../own-kinds.ts';

const group = 'contract.example.com';
const gadgetKind: KindRef = { group, version: 'v1', kind: 'Gadget', resource: 'gadgets', namespaced: true };
const patient = { timeout: 20_000, interval: 20 };

const definition: JsonObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `gadgets.${group}`, labels: { [ownerLabel]: 'contract' }, annotations: { [originAnnotation]: 'Created' } },
  spec: {
    ...{ group, scope: 'Namespaced', names: { kind: 'Gadget', plural: 'gadgets', singular: 'gadget', listKind: 'GadgetList' } },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
  },
};

/** A definition of another kind in two versions; objects are stored in `v1`. */
function inVersions(served: readonly string[]): JsonObject {
  const versions = ['v1', 'v1alpha1'].map((version) => ({
    ...{ name: version, served: served.includes(version), storage: version === 'v1' },
    schema: { openAPIV3Schema: { type: 'object' } },
  }));
  const names = { kind: 'Gizmo', plural: 'gizmos', singular: 'gizmo', listKind: 'GizmoList' };
  return {
    ...{ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: `gizmos.${group}` } },
    spec: { group, scope: 'Namespaced', names, versions },
  };
}

/** Part of the contract: versions of kinds. */
export function describeVersions(world: () => KubeWorld): void {
  const [v1, v1alpha1] = ['v1', 'v1alpha1'].map((version) => ({ ...gadgetKind, version, kind: 'Gizmo', resource: 'gizmos' })) as [
    KindRef,
    KindRef,
  ];
  const at = ref(definitionKind, `gizmos.${group}`);

  test('a version that is not served any more ends its watches, and the objects are the same in another version', async () => {
    const { kube, admin } = world();
    const verbs = ['get', 'list', 'watch', 'create', 'patch', 'delete', 'accord-apply'];
    const labels = { 'accord.dev/aggregate-to-manifests': 'true' };
    const rules = [{ apiGroups: [group], resources: [v1.resource], verbs }];
    await admin.create(object(clusterRoleKind, undefined, 'contract-gizmos', { metadata: { labels }, rules }), 'owner');
    await admin.create(inVersions(['v1', 'v1alpha1']), 'owner');
    const definitions = follow(kube, definitionKind, {});
    await expect.poll(() => kube.servedAs(v1alpha1, never), patient).toEqual(v1alpha1);
    const old = ref(v1alpha1, 'team', 'g');
    const apply = async (kind: KindRef) => kube.apply(ref(kind, 'team', 'g'), ours(kind, 'team', 'g'), {}, never);
    await expect.poll(async () => render(await apply(v1alpha1)), patient).toMatch(/^(created|changed)$/);
    const { meta } = (await apply(v1alpha1)) as Extract<ApplyAnswer, { readonly meta: unknown }>;
    const watch = follow(kube, v1alpha1, {});
    await watch.until((events) => events.some(({ type }) => type === 'listed'));

    await admin.edit(at, 'owner', { spec: { versions: (inVersions(['v1'])['spec'] as JsonObject)['versions'] as Json } });
    await expect.poll(watch.endedBy, { ...patient, timeout: 40_000 }).toBe('not-found');
    expect(await kube.servedAs(v1alpha1, never)).toEqual(v1);
    expect(render(await kube.remove(old, meta, never))).toMatch(/^refused NoSuchKind/);
    expect(await kube.get(old, never)).toBeUndefined();
    expect(await kube.get(ref(v1, 'team', 'g'), never)).toMatchObject({ apiVersion: `${group}/v1`, metadata: { uid: meta.uid } });

    // The entry tells the version of the last apply, so that to apply the same in another one is a write.
    const moved = (await apply(v1)) as Extract<ApplyAnswer, { readonly meta: unknown }>;
    expect([meta, moved.meta].map((shown) => entries(shown))).toEqual([[`Apply ${group}/v1alpha1`], [`Apply ${group}/v1`]]);
    expect(moved.meta.resourceVersion).not.toBe(meta.resourceVersion);
    expect(watch.events.filter(({ type }) => type === 'gone')).toEqual([]);
    expect(render(await kube.remove(ref(v1, 'team', 'g'), moved.meta, never))).toBe('removed');
    await admin.drop(at);
    await Promise.all([watch.stop(), definitions.stop()]);
  }, 60_000);
}

function entries({ managedFields }: ObjectMeta): readonly string[] {
  return managedFields.filter(({ manager }) => manager === 'accord').map(({ operation, apiVersion }) => `${operation} ${apiVersion}`);
}

/** Part of the contract: definitions of kinds. */
export function describeDefinitions(world: () => KubeWorld): void {
  test('a definition is established, then its kind is found and its objects are applied; with it they go', async () => {
    const { kube, admin } = world();
    const verbs = ['get', 'list', 'watch', 'create', 'patch', 'delete', 'accord-apply'];
    const rules = [
      { apiGroups: [definitionKind.group], resources: [definitionKind.resource], verbs },
      { apiGroups: [group], resources: [gadgetKind.resource], verbs },
    ];
    const labels = { 'accord.dev/aggregate-to-manifests': 'true' };
    await admin.create(object(clusterRoleKind, undefined, 'contract-gadgets', { metadata: { labels }, rules }), 'owner');
    const definitions = follow(kube, definitionKind, {});
    const at = ref(definitionKind, `gadgets.${group}`);
    const gadget = ref(gadgetKind, 'team', 'g');
    expect(await kube.kindOf(`${group}/v1`, 'Gadget', never)).toBeUndefined();

    await expect.poll(async () => render(await kube.apply(at, definition, {}, never)), patient).toMatch(/^(created|changed)$/);
    await expect.poll(async () => unreadiness(await kube.get(at, never)), patient).toBeUndefined();
    await expect.poll(() => kube.kindOf(`${group}/v1`, 'Gadget', never), patient).toEqual(gadgetKind);
    const apply = async (): Promise<string> => render(await kube.apply(gadget, ours(gadgetKind, 'team', 'g'), {}, never));
    await expect.poll(apply, patient).toMatch(/^(created|changed)$/);

    const gadgets = follow(kube, gadgetKind, {});
    await gadgets.until((events) => events.some(({ type }) => type === 'present'));
    await admin.drop(at);
    await gadgets.until((events) => events.some(({ type }) => type === 'gone'));
    await definitions.until((events) => events.some(({ type }) => type === 'gone'));
    await expect.poll(() => kube.kindOf(`${group}/v1`, 'Gadget', never), patient).toBeUndefined();
    expect(await kube.get(gadget, never)).toBeUndefined();
    expect(render(await kube.apply(gadget, ours(gadgetKind, 'team', 'g'), {}, never))).toMatch(/^refused NoSuchKind/);
    await Promise.all([gadgets.stop(), definitions.stop()]);
  });
}
