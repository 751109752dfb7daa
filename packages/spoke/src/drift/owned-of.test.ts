import type { JsonObject } from '@accord/proto/canonical';
import { objectKey } from '@accord/proto/ids';
import { deletionAnnotation, fieldManager, untilAnnotation } from '@accord/proto/labels';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { describe, expect, test } from 'vitest';
import type { KindRef } from '../kube/kube.ts';
import { configMapKind, namespaceKind } from '../kube/own-kinds.ts';
import { ownedOf } from './owned-of.ts';

const binding: KindRef = {
  ...{ group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'RoleBinding', resource: 'rolebindings', namespaced: true },
};
const role: KindRef = { ...binding, kind: 'Role', resource: 'roles' };
const states = (annotation: string): JsonObject => ({ 'f:metadata': { 'f:annotations': { [`f:${annotation}`]: {} } } });
const entry = (change: Partial<ManagedFieldsEntry>): ManagedFieldsEntry => ({
  ...{ manager: fieldManager, operation: 'Apply', apiVersion: 'v1', time: '', subresource: '', fieldsV1: states(deletionAnnotation) },
  ...change,
});
const byPolicy = entry({});
const byHand = entry({ manager: 'kubectl-annotate', operation: 'Update' });

describe('an object that its annotation asks to keep', () => {
  const rows: [
    claim: string,
    kind: KindRef,
    entries: readonly ManagedFieldsEntry[],
    more: Readonly<Record<string, string>>,
    kept: boolean,
  ][] = [
    ['is kept, whoever wrote that', configMapKind, [byHand], {}, true],
    ['is kept where it is a binding of a policy that says so', binding, [byPolicy], {}, true],
    ['is kept where it is a role of a policy that says so', role, [byPolicy, byHand], {}, true],
    ['is not where somebody wrote it on a binding', binding, [byHand], {}, false],
    ['is not where somebody wrote it on a role that we apply', role, [byHand, entry({ fieldsV1: { 'f:rules': {} } })], {}, false],
    ['is not where somebody updated a binding under our name', binding, [entry({ operation: 'Update' })], {}, false],
    ['is not where it is a grant with an end', binding, [byPolicy], { [untilAnnotation]: '2026-01-01T00:00:00Z' }, false],
  ];
  test.each(rows)('%s', (_claim, kind, managedFields, more, kept) => {
    const key = objectKey(kind.group, kind.kind, 'team', 'a');
    const annotations = { [deletionAnnotation]: 'retain', ...more };
    const meta = { uid: 'u', resourceVersion: '1', deletionTimestamp: undefined, labels: {}, annotations, managedFields };
    expect(ownedOf(key, { kind, namespace: 'team', name: 'a' }, meta, undefined).retain).toBe(kept);
  });
});

test.each([
  ['its policy says so', [byPolicy], true],
  ['not where somebody else wrote it', [byHand], false],
  ['nor under our name but by an update', [entry({ operation: 'Update' })], false],
])('a Namespace goes with everything in it: %s', (_claim, managedFields, isWhole) => {
  const annotations = { [deletionAnnotation]: 'DeleteIfCreated' };
  const meta = { uid: 'u', resourceVersion: '1', deletionTimestamp: undefined, labels: {}, annotations, managedFields };
  const key = objectKey('', 'Namespace', undefined, 'a');
  const { isDeletedWhole = false, isDeletedEmpty = false } = ownedOf(
    key,
    { kind: namespaceKind, namespace: undefined, name: 'a' },
    meta,
    undefined,
  );
  expect([isDeletedWhole, isDeletedEmpty]).toEqual([isWhole, false]);
});
