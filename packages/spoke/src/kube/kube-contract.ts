import type { JsonObject } from '@accord/proto/canonical';
import type { ObjectKey } from '@accord/proto/ids';
import { adoptableAnnotation, allowLabel, originAnnotation, ownerLabel } from '@accord/proto/labels';
import { classifyEvent } from '@accord/core/drift/classify-event';
import { fingerprint, printOf } from '@accord/core/drift/fingerprint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keyOf } from './fake-watches.ts';
import type { ApplyAnswer, KindRef, Kube, ObjectMeta, ObjectRef, RemoveAnswer, WatchEvent } from './kube.ts';
import { apiVersionOf, clusterPolicyKind, configMapKind, leaseKind, namespaceKind, policyKinds } from './own-kinds.ts';

/** A cluster with the guard rails of the spoke, and somebody with all rights in it. */
export interface KubeWorld {
  /** The client under test, with the rights of the spoke and no more. */
  readonly kube: Kube;
  /** What others do, past all guard rails. */
  readonly admin: {
    create(object: JsonObject, manager: string): Promise<void>;
    /** JSON merge patch. */
    edit(ref: ObjectRef, manager: string, change: JsonObject): Promise<void>;
    drop(ref: ObjectRef): Promise<void>;
  };
  close(): Promise<void>;
}

const never = new AbortController().signal;
const quotaKind = kindNamed('ResourceQuota');
const networkPolicyKind = kindNamed('NetworkPolicy');
const roleKind = kindNamed('Role');
const bindingKind = kindNamed('RoleBinding');

/** What every Kube must do. The fake and the client of a real API server call this from their own test files. */
export function describeKubeContract(name: string, create: () => Promise<KubeWorld>): void {
  describe(`kube contract: ${name}`, () => {
    let world: KubeWorld;
    beforeAll(async () => {
      world = await create();
      // One namespace that a policy manages, one whose owner opened it, one that nobody opened.
      await applied(world.kube, ref(namespaceKind, 'team'), ours(namespaceKind, 'team'));
      for (const [at, labels] of [
        ['opened', { [allowLabel]: 'true' }],
        ['closed', {}],
      ] as const) {
        await world.admin.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: at, labels } }, 'owner');
      }
    });
    afterAll(() => world.close());

    describeApply(() => world);
    describeOwnership(() => world);
    describeRemoval(() => world);
    describeDrift(() => world);
    describeWatch(() => world);
    describeReading(() => world);
  });
}

