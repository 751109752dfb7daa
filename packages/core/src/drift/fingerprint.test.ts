import { describe, expect, test } from 'vitest';
import { missingPaths } from './field-paths.ts';
import { fingerprint } from './fingerprint.ts';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';

const ours: ManagedFieldsEntry = {
  manager: 'accord',
  operation: 'Apply',
  apiVersion: 'v1',
  time: '2026-01-01T00:00:00Z',
  subresource: '',
  fieldsV1: { 'f:data': { 'f:a': {}, 'f:b': {} } },
};

describe('fingerprint', () => {
  const same = fingerprint([ours], 'accord');
  const cases: [name: string, entries: ManagedFieldsEntry[], isSame: boolean][] = [
    ['does not depend on the order of fields', [{ ...ours, fieldsV1: { 'f:data': { 'f:b': {}, 'f:a': {} } } }], true],
    ['does not depend on other entries', [{ ...ours, manager: 'helm' }, ours], true],
    ['ignores our status entry', [{ ...ours, subresource: 'status', fieldsV1: {} }, ours], true],
    ['changes with the time', [{ ...ours, time: '2026-01-01T00:00:01Z' }], false],
    ['changes with a lost field', [{ ...ours, fieldsV1: { 'f:data': { 'f:a': {} } } }], false],
    ['changes with the version of the schema', [{ ...ours, apiVersion: 'v2' }], false],
  ];
  test.each(cases)('%s', (_name, entries, isSame) => {
    expect(fingerprint(entries, 'accord') === same).toBe(isSame);
  });

  test('there is none without an entry of ours', () => {
    expect(fingerprint([{ ...ours, operation: 'Update' }], 'accord')).toBeUndefined();
  });
});

describe('missingPaths', () => {
  test('writes list elements as conflict messages do', () => {
    const before = {
      'f:spec': { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:name': {} } } },
      'f:metadata': { 'f:finalizers': { 'v:"x"': {} } },
    };
    expect(missingPaths(before, {})).toEqual(['.metadata.finalizers["x"]', '.spec.ports[port=80,protocol="TCP"]']);
  });

  test('a field of a list element that stays is named itself', () => {
    const ports = (element: Record<string, object>) => ({ 'f:ports': { 'k:{"port":80}': { '.': {}, ...element } } });
    expect(missingPaths(ports({ 'f:name': {} }) as never, ports({}) as never)).toEqual(['.ports[port=80].name']);
  });

  test('a name that merely begins like another is another field', () => {
    expect(missingPaths({ 'f:cpu': {}, 'f:cpus': { 'f:a': {} } }, {})).toEqual(['.cpu', '.cpus.a']);
  });
});
