import { classifyEvent } from '@accord/core/drift/classify-event';
import { exactMapsOf, foreignKeys, withoutKeys } from '@accord/core/drift/exact-maps';
import { fingerprint, printOf } from '@accord/core/drift/fingerprint';
import type { JsonObject } from '@accord/proto/canonical';
import { expect, test } from 'vitest';
import { quotaKind, networkPolicyKind, ref, ours, applied, current, field, fieldsOf } from './contract-objects.ts';
import type { KubeWorld } from '../kube-contract.ts';
import type { KindRef } from '../kube.ts';
import { configMapKind } from '../own-kinds.ts';

/** Part of the contract: the server takes what others write out of our entry. */
export function describeDrift(world: () => KubeWorld): void {
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

  const harmless: [name: string, content: JsonObject, change: JsonObject][] = [
    ['a field that we do not state', { data: { a: '1' } }, { data: { z: '1' } }],
    ['an annotation of somebody else', { data: { a: '1' } }, { metadata: { annotations: { 'example.com/note': 'x' } } }],
  ];
  test.each(harmless)('%s leaves our entry as it is', async (what, content, change) => {
    const { kube, admin } = world();
    const name = `same-${what.replaceAll(' ', '-')}`;
    const at = ref(configMapKind, 'team', name);
    const before = await applied(kube, at, ours(configMapKind, 'team', name, content));
    await admin.edit(at, 'kubectl-edit', change);
    const after = await current(kube, at, before);
    expect(after.resourceVersion).not.toBe(before.resourceVersion);
    expect(fingerprint(after.managedFields, 'accord')).toBe(fingerprint(before.managedFields, 'accord'));
  });

  test('an entry in a map that we state as empty is seen as drift once, and stays', async () => {
    const { kube, admin } = world();
    const at = ref(configMapKind, 'team', 'empty-map');
    const before = await applied(kube, at, ours(configMapKind, 'team', 'empty-map', { data: {} }));
    await admin.edit(at, 'kubectl-edit', { data: { z: '1' } });
    expect(fieldsOf(await current(kube, at, before))).not.toEqual(fieldsOf(before));
    const again = await applied(kube, at, ours(configMapKind, 'team', 'empty-map', { data: {} }));
    expect([fieldsOf(again), await field(kube, at, 'data')]).toEqual([fieldsOf(before), { z: '1' }]);
  });

  test('without force a field that somebody else holds is left to them, and told', async () => {
    const { kube, admin } = world();
    const at = ref(configMapKind, 'team', 'unforced');
    const content = { data: { a: '1', b: '1' } };
    await applied(kube, at, ours(configMapKind, 'team', 'unforced', content));
    await admin.edit(at, 'somebody', { data: { a: '2' } });
    const body = ours(configMapKind, 'team', 'unforced', { data: { a: '1', b: '3' } });
    const answer = await kube.apply(at, body, { force: false }, new AbortController().signal);
    expect(answer).toMatchObject({ outcome: 'refused', reason: 'FieldConflict' });
    expect('because' in answer && answer.because).toContain('conflict with "somebody" using v1: .data.a');
    expect(await field(kube, at, 'data')).toEqual({ a: '2', b: '1' });
  });

  test('what is left out of an intent after somebody else took it keeps the value of theirs', async () => {
    const { kube, admin } = world();
    const at = ref(configMapKind, 'team', 'left');
    await applied(kube, at, ours(configMapKind, 'team', 'left', { data: { a: '1', b: '1' } }));
    await admin.edit(at, 'autoscaler', { data: { a: '2' } });
    const before = await applied(kube, at, ours(configMapKind, 'team', 'left', { data: { b: '1' } }));
    expect(await field(kube, at, 'data')).toEqual({ a: '2', b: '1' });
    await admin.edit(at, 'autoscaler', { data: { a: '3' } });
    expect(fieldsOf(await current(kube, at, before))).toEqual(fieldsOf(before));
  });

  test('keys of others in a map are shown by the metadata, and one patch of that version takes them away', async () => {
    const { kube, admin } = world();
    const at = ref(configMapKind, 'team', 'exact');
    await applied(kube, at, ours(configMapKind, 'team', 'exact', { data: { a: '1' } }));
    await admin.edit(at, 'somebody', { data: { z: '1' } });
    const seen = await applied(kube, at, ours(configMapKind, 'team', 'exact', { data: { a: '1' } }));
    const keys = foreignKeys(seen.managedFields, exactMapsOf('/ConfigMap'), 'accord');
    expect(keys).toEqual([{ steps: ['data', 'z'], manager: 'somebody' }]);
    const signal = new AbortController().signal;
    const stale = { ...seen, resourceVersion: '1' };
    expect(await kube.patch(at, withoutKeys(keys, stale), signal)).toMatchObject({ outcome: 'retry', reason: 'Conflict' });
    const answer = await kube.patch(at, withoutKeys(keys, seen), signal);
    expect(answer.outcome).toBe('changed');
    expect(await field(kube, at, 'data')).toEqual({ a: '1' });
    expect('meta' in answer && fieldsOf(answer.meta)).toEqual(fieldsOf(seen));
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
