import fc from 'fast-check';
import type { JsonObject } from '@accord/proto/canonical';
import { describe, expect, test } from 'vitest';
import { classifyEvent, type EventMeaning, type LastSeen, type ObjectEvent, type ShownObject } from './classify-event.ts';
import { printOf } from './fingerprint.ts';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';

const full: JsonObject = {
  'f:metadata': { 'f:labels': { 'f:accord.dev/policy': {} } },
  'f:spec': { 'f:hard': { 'f:cpu': {}, 'f:pods': {} } },
};
const withoutCpu: JsonObject = { 'f:metadata': { 'f:labels': { 'f:accord.dev/policy': {} } }, 'f:spec': { 'f:hard': { 'f:pods': {} } } };

const entry = (manager: string, fieldsV1: JsonObject, change: Partial<ManagedFieldsEntry> = {}): ManagedFieldsEntry => ({
  manager,
  operation: 'Apply',
  apiVersion: 'v1',
  time: '2026-01-01T00:00:00Z',
  subresource: '',
  fieldsV1,
  ...change,
});
const ours = entry('accord', full);
const update = (manager: string, fieldsV1: JsonObject, time = '2026-01-01T00:01:00Z'): ManagedFieldsEntry =>
  entry(manager, fieldsV1, { operation: 'Update', time });
const status = entry('kube-controller-manager', { 'f:status': { 'f:used': {} } }, { operation: 'Update', subresource: 'status' });

const hashed = (hash: string): Record<string, string> => ({ 'accord.dev/applied-hash': hash });
const last: LastSeen = { uid: 'u1', resourceVersion: '99', print: printOf([ours], 'accord'), digest: 'd1' };
const shows = (
  managedFields: readonly ManagedFieldsEntry[],
  change: Partial<ShownObject> & { type?: ObjectEvent['type'] } = {},
): ObjectEvent => ({
  type: change.type ?? 'present',
  meta: { uid: 'u1', resourceVersion: '100', deletionTimestamp: undefined, annotations: hashed('d1'), managedFields, ...change },
});
const cpu: JsonObject = { 'f:spec': { 'f:hard': { 'f:cpu': {} } } };

describe('classifyEvent', () => {
  const cases: [name: string, event: ObjectEvent, meaning: string][] = [
    ['the version of our own answer is an echo', shows([ours], { resourceVersion: '99' }), 'echo'],
    [
      'an event older than our answer is an echo, even where it shows drift',
      shows([entry('accord', withoutCpu)], { resourceVersion: '98' }),
      'echo',
    ],
    ['a status write is ignored', shows([ours, status]), 'ignore'],
    [
      'what was sent under our name within the same second is told by its hash',
      shows([ours], { annotations: hashed('d0') }),
      'drift ImpersonatedManager  by accord Apply',
    ],
    ['a second applier with the same values is ignored', shows([ours, entry('helm', cpu)]), 'ignore'],
    [
      'a changed value names path and writer',
      shows([entry('accord', withoutCpu), update('kubectl-edit', cpu)]),
      'drift FieldsChanged .spec.hard.cpu by kubectl-edit Update',
    ],
    [
      'of several others the newest owner of the path is named',
      shows([
        entry('accord', withoutCpu),
        update('old', cpu, '2026-01-01T00:00:30Z'),
        update('new', cpu),
        update('newest', { 'f:data': {} }, '2026-01-01T00:09:00Z'),
      ]),
      'drift FieldsChanged .spec.hard.cpu by new Update',
    ],
    ['a field that was taken away has no owner to name', shows([entry('accord', withoutCpu)]), 'drift FieldsChanged .spec.hard.cpu'],
    [
      'a whole map that went lists each of its fields',
      shows([entry('accord', { 'f:metadata': full['f:metadata'] ?? {} })]),
      'drift FieldsChanged .spec.hard.cpu .spec.hard.pods',
    ],
    [
      'a newer time with the same fields is a write under our name',
      shows([{ ...ours, time: '2026-01-01T00:02:00Z' }]),
      'drift ImpersonatedManager  by accord Apply',
    ],
    [
      'more fields than we sent are a write under our name',
      shows([entry('accord', { ...full, 'f:data': {} })]),
      'drift ImpersonatedManager  by accord Apply',
    ],
    [
      'a lost entry is drift of everything',
      shows([update('kubectl-edit', {})]),
      'drift ManagedFieldsReset .metadata.labels.accord.dev/policy .spec.hard.cpu .spec.hard.pods',
    ],
    [
      'an update under our name is no entry of ours',
      shows([update('accord', full)]),
      'drift ManagedFieldsReset .metadata.labels.accord.dev/policy .spec.hard.cpu .spec.hard.pods by accord Update',
    ],
    ['a gone object is gone whatever its entry says', shows([ours], { type: 'gone' }), 'gone'],
    ['a gone event from before our answer is an echo', shows([ours], { type: 'gone', resourceVersion: '98' }), 'echo'],
    [
      'another uid is another object, and its maker is named',
      shows([update('kubectl-create', cpu)], { uid: 'u2' }),
      'recreated by kubectl-create Update',
    ],
    [
      'an object that is being deleted is waited for',
      shows([entry('accord', withoutCpu)], { deletionTimestamp: '2026-01-01T00:03:00Z' }),
      'terminating',
    ],
    ['versions compare as integers', shows([ours], { resourceVersion: '1000' }), 'ignore'],
  ];
  test.each(cases)('%s', (_name, event, meaning) => {
    expect(render(classifyEvent(last, event, 'accord'))).toBe(meaning);
  });

  test('a second event after drift was noted says only what is new', () => {
    const drifted: LastSeen = { uid: 'u1', resourceVersion: '100', print: printOf([entry('accord', withoutCpu)], 'accord') };
    expect(render(classifyEvent(drifted, shows([entry('accord', withoutCpu), status], { resourceVersion: '101' }), 'accord'))).toBe(
      'ignore',
    );
  });

  test('property: whatever set of our fields is taken, exactly that is named', () => {
    const names = ['a', 'b.c', 'd/e', 'f'];
    const tree = (keys: readonly string[]): JsonObject => ({ 'f:data': Object.fromEntries(keys.map((key) => [`f:${key}`, {}])) });
    fc.assert(
      fc.property(fc.subarray(names, { minLength: 1 }), (taken) => {
        const left = names.filter((name) => !taken.includes(name));
        const before: LastSeen = { ...last, print: printOf([entry('accord', tree(names))], 'accord') };
        const meaning = classifyEvent(before, shows([entry('accord', tree(left)), update('thief', tree(taken))]), 'accord');
        const fields = taken.map((name) => `.data.${name}`);
        expect(meaning).toMatchObject({ means: 'drift', cause: 'FieldsChanged', fields: fields.toSorted(), culprit: { manager: 'thief' } });
      }),
    );
  });
});

function render(meaning: EventMeaning): string {
  const culprit =
    'culprit' in meaning && meaning.culprit !== undefined ? ` by ${meaning.culprit.manager} ${meaning.culprit.operation}` : '';
  if (meaning.means === 'drift') return `drift ${meaning.cause} ${meaning.fields.join(' ')}${culprit}`;
  return `${meaning.means}${culprit}`;
}
