import type { JsonObject } from '@accord/proto/canonical';
import type { Row } from '@accord/proto/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';

const cluster = 'dev-1';
/** Everything is looked at again after 300 s: what comes earlier was seen. */
const soonMs = 15_000;
let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([{ name: cluster, labels: { env: 'dev' } }]);
  for (const name of ['theirs', 'closed']) await it.kube(cluster, 'POST', '/api/v1/namespaces', { metadata: { name } });
  await it.kube(cluster, 'PATCH', '/api/v1/namespaces/theirs', { metadata: { labels: { 'accord.dev/allow': 'true' } } });
});
afterAll(() => it.stop());

const maps = (namespace: string): string => `/api/v1/namespaces/${namespace}/configmaps`;
const create = (name: string, value: string) => it.kube(cluster, 'POST', maps('theirs'), { metadata: { name }, data: { value } });
const edit = (name: string, change: object) => it.kube(cluster, 'PATCH', `${maps('theirs')}/${name}`, change);
const annotate = (name: string, mark: string) => edit(name, { metadata: { annotations: { [mark]: 'true' } } });
/** A policy about one ConfigMap. */
const put = (policy: string, name: string, more: object = {}, namespace = 'theirs') =>
  it.put(policy, {
    clusterSelector: {},
    objects: [{ id: 'a', manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { value: 'a' } }, ...more }],
  });
const row = async (policy: string): Promise<Row | undefined> => (await it.rows(policy))[0];
const untilSays = (policy: string, state: string, ...words: readonly string[]) =>
  until(
    `${policy} is ${state}: ${words.join(', ')}`,
    async () => {
      const { state: now, reportedRevision, revision, sentence = '' } = (await row(policy)) ?? {};
      return now === state && reportedRevision === revision && words.every((word) => sentence.includes(word));
    },
    soonMs,
  );
const value = async (name: string): Promise<unknown> =>
  ((await it.kube(cluster, 'GET', `${maps('theirs')}/${name}`)).body as { readonly data?: JsonObject }).data?.['value'];

test('what is only compared and is of no policy is seen when others make, change and remove it', async () => {
  await put('look', 'looked-at', { mode: 'Inform' });
  await untilSays('look', 'Drifted', 'is not there');
  await create('looked-at', 'a');
  await untilSays('look', 'Applied');
  await edit('looked-at', { data: { value: 'b' } });
  await untilSays('look', 'Drifted', '.data.value is "b", wanted "a"');
  await it.kube(cluster, 'DELETE', `${maps('theirs')}/looked-at`);
  await untilSays('look', 'Drifted', 'is not there');
});

test('what must not be there is seen when it comes, and goes as soon as its owner agrees', async () => {
  await put('clean', 'forbidden', { mode: 'MustNotExist' });
  await untilSays('clean', 'Applied');
  await create('forbidden', 'x');
  await untilSays('clean', 'Blocked', 'accord.dev/deletable=true');
  await annotate('forbidden', 'accord.dev/deletable');
  await untilSays('clean', 'Applied');
  expect(await it.status(cluster, `${maps('theirs')}/forbidden`)).toBe(404);
});

test('a policy that waits for the consent of an owner goes on when it is given', async () => {
  await create('shared', 'x');
  await put('take', 'shared');
  await untilSays('take', 'Blocked', 'accord.dev/adoptable=true');
  await annotate('shared', 'accord.dev/adoptable');
  await untilSays('take', 'Applied');
  expect(await value('shared')).toBe('a');
});

test('a policy goes on when a namespace is opened', async () => {
  await put('enter', 'inside', {}, 'closed');
  await untilSays('enter', 'Failed', 'accord.dev/allow=true');
  await it.kube(cluster, 'PATCH', '/api/v1/namespaces/closed', { metadata: { labels: { 'accord.dev/allow': 'true' } } });
  await untilSays('enter', 'Applied');
});

test('among many objects of others, only those that concern a policy are looked at', async () => {
  await put('look', 'looked-at', { mode: 'Inform' });
  await Promise.all(Array.from({ length: 300 }, (_, at) => create(`other-${at}`, 'x')));
  await create('looked-at', 'a');
  await untilSays('look', 'Applied');
  // Nothing that the spoke does writes to any of them, and none of them is told.
  expect((await row('look'))?.problems.map(({ reason }) => reason)).toEqual(['NotOurs']);
});
