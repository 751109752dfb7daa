import { fingerprint } from '@accord/core/drift/fingerprint';
import type { JsonObject } from '@accord/proto/canonical';
import { ownerLabel } from '@accord/proto/labels';
import { expect, test } from 'vitest';
import {
  mirrorSpec,
  never,
  kindNamed,
  quotaKind,
  networkPolicyKind,
  bindingKind,
  ref,
  object,
  ours,
  applied,
  ofKey,
  follow,
} from './contract-objects.ts';
import { keyOf } from '../ref-key.ts';
import type { KubeWorld } from '../kube-contract.ts';
import { apiVersionOf, clusterPolicyKind, configMapKind, namespaceKind } from '../own-kinds.ts';

/** Part of the contract: what the port shows. */
export function describeWatch(world: () => KubeWorld): void {
  test('shows what is there, says when that is all, and then every change', async () => {
    const { kube, admin } = world();
    const at = ref(quotaKind, 'team', 'watched');
    const hard = (pods: string): JsonObject => ours(quotaKind, 'team', 'watched', { spec: { hard: { pods } } });
    await applied(kube, at, hard('1'));
    const watch = follow(kube, quotaKind, { labelSelector: ownerLabel });
    await watch.until((events) => events.some(({ type }) => type === 'listed'));
    expect(watch.lines().slice(0, watch.lines().indexOf('listed'))).toContain(`present ${keyOf(at)}`);
    await applied(kube, at, hard('2'));
    await watch.until((events) => ofKey(events, at).length >= 2);
    await admin.drop(at);
    await watch.until((events) => ofKey(events, at).at(-1)?.type === 'gone');
    await watch.stop();
  });

  test('an object that loses our label is gone for us, with a newer version and the old entry', async () => {
    const { kube, admin } = world();
    const at = ref(configMapKind, 'team', 'unlabelled');
    const before = await applied(kube, at, ours(configMapKind, 'team', 'unlabelled', { data: { a: '1' } }));
    const watch = follow(kube, configMapKind, { labelSelector: ownerLabel });
    await watch.until((events) => ofKey(events, at).length === 1);
    await admin.edit(at, 'kubectl-label', { metadata: { labels: { [ownerLabel]: null } } });
    await watch.until((events) => ofKey(events, at).at(-1)?.type === 'gone');
    const gone = ofKey(watch.events, at).at(-1);
    expect(BigInt(gone?.meta.resourceVersion ?? '0') > BigInt(before.resourceVersion)).toBe(true);
    expect(fingerprint(gone?.meta.managedFields ?? [], 'accord')).toBe(fingerprint(before.managedFields, 'accord'));
    await watch.stop();
  });

  test('the event of our own apply carries the version of its answer', async () => {
    const { kube } = world();
    const at = ref(configMapKind, 'team', 'echo');
    const watch = follow(kube, configMapKind, { labelSelector: ownerLabel });
    await watch.until((events) => events.some(({ type }) => type === 'listed'));
    const meta = await applied(kube, at, ours(configMapKind, 'team', 'echo'));
    await watch.until((events) => ofKey(events, at).length === 1);
    expect(ofKey(watch.events, at)[0]?.meta).toEqual(meta);
    await watch.stop();
  });

  test('in one namespace shows what is there alone', async () => {
    const { kube, admin } = world();
    await admin.create(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'aside', labels: { [ownerLabel]: 'contract' } } },
      'kubectl',
    );
    for (const namespace of ['team', 'aside'])
      await applied(kube, ref(configMapKind, namespace, 'beside'), ours(configMapKind, namespace, 'beside'));
    const watch = follow(kube, configMapKind, { labelSelector: ownerLabel, namespace: 'aside' });
    await watch.until((events) => events.some(({ type }) => type === 'listed'));
    expect(watch.lines()).toEqual([`present ${keyOf(ref(configMapKind, 'aside', 'beside'))}`, 'listed']);
    await watch.stop();
  });

  test('tells nothing of an object that its caller does not ask for, whether it is there, changes or goes', async () => {
    const { kube, admin } = world();
    const [asked, other] = [ref(configMapKind, 'team', 'asked-for'), ref(configMapKind, 'team', 'not-asked-for')];
    const make = (at: typeof asked, value: string) => applied(kube, at, ours(configMapKind, 'team', at.name, { data: { value } }));
    await make(asked, '1');
    await make(other, '1');
    const watch = follow(kube, configMapKind, { isTold: (key) => key === keyOf(asked) });
    await watch.until((events) => events.some(({ type }) => type === 'listed'));
    await make(other, '2');
    await admin.drop(other);
    await make(asked, '2');
    await admin.drop(asked);
    await watch.until((events) => ofKey(events, asked).at(-1)?.type === 'gone');
    const seen = `present ${keyOf(asked)}`;
    expect(watch.lines()).toEqual([seen, 'listed', seen, `gone ${keyOf(asked)}`]);
    await watch.stop();
  });

  test('a field selector shows one object alone', async () => {
    const { kube } = world();
    await applied(kube, ref(configMapKind, 'team', 'alone'), ours(configMapKind, 'team', 'alone'));
    const watch = follow(kube, configMapKind, { fieldSelector: 'metadata.name=alone' });
    await watch.until((events) => events.some(({ type }) => type === 'listed'));
    expect(watch.lines()).toEqual([`present ${keyOf(ref(configMapKind, 'team', 'alone'))}`, 'listed']);
    await watch.stop();
  });
}

