/** A change that takes long says how far it is, to the hub and in the cluster, and ends like any other. */
import { readFileSync } from 'node:fs';
import { rowsSchema, type Row } from '@accord/proto/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';
import { SlowAdmission } from './slow-admission.ts';

const cluster = 'dev-1';
const namespace = 'slow';
const objects = 300;
/** Twelve seconds in all: progress is told after one and after six. */
const eachMs = 40;
let it: FleetFixture;
let admission: SlowAdmission;
beforeAll(async () => {
  [it, admission] = await Promise.all([FleetFixture.start([{ name: cluster, labels: {} }]), SlowAdmission.start(eachMs)]);
  const path = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';
  expect((await it.kube(cluster, 'POST', path, admission.registration(namespace))).status).toBe(201);
});
afterAll(async () => {
  await it.stop();
  await admission.stop();
});

const part = (at: number, value: string) => ({
  id: `part-${at}`,
  manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `part-${at}`, namespace }, data: { value } },
});
const policy = (count: number, value: string) => ({
  clusterSelector: {},
  namespaces: [{ name: namespace }],
  objects: Array.from({ length: count }, (_, at) => part(at, value)),
});

/** Rows of the policy as the event stream tells them, until `signal` aborts. */
async function follow(name: string, rows: Row[], signal: AbortSignal): Promise<void> {
  const token = readFileSync(it.fleet.paths.adminToken, 'utf8').trim();
  const response = await fetch(`${it.fleet.hub.url}/v1/events`, { headers: { authorization: `Bearer ${token}` }, signal });
  let text = '';
  for await (const chunk of response.body ?? []) {
    const events = `${text}${Buffer.from(chunk).toString()}`.split('\n\n');
    text = events.pop() ?? '';
    const told = events.flatMap((event) => /^data: (.*)$/m.exec(event)?.[1] ?? []);
    for (const line of told) {
      const event = JSON.parse(line) as { readonly type: string; readonly row?: Row };
      if (event.type === 'row' && event.row?.policy === name) rows.push(event.row);
    }
  }
}

interface Mirror {
  readonly status?: { readonly state?: string; readonly observedRevision?: number };
}

test('a row says how many objects are in until all of them are, and only then that it is applied', { timeout: 120_000 }, async () => {
  const rows: Row[] = [];
  const ended = new AbortController();
  const following = follow('parts', rows, ended.signal).catch((error: unknown) => {
    if (!ended.signal.aborted) throw error;
  });
  await it.untilApplied('parts', await it.put('parts', policy(1, '1')), [cluster]);
  const revision = await it.put('parts', policy(objects, '2'));
  const statuses = new Set<string>();
  await until(
    'it is applied',
    async () => {
      const mirror = (await it.kube(cluster, 'GET', '/apis/accord.dev/v1alpha1/clusterpolicies/parts')).body as Mirror;
      statuses.add(`${mirror.status?.state}@${mirror.status?.observedRevision}`);
      return rowsSchema.shape.items.parse(await it.rows('parts')).every(({ state }) => state === 'Applied');
    },
    100_000,
  );
  ended.abort();
  await following;

  const told = rows.filter(({ reportedRevision }) => reportedRevision === revision);
  const applying = told.filter(({ state }) => state === 'Applying').map(({ applied }) => applied);
  expect(applying.length).toBeGreaterThan(1);
  expect(applying).toEqual([...new Set(applying)].toSorted((a, b) => a - b));
  expect(applying.at(-1)).toBeLessThanOrEqual(objects + 1);
  expect([...new Set(told.map(({ state }) => state))]).toEqual(['Applying', 'Applied']);
  expect(told.at(-1)).toMatchObject({ state: 'Applied', desired: objects + 1, applied: objects + 1 });
  expect(told.find(({ state }) => state === 'Applying')?.sentence).toMatch(
    new RegExp(`^parts@${revision} is being applied on ${cluster}: \\d+ of ${objects + 1} objects are in\\.`),
  );
  expect(statuses).toContain(`Applying@${revision}`);
});

test(
  'a spoke that is killed in the midst leaves that in the row, and the next one tells what came of it',
  { timeout: 120_000 },
  async () => {
    const revision = await it.put('parts', policy(objects, '3'));
    const stateOf = async (): Promise<string> => (await it.rows('parts')).map(({ state }) => state).join();
    await until('it is being applied', async () => (await stateOf()) === 'Applying');
    await it.fleet.killSpoke(cluster);
    await until('the cluster is offline', async () => (await it.rows('parts')).every(({ connection }) => connection === 'offline'));
    expect(await stateOf()).toBe('Applying');
    await it.fleet.startSpoke(cluster);
    await until('it is applied', async () => (await stateOf()) === 'Applied', 100_000);
    expect(await it.rows('parts')).toMatchObject([{ reportedRevision: revision, applied: objects + 1 }]);
  },
);
