import type { JsonObject } from '@accord/proto/canonical';
import { ownerLabel } from '@accord/proto/labels';
import { expect, test } from 'vitest';
import { mirrorSpec, never, roleKind, bindingKind, ref, ours, applied, field, render } from './contract-objects.ts';
import type { KubeWorld } from '../kube-contract.ts';
import type { ApplyAnswer } from '../kube.ts';
import { clusterPolicyKind, configMapKind, leaseKind } from '../own-kinds.ts';

/** Part of the contract: server-side apply. */
export function describeApply(world: () => KubeWorld): void {
  test('the first apply creates, and the same apply again writes nothing', async () => {
    const { kube } = world();
    const at = ref(configMapKind, 'team', 'first');
    const first = await applied(kube, at, ours(configMapKind, 'team', 'first', { data: { a: '1' } }));
    const second = await kube.apply(
      at,
      ours(configMapKind, 'team', 'first', { data: { a: '1' } }),
      { seenVersion: first.resourceVersion },
      never,
    );
    expect(second).toEqual({ outcome: 'unchanged', meta: first });
  });

  test('a changed intent changes the object, and what left the intent leaves the object', async () => {
    const { kube } = world();
    const at = ref(configMapKind, 'team', 'changing');
    const { resourceVersion } = await applied(kube, at, ours(configMapKind, 'team', 'changing', { data: { a: '1', b: '1' } }));
    const answer = await kube.apply(
      at,
      ours(configMapKind, 'team', 'changing', { data: { a: '2' } }),
      { seenVersion: resourceVersion },
      never,
    );
    expect([answer.outcome, await field(kube, at, 'data')]).toEqual(['changed', { a: '2' }]);
  });

  test('metadata in the answer tells who owns what', async () => {
    const meta = await applied(
      world().kube,
      ref(configMapKind, 'team', 'owned'),
      ours(configMapKind, 'team', 'owned', { data: { a: '1' } }),
    );
    expect(meta.labels).toEqual({ [ownerLabel]: 'contract' });
    expect(meta.managedFields).toMatchObject([
      { manager: 'accord', operation: 'Apply', apiVersion: 'v1', subresource: '', fieldsV1: { 'f:data': { 'f:a': {} } } },
    ]);
  });

  test('a dry run answers as a real run and stores nothing', async () => {
    const { kube } = world();
    const at = ref(configMapKind, 'team', 'dry');
    const answer = await kube.apply(at, ours(configMapKind, 'team', 'dry'), { dryRun: true }, never);
    expect([answer.outcome, await kube.get(at, never)]).toEqual(['created', undefined]);
  });

  test('a preview shows what an apply would leave, stores nothing, and is none where the apply is refused', async () => {
    const { kube } = world();
    const at = ref(configMapKind, 'team', 'preview');
    const { resourceVersion } = await applied(kube, at, ours(configMapKind, 'team', 'preview', { data: { a: '1', b: '1' } }));
    const shown = await kube.preview(at, ours(configMapKind, 'team', 'preview', { data: { a: '2' } }), never);
    expect([shown?.['data'], await field(kube, at, 'data')]).toEqual([{ a: '2' }, { a: '1', b: '1' }]);
    expect((await kube.get(at, never))?.['metadata']).toMatchObject({ resourceVersion });
    expect(await kube.preview(ref(configMapKind, 'nowhere', 'a'), ours(configMapKind, 'nowhere', 'a'), never)).toBeUndefined();
  });

  test('every character of a value comes back as it was sent', async () => {
    const { kube } = world();
    const at = ref(configMapKind, 'team', 'characters');
    const text = '\u0000\u007f\u0080\u0085\u009f\u00ad\u2028\u2029\ufeff\ufffe\uffff 𝄞 no: "y" \\ \n';
    await applied(kube, at, ours(configMapKind, 'team', 'characters', { data: { text } }));
    expect(await field(kube, at, 'data')).toEqual({ text });
  });

  test('an object whose namespace is missing is refused and names it', async () => {
    const answer = await world().kube.apply(ref(configMapKind, 'nowhere', 'a'), ours(configMapKind, 'nowhere', 'a'), {}, never);
    expect(render(answer)).toMatch(/^refused NamespaceMissing: .*"nowhere" not found/);
  });

  test('a binding whose role is missing is refused and names it; after the role it is created', async () => {
    const { kube } = world();
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' };
    const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'team' }];
    const binding = (): Promise<ApplyAnswer> =>
      kube.apply(ref(bindingKind, 'team', 'readers'), ours(bindingKind, 'team', 'readers', { roleRef, subjects }), {}, never);
    expect(render(await binding())).toMatch(/^refused RoleMissing: .*"reader" not found/);
    await applied(
      kube,
      ref(roleKind, 'team', 'reader'),
      ours(roleKind, 'team', 'reader', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }),
    );
    expect((await binding()).outcome).toBe('created');
  });

  test('a kind that is not served is refused', async () => {
    const kind = { group: 'accord.dev', version: 'v1alpha1', kind: 'Ghost', resource: 'ghosts', namespaced: false };
    const answer = await world().kube.apply(ref(kind, 'boo'), ours(kind, 'boo'), {}, never);
    // Where the spoke has no right for the kind, the server says so first.
    expect(render(answer)).toMatch(/^refused (NoSuchKind|Forbidden): /);
  });

  test('of two writers that saw the same version of a lease, one wins', async () => {
    const { kube } = world();
    const at = ref(leaseKind, 'accord-system', 'accord-spoke');
    const lease = (holderIdentity: string, resourceVersion?: string): JsonObject => ({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'accord-spoke', namespace: 'accord-system', ...(resourceVersion === undefined ? {} : { resourceVersion }) },
      spec: { holderIdentity },
    });
    const { resourceVersion } = await applied(kube, at, lease('a'));
    const answers = [
      await kube.apply(at, lease('b', resourceVersion), {}, never),
      await kube.apply(at, lease('c', resourceVersion), {}, never),
    ];
    expect(answers.map(render)).toEqual(['changed', expect.stringMatching(/^retry Conflict: .*modified/)]);
  });

  test('a mirror never goes back to an older revision, epoch or step', async () => {
    const { kube } = world();
    const fences = [
      [3, 42, 1],
      [3, 41, 9],
      [3, 42, 1],
      [3, 42, 0],
      [4, 1, 0],
      [3, 999, 0],
    ] as const;
    const outcomes: string[] = [];
    for (const [epoch, revision, step] of fences) {
      const body = {
        apiVersion: 'accord.dev/v1alpha1',
        kind: 'ClusterPolicy',
        metadata: { name: 'fenced' },
        spec: { ...mirrorSpec, epoch, revision, step },
      };
      const answer = await kube.apply(ref(clusterPolicyKind, 'fenced'), body, {}, never);
      outcomes.push('reason' in answer ? answer.reason : answer.outcome);
    }
    expect(outcomes).toEqual(['created', 'StaleDocumentRefused', 'changed', 'StaleDocumentRefused', 'changed', 'StaleDocumentRefused']);
  });

  test('a status is written under another name and leaves the spec alone', async () => {
    const { kube } = world();
    const at = ref(clusterPolicyKind, 'with-status');
    const identity = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name: 'with-status' } };
    await applied(kube, at, { ...identity, spec: { ...mirrorSpec, epoch: 1, revision: 1 } });
    const answer = await kube.apply(
      at,
      { ...identity, status: { state: 'Applied' } },
      { subresource: 'status', fieldManager: 'accord-status' },
      never,
    );
    expect(answer).toMatchObject({
      outcome: 'changed',
      meta: { managedFields: expect.arrayContaining([expect.objectContaining({ manager: 'accord-status', subresource: 'status' })]) },
    });
    expect([await field(kube, at, 'status'), await field(kube, at, 'spec')]).toMatchObject([{ state: 'Applied' }, { revision: 1 }]);
  });
}
