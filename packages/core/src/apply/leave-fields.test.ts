import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import type { JsonObject } from '@accord/proto/canonical';
import { expect, test } from 'vitest';
import { leaveFields, type Yielding } from './leave-fields.ts';

const body: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels: { app: 'web', 'accord.dev/policy': 'p' } },
  spec: {
    replicas: 2,
    template: {
      spec: {
        containers: [
          { name: 'web', image: 'web:1', args: ['a'] },
          { name: 'side', image: 'side:1' },
        ],
        dnsPolicy: 'Default',
      },
    },
  },
};
const entry = (manager: string, fieldsV1: JsonObject, change: Partial<ManagedFieldsEntry> = {}): ManagedFieldsEntry => ({
  ...{ manager, operation: 'Update', apiVersion: 'apps/v1', time: '', subresource: '', fieldsV1 },
  ...change,
});
const replicas = { 'f:spec': { 'f:replicas': {} } };
const image = (name: string) => ({
  'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { [`k:{"name":"${name}"}`]: { '.': {}, 'f:name': {}, 'f:image': {} } } } } },
});
const ours = (fieldsV1: JsonObject): ManagedFieldsEntry => entry('accord', fieldsV1, { operation: 'Apply' });

const cases: [claim: string, yielding: Partial<Yielding>, entries: ManagedFieldsEntry[], left: string][] = [
  ['a listed manager keeps its field', { yieldTo: ['hpa'] }, [entry('hpa', replicas)], '.spec.replicas'],
  ['also one that applies', { yieldTo: ['hpa'] }, [entry('hpa', replicas, { operation: 'Apply' })], '.spec.replicas'],
  ['another manager does not', { yieldTo: ['hpa'] }, [entry('kubectl-edit', replicas)], ''],
  ['a write to a subresource is no claim', { yieldTo: ['hpa'] }, [entry('hpa', replicas, { subresource: 'status' })], ''],
  [
    'a field of an element is left, and its name stays',
    { yieldTo: ['flux'] },
    [entry('flux', image('web'))],
    '.spec.template.spec.containers[name="web"].image',
  ],
  ['an element that we do not state is none of ours', { yieldTo: ['flux'] }, [entry('flux', image('other'))], ''],
  [
    'marks of ours are never left',
    { yieldTo: ['x'] },
    [entry('x', { 'f:metadata': { 'f:labels': { 'f:accord.dev/policy': {}, 'f:app': {} } } })],
    '.metadata.labels.app',
  ],
  ['an ignored field that we still hold is stated', { ignoreFields: ['/spec/replicas'] }, [ours(replicas), entry('x', {})], ''],
  ['an ignored field that somebody took is left', { ignoreFields: ['/spec/replicas'] }, [ours({}), entry('x', replicas)], '.spec.replicas'],
  ['and one that somebody removed', { ignoreFields: ['/spec/replicas'] }, [ours({})], '.spec.replicas'],
  [
    'an ignored field in an element',
    { ignoreFields: ['/spec/template/spec/containers/1/image'] },
    [ours(image('web')), entry('x', image('side'))],
    '.spec.template.spec.containers.1.image',
  ],
  [
    'a list that is owned as a whole is owned in its parts',
    { ignoreFields: ['/spec/template/spec/containers/0/args'] },
    [ours({ 'f:spec': { 'f:template': {} } })],
    '',
  ],
];
test.each(cases)('%s', (_claim, yielding, entries, left) => {
  expect(leaveFields(body, entries, { yieldTo: [], ignoreFields: [], ...yielding }, 'accord').left.join()).toBe(left);
});

test('what is left is not in the body, and everything else is as it was', () => {
  const { body: sent } = leaveFields(
    body,
    [entry('flux', image('web')), entry('hpa', replicas)],
    { yieldTo: ['flux', 'hpa'], ignoreFields: [] },
    'accord',
  );
  const containers = [
    { name: 'web', args: ['a'] },
    { name: 'side', image: 'side:1' },
  ];
  expect(sent).toEqual({ ...body, spec: { template: { spec: { containers, dnsPolicy: 'Default' } } } });
});

test('keys with slashes and tildes are named as RFC 6901 says', () => {
  const object = { metadata: { annotations: { 'example.com/a~b': '1', c: '2' } } };
  const { body: sent } = leaveFields(object, [], { yieldTo: [], ignoreFields: ['/metadata/annotations/example.com~1a~0b'] }, 'accord');
  expect(sent).toEqual({ metadata: { annotations: { c: '2' } } });
});
