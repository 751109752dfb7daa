import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Preview } from '@accord/proto/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';

let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([{ name: 'eu-1', labels: { env: 'prod' } }]);
});
afterAll(() => it.stop());

const guardrails = '/apis/accord.dev/v1alpha1/guardrails';
const everywhere = { clusterSelector: {} };
const settings = (name: string, value: string) => [{ name, configMaps: [{ name: 'settings', data: { value } }] }];
const configMap = (namespace: string) => `/api/v1/namespaces/${namespace}/configmaps/settings`;
const valueOf = async (namespace: string) =>
  ((await it.kube('eu-1', 'GET', configMap(namespace))).body as { readonly data?: { readonly value: string } }).data?.value;
const edit = (namespace: string) => it.kube('eu-1', 'PATCH', configMap(namespace), { data: { value: 'edited' } });
const untilState = (policy: string, state: string, message?: string) => it.untilState(policy, 'eu-1', state, message);

/** As the owner of the cluster. */
async function guard(spec: object | undefined): Promise<void> {
  await it.kube('eu-1', 'DELETE', `${guardrails}/default`);
  if (spec === undefined) return;
  const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'Guardrail', metadata: { name: 'default' }, spec };
  const answer = await it.kube('eu-1', 'POST', guardrails, body);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  await until('the spoke has read it', async () => (await statusOf()).conditions !== undefined);
}

interface GuardrailStatus {
  readonly refusals?: number;
  readonly objects?: number;
  readonly lastRefusal?: Readonly<Record<string, string>>;
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message: string }[];
}
const statusOf = async (): Promise<GuardrailStatus> =>
  ((await it.kube('eu-1', 'GET', `${guardrails}/default`)).body as { readonly status?: GuardrailStatus }).status ?? {};

