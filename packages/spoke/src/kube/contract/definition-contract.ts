import type { JsonObject } from '@accord/proto/canonical';
import { originAnnotation, ownerLabel } from '@accord/proto/labels';
import { expect, test } from 'vitest';
import { unreadiness } from '@accord/core/apply/readiness';
import { follow, never, object, ours, ref, render } from './contract-objects.ts';
import type { KubeWorld } from '../kube-contract.ts';
import type { KindRef } from '../kube.ts';
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
