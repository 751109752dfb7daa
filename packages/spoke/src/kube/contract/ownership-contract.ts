import { withoutClientSideApply } from '@accord/core/apply/client-side-apply';
import type { JsonObject } from '@accord/proto/canonical';
import { adoptableAnnotation, allowLabel, originAnnotation, ownerLabel } from '@accord/proto/labels';
import { expect, test } from 'vitest';
import { never, ref, object, ours, ofKey, applied, current, field, follow, render } from './contract-objects.ts';
import type { KubeWorld } from '../kube-contract.ts';
import type { ApplyAnswer, ObjectMeta } from '../kube.ts';
import { configMapKind, namespaceKind } from '../own-kinds.ts';

/** Part of the contract: what is not ours, and giving or taking away what is. */
export function describeOwnership(world: () => KubeWorld): void {
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

  test('nothing is handed to the garbage collector, nor kept from it', async () => {
    const body = ours(configMapKind, 'team', 'collected');
    const uid = '11111111-1111-1111-1111-111111111111';
    const lives = [{ ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'gone', uid }] }, { finalizers: ['example.com/x'] }];
    for (const life of lives) {
      const metadata = { ...(body['metadata'] as JsonObject), ...life };
      const answer = await world().kube.apply(ref(configMapKind, 'team', 'collected'), { ...body, metadata }, {}, never);
      expect(render(answer)).toMatch(/^refused GuardRail: .*owner references and finalizers are not set by policy/);
    }
  });

  test('the claim of client-side apply is ended by one patch, and then what we drop goes', async () => {
    const { kube, admin } = world();
    const at = ref(configMapKind, 'team', 'client-side');
    const metadata = { name: 'client-side', namespace: 'team', annotations: { 'accord.dev/adoptable': 'true' } };
    const theirs = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: '1', b: '1', c: '1' } };
    await admin.create(theirs, 'kubectl-client-side-apply');
    const body = (data: JsonObject) => ours(configMapKind, 'team', 'client-side', { data, origin: 'Adopted' });
    const meta = await applied(kube, at, body({ a: '1', b: '1' }));
    const patch = withoutClientSideApply(meta.managedFields, meta);
    expect(patch).toBeDefined();
    expect((await kube.patch(at, patch ?? {}, never)).outcome).toBe('changed');
    await applied(kube, at, body({ a: '1' }));
    expect(await field(kube, at, 'data')).toEqual({ a: '1', c: '1' });
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

/** Part of the contract: what is not ours, and giving or taking away what is. */
export function describeRemoval(world: () => KubeWorld): void {
  test('what we created is removed, and removing it again is no failure', async () => {
    const { kube } = world();
    const at = ref(configMapKind, 'team', 'going');
    const meta = await applied(kube, at, ours(configMapKind, 'team', 'going'));
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

  test('what is only asked about stays', async () => {
    const { kube } = world();
    const at = ref(configMapKind, 'team', 'asked-about');
    const meta = await applied(kube, at, ours(configMapKind, 'team', 'asked-about'));
    expect(await kube.remove(at, meta, never, { dryRun: true })).toEqual({ outcome: 'removed' });
    expect(await field(kube, at, 'metadata')).toMatchObject({ name: 'asked-about' });
  });

  test('an object that changed is removed all the same where only its identity is asked for', async () => {
    const { kube, admin } = world();
    const at = ref(configMapKind, 'team', 'changed-and-going');
    const { uid } = await applied(kube, at, ours(configMapKind, 'team', 'changed-and-going'));
    await admin.edit(at, 'kubectl-edit', { data: { b: '1' } });
    expect(await kube.remove(at, { uid }, never)).toEqual({ outcome: 'removed' });
  });

  test('what has finalizers is there until the last of them is taken away, whatever is applied to it', async () => {
    const { kube, admin } = world();
    const at = ref(configMapKind, 'team', 'finalized');
    const finalizers = ['example.com/a', 'example.com/b'];
    const body = (value: string) => ours(configMapKind, 'team', 'finalized', { data: { value } });
    const { uid } = await applied(kube, at, body('1'));
    await admin.edit(at, 'controller', { metadata: { finalizers } });
    const watch = follow(kube, configMapKind, { fieldSelector: 'metadata.name=finalized' });
    const answer = await kube.remove(at, { uid }, never);
    expect([answer, await kube.remove(at, { uid }, never)]).toEqual([
      { outcome: 'terminating', finalizers },
      { outcome: 'terminating', finalizers },
    ]);
    const { meta } = (await kube.apply(at, body('2'), {}, never)) as Extract<ApplyAnswer, { readonly meta: unknown }>;
    expect([typeof meta.deletionTimestamp, meta.uid, meta.finalizers]).toEqual(['string', uid, finalizers]);
    await admin.edit(at, 'controller', { metadata: { finalizers: ['example.com/b'] } });
    const shown = () => ofKey(watch.events, at).at(-1);
    await expect.poll(() => shown()?.meta.finalizers, { timeout: 10_000 }).toEqual(['example.com/b']);
    expect([shown()?.type, typeof shown()?.meta.deletionTimestamp]).toEqual(['present', 'string']);
    await admin.edit(at, 'controller', { metadata: { finalizers: null } });
    await watch.until((events) => ofKey(events, at).at(-1)?.type === 'gone');
    expect(await kube.get(at, never)).toBeUndefined();
    expect((await applied(kube, at, body('1'))).uid).not.toBe(uid);
    await watch.stop();
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