describe('the owner of a cluster', () => {
  test('refuses a kind, a namespace and a role, and reads in the status what was refused', async () => {
    await guard({ allowedKinds: ['core/*', 'rbac.authorization.k8s.io/*'], namespaces: { protect: ['vault*'] }, bindableRoles: ['view'] });
    await it.put('kinds', {
      ...everywhere,
      namespaces: [{ name: 'shop', networkPolicies: [{ name: 'deny', spec: { podSelector: {} } }] }],
    });
    await untilState('kinds', 'Refused', 'networking.k8s.io/NetworkPolicy is not among the kinds that policies may contain');
    expect(await it.status('eu-1', '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies/deny')).toBe(404);
    expect(await it.status('eu-1', '/api/v1/namespaces/shop')).toBe(200);
    await it.put('vault', { ...everywhere, namespaces: settings('vault-eu', 'a') });
    await untilState('vault', 'Refused', 'policies may not act in namespace vault-eu');
    expect(await it.status('eu-1', '/api/v1/namespaces/vault-eu')).toBe(404);
    await it.put('roles', { ...everywhere, namespaces: [{ name: 'shop', bindings: [{ clusterRole: 'edit', users: ['ann'] }] }] });
    await untilState('roles', 'Refused', 'policies may not bind ClusterRole edit');
    await until('the status tells it', async () => {
      const { refusals = 0, lastRefusal, conditions = [] } = await statusOf();
      return refusals === 4 && lastRefusal?.['rule'] === 'bindableRoles' && conditions[0]?.status === 'True';
    });
    const table = await it.kubectl('eu-1', 'get', 'guardrail');
    expect(table).toMatch(/ACCEPTED +OBJECTS .*REFUSALS/);
  });

  test('is known at the hub before anything is refused, and a preview names what would be', async () => {
    const told = async () =>
      ((await it.hub('GET', '/v1/clusters/eu-1')).body as { guardrail?: { generation: number; spec: object } }).guardrail;
    await guard({ namespaces: { protect: ['kept*'] }, maxObjects: 40 });
    await until('the hub was told', async () => JSON.stringify((await told())?.spec).includes('"protect":["kept*"]'));
    const object = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name: 'asked' } };
    const spec = { ...everywhere, namespaces: settings('kept-eu', 'a') };
    const { refused } = (await it.hub('POST', '/v1/preview', { object: { ...object, spec } })).body as Preview;
    expect(refused.map((one) => `${one.cluster} ${one.object}: ${one.message}`)).toEqual([
      'eu-1 Namespace kept-eu: policies may not act in namespace kept-eu',
      'eu-1 ConfigMap kept-eu/settings: policies may not act in namespace kept-eu',
    ]);
    await it.put('asked', spec);
    await untilState('asked', 'Refused', refused[0]?.message);
    await it.delete('asked');
    await guard(undefined);
    await until('the hub was told that there is none', async () => (await told())?.generation === 0);
  });

  test('protects a namespace later on: what stands there is neither healed nor removed', async () => {
    await guard(undefined);
    await it.untilApplied('later', await it.put('later', { ...everywhere, namespaces: settings('later', 'a') }), ['eu-1']);
    await guard({ namespaces: { protect: ['later'] } });
    await edit('later');
    await untilState('later', 'Refused', 'policies may not act in namespace later');
    await it.delete('later');
    await untilState('later', 'Refused', 'would be removed');
    expect(await valueOf('later')).toBe('edited');
    await guard(undefined);
    await until('it is gone', async () => (await it.status('eu-1', configMap('later'))) === 404);
  });

  test('freezes the cluster, and it goes on by itself', async () => {
    const grant = [
      { name: 'frozen', bindings: [{ clusterRole: 'view', users: ['ann'], until: new Date(Date.now() + 6_000).toISOString() }] },
    ];
    await it.put('grant', { ...everywhere, namespaces: grant });
    await untilState('grant', 'Applied');
    await it.untilApplied('frozen', await it.put('frozen', { ...everywhere, namespaces: settings('frozen', 'a') }), ['eu-1']);
    const endMs = Date.now() + 11_000;
    await guard({ freeze: { until: new Date(endMs).toISOString(), reason: 'audit' } });
    await untilState('frozen', 'Stopped', 'its owner has frozen it until');
    await edit('frozen');
    const binding = '/apis/rbac.authorization.k8s.io/v1/namespaces/frozen/rolebindings/accord:grant:view';
    await until('the grant is over', async () => Date.now() > endMs - 2_000);
    expect([await valueOf('frozen'), await it.status('eu-1', binding)]).toEqual(['edited', 200]);
    await until('the grant is gone', async () => (await it.status('eu-1', binding)) === 404);
    expect(Date.now()).toBeGreaterThanOrEqual(endMs);
    await until('it is healed', async () => (await valueOf('frozen')) === 'a');
    await untilState('frozen', 'Applied');
  });

  test('lets new things in at certain times only; what was applied before is healed meanwhile', async () => {
    const never = { schedule: '0 0 30 2 *', duration: '1h' };
    await guard({ windows: [never] });
    await untilState('frozen', 'Applied');
    await edit('frozen');
    await until('it is healed', async () => (await valueOf('frozen')) === 'a');
    await it.put('frozen', { ...everywhere, namespaces: settings('frozen', 'b') });
    await untilState('frozen', 'Stopped', 'no window of its Guardrail ever opens');
    expect(await valueOf('frozen')).toBe('a');
    await guard({ windows: [never, { schedule: '* * * * *', duration: '2m' }] });
    await until('a window is open', async () => (await valueOf('frozen')) === 'b');
  });

  test('bounds deletions, and a namespace is given back after what is in it', async () => {
    const three = ['a', 'b', 'c'].map((name) => ({ name, data: { name } }));
    await guard({ maxRemovalsPerHour: 0 });
    await it.untilApplied('bound', await it.put('bound', { ...everywhere, namespaces: [{ name: 'bound', configMaps: three }] }), ['eu-1']);
    await it.delete('bound');
    await untilState('bound', 'Refused', 'so many objects were deleted within the hour');
    expect(await it.kubectl('eu-1', 'get', 'namespace', 'bound', '-o', 'jsonpath={.metadata.labels.accord\\.dev/policy}')).toBe('bound');
    await guard({ maxRemovalsPerHour: 100 });
    await until(
      'all are gone',
      async () => (await it.kubectl('eu-1', 'get', 'configmaps', '-n', 'bound', '-l', 'accord.dev/policy', '-o', 'name')) === '',
    );
    expect(await it.kubectl('eu-1', 'get', 'namespace', 'bound', '-o', 'jsonpath={.metadata.labels.accord\\.dev/policy}')).toBe('');
  });

  test('who writes what cannot be obeyed is told so, and nothing is written meanwhile', async () => {
    await guard({ windows: [{ schedule: '0 22 * * *', duration: '1h', timeZone: 'Mars/Olympus' }] });
    await edit('frozen');
    await untilState('frozen', 'Stopped', '"Mars/Olympus" is no time zone');
    expect(await valueOf('frozen')).toBe('edited');
    await until('the status tells it', async () =>
      ((await statusOf()).conditions ?? []).some(({ status, message }) => status === 'False' && message.includes('Mars')),
    );
    const wrong = it.kubectl('eu-1', 'patch', 'guardrail', 'default', '--type=merge', '-p', '{"spec":{"maxLocalHold":"for ever"}}');
    await expect(wrong).rejects.toThrow('spec.maxLocalHold');
    await guard(undefined);
    await until('it is healed', async () => (await valueOf('frozen')) === 'b');
  });

  test('takes a risk that an admin has acknowledged, as far as the permissions of the spoke go', async () => {
    const rules = [{ apiGroups: ['apps'], resources: ['*'], verbs: ['get', 'list'] }];
    const spec = { ...everywhere, clusterRoles: [{ name: 'operator', rules }], acknowledgeRisks: ['Wildcard'] };
    await guard({ maxObjects: 100 });
    await it.put('operator', spec);
    await untilState('operator', 'Refused', 'allowRisks does not name Wildcard');
    const role = '/apis/rbac.authorization.k8s.io/v1/clusterroles/operator';
    await guard({ allowRisks: ['Wildcard'] });
    await untilState('operator', 'Failed', 'attempting to grant RBAC permissions not currently held');
    expect(await it.status('eu-1', role)).toBe(404);
    const binding = ['create', 'clusterrolebinding', 'accord-spoke-rbacadmin', '--clusterrole=accord-spoke-rbacadmin'];
    await it.kubectl('eu-1', ...binding, '--serviceaccount=accord-system:accord-spoke');
    await it.put('operator', { ...spec, priority: 101 });
    await untilState('operator', 'Applied');
    expect(await it.status('eu-1', role)).toBe(200);
    await it.kubectl('eu-1', 'delete', 'clusterrolebinding', 'accord-spoke-rbacadmin');
    await guard(undefined);
  });

  test('a role beyond the ceiling comes in when the owner runs what the row says, and not before', async () => {
    const rules = [
      { apiGroups: ['apps'], resources: ['deployments/scale'], verbs: ['delete'] },
      { apiGroups: [''], resources: ['events'], verbs: ['get', 'deletecollection'] },
    ];
    const beyond = { ...everywhere, clusterRoles: [{ name: 'beyond', rules }] };
    await it.put('beyond', beyond);
    await untilState('beyond', 'Failed', 'accord.dev/aggregate-to-ceiling');
    const role = '/apis/rbac.authorization.k8s.io/v1/clusterroles/beyond';
    expect(await it.status('eu-1', role)).toBe(404);
    const [, command = ''] = / run: (echo '.*' \| kubectl apply -f -)$/.exec((await it.row('beyond', 'eu-1'))?.sentence ?? '') ?? [];
    await promisify(execFile)('sh', ['-c', command], { env: { ...process.env, KUBECONFIG: it.fleet.paths.cluster('eu-1').kubeconfig } });
    const as = 'system:serviceaccount:accord-system:accord-spoke';
    await until('it is aggregated', async () =>
      (await it.kubectl('eu-1', 'auth', 'can-i', 'deletecollection', 'events', '-A', '--as', as)).startsWith('yes'),
    );
    await it.put('beyond', { ...beyond, priority: 101 });
    await untilState('beyond', 'Applied');
    expect(await it.status('eu-1', role)).toBe(200);
    await it.delete('beyond');
  });

  test('holds before the spoke that restarts has asked the hub', async () => {
    await guard({ namespaces: { protect: ['frozen'] } });
    await it.fleet.killSpoke('eu-1');
    await edit('frozen');
    await it.fleet.startSpoke('eu-1');
    await untilState('frozen', 'Refused', 'policies may not act in namespace frozen');
    expect(await valueOf('frozen')).toBe('edited');
  });
});
