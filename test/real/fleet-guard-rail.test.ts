import { ownershipPolicy, probeName } from '@accord/core/guard/ownership-rail';
import { proofHoldsMs } from '@accord/spoke/guard/ownership-rail';
import type { Row } from '@accord/proto/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';

let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([{ name: 'eu-1', labels: { env: 'prod' } }]);
  await it.kube('eu-1', 'POST', '/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', labels: { 'accord.dev/allow': 'true' } },
  });
});
afterAll(() => it.stop());

const bindings = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings';
const configMap = (name: string) => `/api/v1/namespaces/shop/configmaps/${name}`;
const manifest = (name: string, value: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop' },
  data: { value },
});
const policy = (...objects: readonly (readonly [name: string, value: string])[]) => ({
  clusterSelector: {},
  objects: objects.map(([name, value]) => ({ id: name, manifest: manifest(name, value) })),
});
const read = async (name: string) =>
  (await it.kube('eu-1', 'GET', configMap(name))).body as {
    readonly metadata: { readonly uid: string; readonly labels?: object };
    readonly data?: { readonly value: string };
  };
const valueOf = async (name: string) => (await read(name)).data?.value;
const rowOf = async (name: string): Promise<Row | undefined> => (await it.rows(name)).at(0);
const untilRow = (name: string, state: string, reason: string) =>
  until(
    `${name} is ${state} ${reason}`,
    async () => {
      const row = await rowOf(name);
      return row?.state === state && row.reason === reason && row.reportedRevision === row.revision;
    },
    60_000,
  );

/** Whether the API server refuses the account of the spoke what the spoke asks for. */
async function isInForce(): Promise<boolean> {
  const spoke = 'system:serviceaccount:accord-system:accord-spoke';
  const ask = ['create', 'configmap', probeName, '-n', 'accord-system', '--dry-run=server', `--as=${spoke}`];
  return it.kubectl('eu-1', ...ask).then(
    () => false,
    (error: unknown) => String(error).includes(ownershipPolicy),
  );
}

describe('without the binding of the guard rail', () => {
  let uid: string;
  let binding: { readonly spec: object };

  test('what is held goes on, and an object of somebody else under the name of a policy is not taken', { timeout: 120_000 }, async () => {
    await it.untilApplied('ours', await it.put('ours', policy(['ours', '1'])), ['eu-1']);
    await it.kube('eu-1', 'POST', '/api/v1/namespaces/shop/configmaps', manifest('theirs', 'theirs'));
    ({ uid } = (await read('theirs')).metadata);
    binding = (await it.kube('eu-1', 'GET', `${bindings}/${ownershipPolicy}`)).body as typeof binding;
    expect(await isInForce()).toBe(true);
    const provedMs = performance.now();
    await it.kube('eu-1', 'DELETE', `${bindings}/${ownershipPolicy}`);
    await until('it is out of force', async () => !(await isInForce()));
    await until('no proof is left', () => Promise.resolve(performance.now() > provedMs + proofHoldsMs), 2 * proofHoldsMs);

    await it.put('theirs', policy(['theirs', 'ours'], ['new', '1']));
    await untilRow('theirs', 'Blocked', 'GuardRailMissing');
    expect((await rowOf('theirs'))?.sentence).toMatch(/not in force.*kubectl apply -f deploy\/spoke\/admission-policies\.yaml$/);
    await it.untilApplied('ours', await it.put('ours', policy(['ours', '2'])), ['eu-1']);
    await it.kube('eu-1', 'PATCH', configMap('ours'), { data: { value: 'edited' } });
    await until('it is healed', async () => (await valueOf('ours')) === '2');
    expect([await valueOf('theirs'), (await read('theirs')).metadata.labels, await it.status('eu-1', configMap('new'))]).toEqual([
      'theirs',
      undefined,
      404,
    ]);
  });

  test('doctor names the cluster and what to run there', async () => {
    await until('the cluster says so', async () => (await it.alarms()).some((text) => text.startsWith('GuardRailMissing: ')));
    expect(await it.accord('doctor')).toMatch(/eu-1.*GuardRailMissing: .*kubectl apply -f deploy\/spoke\/admission-policies\.yaml/);
  });

  test('a spoke that starts so takes nothing either, and when the policy goes nothing is deleted', { timeout: 120_000 }, async () => {
    await it.fleet.killSpoke('eu-1');
    await it.fleet.startSpoke('eu-1');
    await it.untilApplied('ours', await it.put('ours', policy(['ours', '3'])), ['eu-1']);
    await it.put('theirs', policy(['theirs', 'ours again'], ['new', '1']));
    await untilRow('theirs', 'Blocked', 'GuardRailMissing');
    await it.delete('theirs');
    await until('the policy is gone', async () => (await it.rows('theirs')).length === 0, 60_000);
    expect(await valueOf('theirs')).toBe('theirs');
    expect((await read('theirs')).metadata.uid).toBe(uid);
  });

  test('put back, what waited is written by itself, and what is not ours is left to the guard rail', { timeout: 120_000 }, async () => {
    await it.put('theirs', policy(['theirs', 'ours'], ['new', '1']));
    await untilRow('theirs', 'Blocked', 'GuardRailMissing');
    const metadata = { name: ownershipPolicy };
    const answer = await it.kube('eu-1', 'POST', bindings, { ...binding, metadata });
    expect(answer.status).toBe(201);
    await untilRow('theirs', 'Blocked', 'NotOurs');
    expect([await valueOf('new'), await valueOf('theirs')]).toEqual(['1', 'theirs']);
    await until('the alarm is over', async () => (await it.alarms()).length === 0);
  });
});
