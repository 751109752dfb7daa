import type { JsonObject } from '@accord/proto/canonical';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { describe, expect, test } from 'vitest';
import { turnBack } from './turn-back.ts';

const key = (port: number): string => `k:{"port":${port},"protocol":"TCP"}`;
const turned = [{ list: ['f:spec', 'f:ports'], was: key(80), is: key(81) }];
const entry = (manager: string): ManagedFieldsEntry => ({
  ...{ manager, operation: 'Update', apiVersion: 'v1', time: '2026-01-01T00:00:00Z', subresource: '' },
  fieldsV1: { 'f:spec': { 'f:ports': { [key(81)]: { '.': {} } } } },
});
const service = (...ports: JsonObject[]): JsonObject => ({ spec: { ports, selector: { app: 'web' } } });
const port = (number: number, change: JsonObject = {}): JsonObject => ({ port: number, protocol: 'TCP', targetPort: 8080, ...change });
const patched = (object: JsonObject, managedFields = [entry('somebody')], wanted = service({ port: 80, targetPort: 8080 })) =>
  turnBack(wanted, { object, uid: 'u', resourceVersion: '7', managedFields }, turned);

describe('turnBack', () => {
  test('gives the element its key back and leaves what is beside it', () => {
    const patch = patched(service(port(443, { targetPort: 1 }), port(81)));
    expect(patch).toEqual({ spec: { ports: [port(443, { targetPort: 1 }), port(80)] }, metadata: { uid: 'u', resourceVersion: '7' } });
  });

  const none: [name: string, object: JsonObject, managers?: readonly string[]][] = [
    ['it holds something else than ours did', service(port(81, { targetPort: 1 }))],
    ['it is gone', service(port(443))],
    ['ours is back beside it', service(port(80), port(81))],
    ['somebody else has written it as well', service(port(81)), ['somebody', 'other']],
  ];
  test.each(none)('nothing where %s', (_name, object, managers = ['somebody']) => {
    expect(patched(object, managers.map(entry))).toBeUndefined();
  });

  test('nothing that is no longer wanted', () => {
    expect(patched(service(port(81)), undefined, service({ port: 443, targetPort: 8080 }))).toBeUndefined();
  });

  test('a key inside of an element: the list around it goes as a whole', () => {
    const inside = (env: string): JsonObject => ({ a: { list: [{ name: 'web', env: [{ name: env, value: 'v' }] }, { name: 'other' }] } });
    const list = ['f:a', 'f:list', 'k:{"name":"web"}', 'f:env'];
    const fieldsV1 = { 'f:a': { 'f:list': { 'k:{"name":"web"}': { 'f:env': { 'k:{"name":"B"}': {} } } } } };
    const live = { object: inside('B'), uid: 'u', resourceVersion: '7', managedFields: [{ ...entry('somebody'), fieldsV1 }] };
    const patch = turnBack(inside('A'), live, [{ list, was: 'k:{"name":"A"}', is: 'k:{"name":"B"}' }]);
    expect(patch).toEqual({ ...inside('A'), metadata: { uid: 'u', resourceVersion: '7' } });
  });
});