/** Part of the contract: what the port shows. */
export function describeReading(world: () => KubeWorld): void {
  test('get gives the whole object, and nothing where there is none', async () => {
    const { kube } = world();
    await applied(kube, ref(configMapKind, 'team', 'whole'), ours(configMapKind, 'team', 'whole', { data: { a: '1' } }));
    expect(await kube.get(ref(configMapKind, 'team', 'whole'), never)).toMatchObject({
      kind: 'ConfigMap',
      metadata: { name: 'whole' },
      data: { a: '1' },
    });
    expect(await kube.get(ref(configMapKind, 'team', 'absent'), never)).toBeUndefined();
  });

  test('what goes with a namespace is known, and what of it is there is shown by its labels', async () => {
    const { kube } = world();
    await applied(kube, ref(configMapKind, 'team', 'inhabitant'), ours(configMapKind, 'team', 'inhabitant'));
    const kinds = await kube.kindsInNamespaces(never);
    expect([kinds.some(({ kind }) => kind === 'Secret'), kinds.some(({ kind }) => kind === 'Namespace')]).toEqual([true, false]);
    const there = await kube.peek(configMapKind, 'team', never);
    expect(there.find(({ name }) => name === 'inhabitant')?.labels).toMatchObject({ [ownerLabel]: expect.any(String) });
    expect(await kube.peek(configMapKind, 'nowhere', never)).toEqual([]);
  });

  test('list gives whole objects, as selected', async () => {
    const { kube } = world();
    for (const name of ['listed-a', 'listed-b']) {
      const body = {
        apiVersion: 'accord.dev/v1alpha1',
        kind: 'ClusterPolicy',
        metadata: { name, labels: { contract: name } },
        spec: { ...mirrorSpec, epoch: 1, revision: 1 },
      };
      await applied(kube, ref(clusterPolicyKind, name), body);
    }
    const names = async (labelSelector: string): Promise<unknown[]> =>
      (await kube.list(clusterPolicyKind, { labelSelector }, never)).map((policy) => (policy['metadata'] as JsonObject)['name']);
    expect([await names('contract'), await names('contract=listed-b')]).toEqual([['listed-a', 'listed-b'], ['listed-b']]);
  });

  test('kinds are found by apiVersion and kind', async () => {
    const { kube } = world();
    const kinds = [namespaceKind, networkPolicyKind, bindingKind, clusterPolicyKind];
    expect(await Promise.all(kinds.map((kind) => kube.kindOf(apiVersionOf(kind), kind.kind, never)))).toEqual(kinds);
    expect(await kube.kindOf('example.com/v1', 'Nothing', never)).toBeUndefined();
  });

  test('the version is that of a Kubernetes release', async () => {
    const facts = await world().kube.inspect(never);
    expect(facts.gitVersion).toMatch(/^v1\.\d+\.\d+/);
    expect([facts.permissions, facts.nameCollisions]).toEqual(['Standard', []]);
  });

  test('the permissions are those that are bound now', async () => {
    const { kube, admin } = world();
    const kind = kindNamed('ClusterRoleBinding');
    const tier = async (): Promise<string> => (await kube.inspect(never)).permissions;
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'accord-spoke-rbacadmin' };
    const subjects = [{ kind: 'ServiceAccount', name: 'accord-spoke', namespace: 'accord-system' }];
    await admin.create(object(kind, undefined, 'accord-spoke-rbacadmin', { roleRef, subjects }), 'kubectl-create');
    await expect.poll(tier, { timeout: 10_000 }).toBe('RBACAdmin');
    await admin.drop(ref(kind, 'accord-spoke-rbacadmin'));
    await expect.poll(tier, { timeout: 10_000 }).toBe('Standard');
  });

  test('a stopped request is an answer for writes and a failure for reads', async () => {
    const { kube } = world();
    const at = ref(configMapKind, 'team', 'stopped');
    expect(await kube.apply(at, ours(configMapKind, 'team', 'stopped'), {}, AbortSignal.abort())).toMatchObject({
      outcome: 'retry',
      reason: 'Unreachable',
    });
    await expect(kube.get(at, AbortSignal.abort())).rejects.toMatchObject({ code: 'unavailable' });
  });
}
