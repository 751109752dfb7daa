import { expect, test } from 'vitest';
import type { ObjectRef } from './kube.ts';
import { collectionPath, objectPath, renderQuery } from './object-path.ts';
import { configMapKind, namespaceKind, policyKinds } from './own-kinds.ts';

const role = policyKinds.find(({ kind }) => kind === 'ClusterRole') ?? namespaceKind;

const cases: [ref: ObjectRef, path: string][] = [
  [{ kind: configMapKind, namespace: 'team', name: 'a' }, '/api/v1/namespaces/team/configmaps/a'],
  [{ kind: namespaceKind, namespace: undefined, name: 'team' }, '/api/v1/namespaces/team'],
  [{ kind: role, namespace: undefined, name: 'accord:team~1 b' }, '/apis/rbac.authorization.k8s.io/v1/clusterroles/accord:team~1%20b'],
];
test.each(cases)('%j', (ref, path) => {
  expect(objectPath(ref)).toBe(path);
});

test('a namespaced kind is read over the whole cluster without a namespace', () => {
  expect(collectionPath(configMapKind)).toBe('/api/v1/configmaps');
});

test('a query leaves out what is undefined and keeps what is empty', () => {
  expect(renderQuery({ a: 'x=y&z', b: undefined, c: '' })).toBe('?a=x%3Dy%26z&c=');
});
