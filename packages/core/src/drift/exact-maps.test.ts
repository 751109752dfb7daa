import type { JsonObject } from '@accord/proto/canonical';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { expect, test } from 'vitest';
import { exactMapsOf, extraKeys, foreignKeys, pathOfKey, withoutKeys } from './exact-maps.ts';

const entry = (manager: string, operation: 'Apply' | 'Update', fieldsV1: JsonObject, subresource = ''): ManagedFieldsEntry => ({
  ...{ manager, operation, apiVersion: 'v1', time: '', subresource, fieldsV1 },
});
const data = (...keys: string[]): JsonObject => ({
  'f:data': Object.fromEntries(['.', ...keys.map((key) => `f:${key}`)].map((key) => [key, {}])),
});
const maps = exactMapsOf('/ConfigMap');
const found = (...entries: ManagedFieldsEntry[]): string =>
  foreignKeys(entries, maps, 'accord')
    .map((key) => `${key.manager} ${pathOfKey(key)}`)
    .join(', ');

test.each([
  ['keys of ours are not foreign, whoever else states them', [entry('accord', 'Apply', data('a')), entry('x', 'Apply', data('a'))], ''],
  ['keys of others are', [entry('accord', 'Apply', data('a')), entry('x', 'Update', data('b', 'c.d'))], 'x .data.b, x .data.c.d'],
  [
    'also what somebody wrote under our name',
    [entry('accord', 'Apply', data('a')), entry('accord', 'Update', data('b'))],
    'accord .data.b',
  ],
  ['a status is none', [entry('accord', 'Apply', data('a')), entry('x', 'Update', data('b'), 'status')], ''],
  [
    'other fields are none',
    [entry('accord', 'Apply', data('a')), entry('x', 'Update', { 'f:metadata': { 'f:labels': { 'f:b': {} } } })],
    '',
  ],
  ['a map that we do not state at all has only foreign ones', [entry('accord', 'Apply', {}), entry('x', 'Update', data('b'))], 'x .data.b'],
])('%s', (_claim, entries, said) => {
  expect(found(...entries)).toBe(said);
});

test('a patch takes all of them away from one version of one object', () => {
  const keys = foreignKeys(
    [entry('x', 'Update', { 'f:spec': { 'f:hard': { 'f:pods': {}, 'f:requests.cpu': {} } } })],
    exactMapsOf('/ResourceQuota'),
    'accord',
  );
  expect(withoutKeys(keys, { uid: 'u', resourceVersion: '7' })).toEqual({
    metadata: { uid: 'u', resourceVersion: '7' },
    spec: { hard: { pods: null, 'requests.cpu': null } },
  });
});

test('of what is only compared the bodies tell the same', () => {
  expect(extraKeys({ data: { a: '1' } }, { data: { a: '2', b: '1', constructor: 'c' } }, maps)).toEqual(['.data.b', '.data.constructor']);
  expect(extraKeys({}, { binaryData: { k: 'eA==' } }, maps)).toEqual(['.binaryData.k']);
});

const role = exactMapsOf('rbac.authorization.k8s.io/ClusterRole');
const aggregating = { 'f:aggregationRule': { 'f:clusterRoleSelectors': {} }, 'f:metadata': { 'f:labels': { 'f:x': {} } } };

test('of a ClusterRole it is the aggregationRule, and nothing else that others may add', () => {
  const [rules, theirs] = [entry('accord', 'Apply', { 'f:rules': {} }), entry('x', 'Update', aggregating)];
  const keys = foreignKeys([rules, theirs], role, 'accord');
  expect(keys.map((key) => `${key.manager} ${pathOfKey(key)}`)).toEqual(['x .aggregationRule']);
  expect(withoutKeys(keys, { uid: 'u', resourceVersion: '7' })).toEqual({
    metadata: { uid: 'u', resourceVersion: '7' },
    aggregationRule: null,
  });
  expect(foreignKeys([entry('accord', 'Apply', aggregating), theirs], role, 'accord')).toEqual([]);
  const live = { metadata: { labels: { x: '' } }, rules: [], aggregationRule: {} };
  expect([extraKeys({ rules: [] }, live, role), extraKeys({ aggregationRule: {} }, live, role)]).toEqual([['.aggregationRule'], []]);
});

test('kinds without such maps have none, whatever their name', () => {
  expect([exactMapsOf('apps/Deployment'), exactMapsOf('constructor')]).toEqual([[], []]);
});
