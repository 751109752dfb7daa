/** The API server refuses a status that its schema does not admit, and drops what its schema does not name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemsMax, problemStates } from '@accord/core/apply/report-policy';
import { isObject, type Json } from '@accord/proto/canonical';
import { objectKey } from '@accord/proto/ids';
import { ownedOf } from '@accord/spoke/drift/owned-of';
import { configMapKind } from '@accord/spoke/kube/own-kinds';
import { fieldsMax, inventoryMax, statusOf } from '@accord/spoke/mirror/status-of';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { root } from './plant.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly enum?: readonly string[];
}

const crds = parseAllDocuments(readFileSync(join(root, 'deploy/spoke/crds.yaml'), 'utf8')).map(
  (document) => document.toJS() as { metadata: { name: string }; spec: { versions: { schema: { openAPIV3Schema: Schema } }[] } },
);
const mirror = crds.find(({ metadata }) => metadata.name === 'clusterpolicies.accord.dev');
const schema = mirror?.spec.versions[0]?.schema.openAPIV3Schema.properties?.['status'] ?? expect.unreachable('no schema');

function at(...path: readonly string[]): Schema {
  return path.reduce((of, name) => (name === '[]' ? of.items : of.properties?.[name]) ?? expect.unreachable(`no ${name}`), schema);
}

function* unnamed(value: Json, of: Schema | undefined, path: string): Iterable<string> {
  if (of === undefined) yield path;
  else if (Array.isArray(value)) for (const item of value) yield* unnamed(item, of.items, `${path}[]`);
  else if (isObject(value))
    for (const [name, inner] of Object.entries(value)) yield* unnamed(inner, of.properties?.[name], `${path}.${name}`);
}

test('every field that a spoke writes into the status of a mirror has a place in its schema', () => {
  const key = objectKey('', 'ConfigMap', 'n', 'a');
  const meta = { uid: 'u', resourceVersion: '1', labels: {}, annotations: {}, managedFields: [], deletionTimestamp: undefined };
  const print = { fingerprint: 'f', time: '', fields: '{}' };
  const drift = { manager: 'helm', operation: 'Update', writtenMs: 1, fields: ['.data.a'] };
  const problems = [{ object: key, state: 'Drifted', reason: 'Differs', message: 'm', drift }];
  const report = {
    ...{ policy: 'p', epoch: 1, revision: 3, step: 0, state: 'Applied', reason: 'Applied', message: '', desired: 1, applied: 1, problems },
    ...{ retained: [], sinceMs: 1, held: 0, heals: 1, leaving: false, hold: null },
  };
  const status = statusOf(report, { heals: 1, lastMs: 1 }, [ownedOf(key, { kind: configMapKind, namespace: 'n', name: 'a' }, meta, print)]);
  expect([...unnamed(status, schema, '')]).toEqual([]);
});

test('an object that is named can be in every state that there is for it', () => {
  expect([...problemStates, 'Removing'].toSorted()).toEqual(at('problems', '[]', 'state').enum?.toSorted());
});

test('no list is longer than its schema admits', () => {
  const lengths = [at('problems'), at('problems', '[]', 'fields'), at('inventory', 'entries')].map(({ maxItems }) => maxItems);
  expect(lengths).toEqual([problemsMax, fieldsMax, inventoryMax]);
});