function describeApply(world: () => KubeWorld): void {
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

function describeOwnership(world: () => KubeWorld): void {
  test('an object of somebody else is refused, untouched, with how its owner can consent', async () => {
    const { kube, admin } = world();
    const at = ref(configMapKind, 'team', 'theirs');
    await admin.create(object(configMapKind, 'team', 'theirs', { data: { a: 'theirs' } }), 'kubectl-create');
    const answer = await kube.apply(at, ours(configMapKind, 'team', 'theirs', { data: { a: 'ours' } }), {}, never);
    expect(render(answer)).toMatch(/^refused NotOurs: .*accord\.dev\/adoptable=true/);
    expect(await field(kube, at, 'data')).toEqual({ a: 'theirs' });
  });

  test('with consent it is adopted once the origin says so, and never deleted', async () => {
    const { kube, admin } = world();
    const at = ref(configMapKind, 'team', 'adoptable');
    await admin.create(
      object(configMapKind, 'team', 'adoptable', { metadata: { annotations: { [adoptableAnnotation]: 'true' } } }),
      'kubectl-create',
    );
    expect(render(await kube.apply(at, ours(configMapKind, 'team', 'adoptable'), {}, never))).toMatch(
      /^adoptable: .*apply it with accord\.dev\/origin: Adopted/,
    );
    const meta = await applied(kube, at, ours(configMapKind, 'team', 'adoptable', { origin: 'Adopted' }));
    expect(render(await kube.remove(at, meta, never))).toMatch(/^refused GuardRail: .*only what it created/);
  });

  test('nothing is written without label, nor into a namespace that nobody opened, nor into the protected ones', async () => {
    const { kube } = world();
    const answers = [
      await kube.apply(ref(configMapKind, 'team', 'bare'), object(configMapKind, 'team', 'bare', {}), {}, never),
      await kube.apply(ref(configMapKind, 'closed', 'a'), ours(configMapKind, 'closed', 'a'), {}, never),
      await kube.apply(ref(configMapKind, 'kube-system', 'a'), ours(configMapKind, 'kube-system', 'a'), {}, never),
      await kube.apply(ref(configMapKind, 'accord-system', 'a'), ours(configMapKind, 'accord-system', 'a'), {}, never),
    ];
    expect(answers.map(render)).toEqual([
      expect.stringMatching(/^refused GuardRail: .*must carry the ownership label/),
      expect.stringMatching(/^refused GuardRail: .*kubectl label namespace closed accord\.dev\/allow=true/),
      expect.stringMatching(/^refused GuardRail: .*namespace kube-system is protected/),
      expect.stringMatching(/^refused GuardRail: .*namespace accord-system is protected/),
    ]);
  });

  test('a namespace that its owner opened is written to', async () => {
    const meta = await applied(world().kube, ref(configMapKind, 'opened', 'a'), ours(configMapKind, 'opened', 'a'));
    expect(meta.annotations[originAnnotation]).toBe('Created');
  });

  test('what carries no label of ours before is never claimed as created by us', async () => {
    const answer = await world().kube.apply(
      ref(configMapKind, 'team', 'lie'),
      ours(configMapKind, 'team', 'lie', { origin: 'Adopted' }),
      {},
      never,
    );
    expect(render(answer)).toMatch(/^refused GuardRail: .*origin: Created/);
  });

  test('only the owner of the cluster opens a namespace', async () => {
    const body = ours(namespaceKind, 'self-made');
    const labels = { [ownerLabel]: 'contract', [allowLabel]: 'true' };
    const answer = await world().kube.apply(
      ref(namespaceKind, 'self-made'),
      { ...body, metadata: { ...(body['metadata'] as JsonObject), labels } },
      {},
      never,
    );
    expect(render(answer)).toMatch(/^refused GuardRail: .*set by the owner of the cluster only/);
  });

  test('a released object keeps its values and is adopted again with its old origin', async () => {
    const { kube } = world();
    const at = ref(configMapKind, 'team', 'released');
    const meta = await applied(kube, at, ours(configMapKind, 'team', 'released', { data: { a: '1' } }));
    expect(await kube.release(at, meta, never)).toEqual({ outcome: 'released' });
    const released = (await kube.get(at, never)) as unknown as { readonly metadata: ObjectMeta; readonly data: JsonObject };
    expect([released.metadata.labels?.[ownerLabel], released.metadata.annotations[adoptableAnnotation], released.data]).toEqual([
      undefined,
      'true',
      { a: '1' },
    ]);
    expect(render(await kube.apply(at, ours(configMapKind, 'team', 'released', { data: { a: '1' } }), {}, never))).toBe('changed');
  });
}

function describeRemoval(world: () => KubeWorld): void {
  test('what we created is removed, and removing it again is no failure', async () => {
    const { kube } = world();
    const at = ref(quotaKind, 'team', 'going');
    const meta = await applied(kube, at, ours(quotaKind, 'team', 'going', { spec: { hard: { pods: '1' } } }));
    expect([await kube.remove(at, await current(kube, at, meta), never), await kube.remove(at, meta, never)]).toEqual([
      { outcome: 'removed' },
      { outcome: 'absent' },
    ]);
  });

  test('an object that changed or was replaced since it was read is not removed', async () => {
    const { kube, admin } = world();
    const at = ref(configMapKind, 'team', 'moved');
    const meta = await applied(kube, at, ours(configMapKind, 'team', 'moved'));
    await admin.edit(at, 'kubectl-edit', { data: { b: '1' } });
    expect(render(await kube.remove(at, meta, never))).toMatch(/^retry Conflict/);
    expect(render(await kube.remove(at, { ...(await current(kube, at, meta)), uid: 'another' }, never))).toMatch(/^retry Conflict/);
  });

  test('an object that changed hands since it was read is not released', async () => {
    const { kube, admin } = world();
    const at = ref(configMapKind, 'team', 'handed-over');
    const meta = await applied(kube, at, ours(configMapKind, 'team', 'handed-over'));
    await admin.edit(at, 'kubectl-label', { metadata: { labels: { [ownerLabel]: 'another' } } });
    expect(render(await kube.release(at, meta, never))).toMatch(/^retry Conflict/);
  });

  test('releasing what is gone says that it is absent', async () => {
    const { kube, admin } = world();
    const at = ref(configMapKind, 'team', 'vanished');
    const meta = await applied(kube, at, ours(configMapKind, 'team', 'vanished'));
    await admin.drop(at);
    expect(await kube.release(at, meta, never)).toEqual({ outcome: 'absent' });
  });
}

function describeDrift(world: () => KubeWorld): void {
  const spec = { podSelector: {}, policyTypes: ['Ingress'], ingress: [] };
  const harmful: [name: string, kind: KindRef, content: JsonObject, change: JsonObject, fields: string[]][] = [
    ['a changed value', configMapKind, { data: { a: '1', b: '1' } }, { data: { a: '2' } }, ['.data.a']],
    ['a removed field', configMapKind, { data: { a: '1', b: '1' } }, { data: { a: null } }, ['.data.a']],
    ['a removed map', configMapKind, { data: { a: '1', b: '1' } }, { data: null }, ['.data.a', '.data.b']],
    [
      'a changed limit',
      quotaKind,
      { spec: { hard: { pods: '10', secrets: '5' } } },
      { spec: { hard: { pods: '99' } } },
      ['.spec.hard.pods'],
    ],
    ['a rule in an empty list', networkPolicyKind, { spec }, { spec: { ingress: [{}] } }, ['.spec.ingress']],
  ];
  test.each(harmful)('%s takes exactly that path out of our entry, and one apply heals it', async (what, kind, content, change, fields) => {
    const { kube, admin } = world();
    const name = `drift-${what.replaceAll(' ', '-')}`;
    const at = ref(kind, 'team', name);
    const before = await applied(kube, at, ours(kind, 'team', name, content));
    await admin.edit(at, 'kubectl-edit', change);
    const event = { type: 'present', meta: await current(kube, at, before) } as const;
    const last = { ...before, print: printOf(before.managedFields, 'accord') };
    expect(classifyEvent(last, event, 'accord')).toMatchObject({ means: 'drift', cause: 'FieldsChanged', fields });
    const healed = await applied(kube, at, ours(kind, 'team', name, content));
    expect(fieldsOf(healed)).toEqual(fieldsOf(before));
  });

  const harmless: [name: string, change: JsonObject][] = [
    ['a field that we do not state', { data: { z: '1' } }],
    ['an annotation of somebody else', { metadata: { annotations: { 'example.com/note': 'x' } } }],
  ];
  test.each(harmless)('%s leaves our entry as it is', async (what, change) => {
    const { kube, admin } = world();
    const name = `same-${what.replaceAll(' ', '-')}`;
    const at = ref(configMapKind, 'team', name);
    const before = await applied(kube, at, ours(configMapKind, 'team', name, { data: { a: '1' } }));
    await admin.edit(at, 'kubectl-edit', change);
    const after = await current(kube, at, before);
    expect(after.resourceVersion).not.toBe(before.resourceVersion);
    expect(fingerprint(after.managedFields, 'accord')).toBe(fingerprint(before.managedFields, 'accord'));
  });

  test('the writer of a changed value is named', async () => {
    const { kube, admin } = world();
    const at = ref(configMapKind, 'team', 'culprit');
    const before = await applied(kube, at, ours(configMapKind, 'team', 'culprit', { data: { a: '1' } }));
    await admin.edit(at, 'somebody', { data: { a: '2' } });
    const event = { type: 'present', meta: await current(kube, at, before) } as const;
    const meaning = classifyEvent({ ...before, print: printOf(before.managedFields, 'accord') }, event, 'accord');
    expect(meaning).toMatchObject({ culprit: { manager: 'somebody', operation: 'Update' } });
  });
}

function describeWatch(world: () => KubeWorld): void {
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

  test('a field selector shows one object alone', async () => {
    const { kube } = world();
    await applied(kube, ref(configMapKind, 'team', 'alone'), ours(configMapKind, 'team', 'alone'));
    const watch = follow(kube, configMapKind, { fieldSelector: 'metadata.name=alone' });
    await watch.until((events) => events.some(({ type }) => type === 'listed'));
    expect(watch.lines()).toEqual([`present ${keyOf(ref(configMapKind, 'team', 'alone'))}`, 'listed']);
    await watch.stop();
  });
}

function describeReading(world: () => KubeWorld): void {
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
    expect((await world().kube.version(never)).gitVersion).toMatch(/^v1\.\d+\.\d+/);
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

const mirrorSpec: JsonObject = { severity: 'Low' };

function kindNamed(name: string): KindRef {
  const found = policyKinds.find(({ kind }) => kind === name);
  if (found === undefined) throw new Error(`no kind ${name}`);
  return found;
}

function ref(kind: KindRef, ...path: readonly [string] | readonly [string, string]): ObjectRef {
  const [first, second] = path;
  return second === undefined ? { kind, namespace: undefined, name: first } : { kind, namespace: first, name: second };
}

function object(kind: KindRef, namespace: string | undefined, name: string, { metadata, ...content }: JsonObject): JsonObject {
  const at = namespace === undefined ? { name } : { name, namespace };
  return { apiVersion: apiVersionOf(kind), kind: kind.kind, metadata: { ...at, ...(metadata as JsonObject | undefined) }, ...content };
}

function ours(kind: KindRef, ...[namespace, name, content = {}]: readonly [string] | readonly [string, string, JsonObject?]): JsonObject {
  const { origin = 'Created', ...rest } = content;
  const metadata = { labels: { [ownerLabel]: 'contract' }, annotations: { [originAnnotation]: origin } };
  return name === undefined
    ? object(kind, undefined, namespace, { metadata, ...rest })
    : object(kind, namespace, name, { metadata, ...rest });
}

async function applied(kube: Kube, at: ObjectRef, body: JsonObject): Promise<ObjectMeta> {
  const answer = await kube.apply(at, body, {}, never);
  if (!('meta' in answer)) throw new Error(render(answer));
  return answer.meta;
}

/** Metadata as it is now, by way of a watch: the port reads metadata in no other way. */
async function current(kube: Kube, at: ObjectRef, before: ObjectMeta): Promise<ObjectMeta> {
  const watch = follow(kube, at.kind, { fieldSelector: `metadata.name=${at.name}` });
  await watch.until((events) => ofKey(events, at).some(({ meta }) => BigInt(meta.resourceVersion) >= BigInt(before.resourceVersion)));
  await watch.stop();
  return ofKey(watch.events, at).at(-1)?.meta ?? before;
}

async function field(kube: Kube, at: ObjectRef, name: string): Promise<unknown> {
  return (await kube.get(at, never))?.[name];
}

function fieldsOf({ managedFields }: ObjectMeta): string | undefined {
  return printOf(managedFields, 'accord')?.fields;
}

type ObjectEvent = Exclude<WatchEvent, { type: 'listed' }>;

function ofKey(events: readonly WatchEvent[], at: ObjectRef): readonly ObjectEvent[] {
  return events.filter((event): event is ObjectEvent => event.type !== 'listed' && event.key === (keyOf(at) satisfies ObjectKey));
}

interface Following {
  readonly events: readonly WatchEvent[];
  lines(): readonly string[];
  until(accept: (events: readonly WatchEvent[]) => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Collects what a watch shows. */
function follow(kube: Kube, kind: KindRef, selection: { readonly labelSelector?: string; readonly fieldSelector?: string }): Following {
  const events: WatchEvent[] = [];
  const stop = new AbortController();
  const running = kube.watch(kind, selection, (event) => events.push(event), stop.signal);
  return {
    events,
    lines: () => events.map((event) => (event.type === 'listed' ? 'listed' : `${event.type} ${event.key}`)),
    until: (accept) => expect.poll(() => accept(events), { timeout: 10_000, interval: 5 }).toBe(true),
    async stop() {
      stop.abort();
      await running;
    },
  };
}

/** One line, for a diff that reads well. */
function render(answer: ApplyAnswer | RemoveAnswer): string {
  const reason = 'reason' in answer ? ` ${answer.reason}` : '';
  return `${answer.outcome}${reason}${'because' in answer ? `: ${answer.because}` : ''}`;
}
