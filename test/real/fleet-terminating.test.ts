import type { Row } from '@accord/proto/api';
import type { JsonObject } from '@accord/proto/canonical';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';

const cluster = 'dev-1';
const path = '/api/v1/namespaces/kept/configmaps/settings';
let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([{ name: cluster, labels: { env: 'dev' } }]);
});
afterAll(() => it.stop());

const put = (value: string) =>
  it.put('kept', { clusterSelector: {}, namespaces: [{ name: 'kept', configMaps: [{ name: 'settings', data: { value } }] }] });
const finalize = (...finalizers: readonly string[]) => it.kube(cluster, 'PATCH', path, { metadata: { finalizers } });
const row = async (): Promise<Row | undefined> => (await it.rows('kept'))[0];
const untilWaits = (...names: readonly string[]) =>
  until(`it waits for ${names.join(', ')}`, async () => {
    const { state, reason, sentence = '' } = (await row()) ?? {};
    return (
      state === 'Blocked' &&
      reason === 'Terminating' &&
      sentence.includes(`waits for its finalizer${names[1] ? 's' : ''} ${names.join(', ')}`)
    );
  });
const live = async () => (await it.kube(cluster, 'GET', path)).body as { readonly metadata: JsonObject; readonly data?: JsonObject };

test('an object that somebody deletes and a finalizer keeps is named, left alone, and made anew once it is gone', async () => {
  await it.untilApplied('kept', await put('a'), [cluster]);
  await finalize('example.com/backup', 'example.com/audit');
  const { uid } = (await live()).metadata;
  await it.kube(cluster, 'DELETE', path);
  await untilWaits('example.com/backup', 'example.com/audit');
  await finalize('example.com/audit');
  await untilWaits('example.com/audit');
  await put('b');
  await untilWaits('example.com/audit');
  expect([(await live()).metadata['uid'], (await live()).data]).toEqual([uid, { value: 'a' }]);
  await finalize();
  await it.untilApplied('kept', (await row())?.revision ?? 0, [cluster]);
  expect((await live()).metadata['uid']).not.toBe(uid);
  expect((await live()).data).toEqual({ value: 'b' });
});

test('a policy that is deleted is gone when the last of its objects is', async () => {
  await finalize('example.com/backup');
  await it.delete('kept');
  await untilWaits('example.com/backup');
  expect(await it.status(cluster, path)).toBe(200);
  await finalize();
  await until('the policy is gone', async () => (await it.rows('kept')).length === 0);
  expect(await it.status(cluster, path)).toBe(404);
});
