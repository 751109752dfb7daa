import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { expect, test } from 'vitest';
import { withoutClientSideApply, withoutUpdatesBeside } from './client-side-apply.ts';

const entry = (manager: string, operation: 'Apply' | 'Update', subresource = ''): ManagedFieldsEntry => ({
  ...{ manager, operation, apiVersion: 'v1', time: '2026-01-01T00:00:00Z', subresource, fieldsV1: { 'f:data': {} } },
});
const version = { uid: 'u', resourceVersion: '7' };
const left = (...entries: ManagedFieldsEntry[]): unknown => withoutClientSideApply(entries, version);

test('the claim of client-side apply ends, and every other one stays', () => {
  const [ours, controller] = [entry('accord', 'Apply'), entry('controller', 'Update', 'status')];
  const { subresource: _none, ...kept } = ours;
  expect(left(ours, entry('kubectl-client-side-apply', 'Update'), controller)).toEqual({
    metadata: {
      ...version,
      managedFields: [
        { ...kept, fieldsType: 'FieldsV1' },
        { ...controller, fieldsType: 'FieldsV1' },
      ],
    },
  });
});

test('where nobody has applied so there is nothing to do', () => {
  expect(left(entry('accord', 'Apply'), entry('kubectl', 'Apply'), entry('kubectl-edit', 'Update'))).toBeUndefined();
});

test('what we have updated besides ends where it claims content', () => {
  const ours = entry('accord', 'Apply');
  const updated = { ...entry('accord', 'Update'), fieldsV1: { 'f:spec': {} } };
  const marks = { ...entry('accord', 'Update'), fieldsV1: { 'f:metadata': {} } };
  const { subresource: _none, ...kept } = ours;
  expect(withoutUpdatesBeside('accord', [ours, updated], version)).toEqual({
    metadata: { ...version, managedFields: [{ ...kept, fieldsType: 'FieldsV1' }] },
  });
  expect(withoutUpdatesBeside('accord', [ours, marks, entry('kubectl-edit', 'Update')], version)).toBeUndefined();
});
