import type { JsonObject } from '@accord/proto/canonical';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { expect, test } from 'vitest';
import { fieldsToPutBack, mayWrite } from './dry-run.ts';
import { printOf } from './fingerprint.ts';

const entry = (over: Partial<ManagedFieldsEntry> = {}): ManagedFieldsEntry => ({
  ...{ manager: 'accord', operation: 'Apply', apiVersion: 'v1', time: '2026-01-01T00:00:00Z', subresource: '' },
  fieldsV1: { 'f:data': { 'f:a': {} } },
  ...over,
});
const other = entry({ manager: 'kubectl', operation: 'Update', time: '2026-01-02T00:00:00Z' });

test.each<[claim: string, answered: readonly ManagedFieldsEntry[], writes: boolean]>([
  ['our entry as it is: nothing', [entry(), other], false],
  ['our entry with the time of the dry run: a value', [entry({ time: '2026-01-02T00:00:00Z' })], true],
  ['our entry with other fields', [entry({ fieldsV1: { 'f:data': {} } })], true],
  ['no entry of ours', [other], true],
])('%s', (_claim, answered, writes) => {
  const applied = printOf([entry()], 'accord') ?? expect.unreachable('an entry');
  expect(mayWrite(applied, answered, 'accord')).toBe(writes);
});

test.each<[claim: string, live: JsonObject, applied: JsonObject, fields: readonly string[]]>([
  ['a value, and what is missing', { data: { a: '2' } }, { data: { a: '1', b: '1' } }, ['.data.a', '.data.b']],
  ['an empty list that is not stored', { spec: { egress: null } }, { spec: { egress: [] } }, []],
  ['what the server keeps for itself', { metadata: { resourceVersion: '1' } }, { metadata: { resourceVersion: '2' } }, []],
  [
    'a mark',
    { metadata: { labels: { 'accord.dev/policy': 'x' } } },
    { metadata: { labels: { 'accord.dev/policy': 'p' } } },
    ['.metadata.labels.accord.dev/policy'],
  ],
  [
    'a mark that was taken away',
    { metadata: {} },
    { metadata: { annotations: { 'accord.dev/origin': 'Created' } } },
    ['.metadata.annotations.accord.dev/origin'],
  ],
])('%s', (_claim, live, applied, fields) => expect(fieldsToPutBack(live, applied)).toEqual(fields));
