import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { describe, expect, test } from 'vitest';
import type { ShownObject } from './classify-event.ts';
import { glimpseOf, isWritten } from './glimpse.ts';

const entry = (manager: string, change: Partial<ManagedFieldsEntry> = {}): ManagedFieldsEntry => ({
  ...{ manager, operation: 'Update', apiVersion: 'v1', time: '2026-01-01T00:00:00Z', subresource: '', fieldsV1: {} },
  ...change,
});
const status = (time = '2026-01-01T00:00:00Z') => entry('controller', { subresource: 'status', time });
const shown = (resourceVersion: string, managedFields: readonly ManagedFieldsEntry[], more: Partial<ShownObject> = {}): ShownObject => ({
  ...{ uid: 'u', resourceVersion, deletionTimestamp: undefined, annotations: {}, managedFields },
  ...more,
});
const before = shown('1', [entry('kubectl'), status()]);
const later = '2026-01-01T00:00:09Z';

describe('isWritten', () => {
  const cases: readonly (readonly [name: string, now: ShownObject, isWritten: boolean])[] = [
    ['what is shown again was not written', before, false],
    ['a field that somebody else took was written', shown('2', [entry('helm'), status()]), true],
    ['the same manager wrote it at another time', shown('2', [entry('kubectl', { time: later }), status()]), true],
    ['a mark in the annotations is a field', shown('2', [entry('kubectl', { fieldsV1: { 'f:metadata': {} } }), status()]), true],
    ['a status alone is no matter', shown('2', [entry('kubectl'), status(later)]), false],
    ['a status together with a field is', shown('2', [entry('kubectl', { time: later }), status(later)]), true],
    ['what leaves no trace within one second counts', shown('2', [entry('kubectl'), status()]), true],
    ['what is being deleted was written', shown('2', [entry('kubectl'), status(later)], { deletionTimestamp: later }), true],
    ['another object of that name is news', shown('2', [entry('kubectl'), status(later)], { uid: 'other' }), true],
  ];
  test.each(cases)('%s', (_name, now, expected) => {
    expect(isWritten(glimpseOf(before), glimpseOf(now))).toBe(expected);
  });

  test('what was not seen before counts', () => {
    expect(isWritten(undefined, glimpseOf(before))).toBe(true);
  });
});
