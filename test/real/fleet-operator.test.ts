import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { FleetFixture, until } from './fleet-fixture.ts';

let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([{ name: 'prod-1', labels: { env: 'prod' } }]);
});
afterAll(() => it.stop());

const name = 'queue-operator';
const file = fileURLToPath(new URL('queue-operator.yaml', import.meta.url));
const { spec } = parse(readFileSync(file, 'utf8')) as { readonly spec: object };
const untilState = (state: string, ...texts: readonly string[]) =>
  until(`it is ${state}: ${texts.join(', ')}`, async () => {
    const [row] = await it.rows(name);
    return row?.state === state && row.reportedRevision === row.revision && texts.every((text) => row.sentence.includes(text));
  });
const owner = (...args: readonly string[]) => it.kubectl('prod-1', ...args);

const followed = new Set<string>();

/** As the owner of the cluster, what a row says, word by word. */
async function runAdvice(sentence: string): Promise<void> {
  const [, resources = ''] = /--resource=([a-z0-9.,-]+) /.exec(sentence) ?? [];
  expect(resources).not.toBe('');
  // A permission is there some milliseconds after its role, and until then a row may name it again.
  if (followed.has(resources)) return;
  followed.add(resources);
  const verbs = ['get', 'list', 'watch', 'create', 'patch', 'delete', 'accord-apply'].map((verb) => `--verb=${verb}`);
  const role = `accord-manifests-${resources.replaceAll(',', '-')}`;
  await owner('create', 'clusterrole', role, ...verbs, `--resource=${resources}`);
  await owner('label', 'clusterrole', role, 'accord.dev/aggregate-to-manifests=true');
}

test('an operator needs an admin who acknowledges its risks, an owner who takes them, and the permissions to install it', async () => {
  await it.kubectl('hub', 'apply', '-f', file);
  await untilState('Refused', 'allowRisks does not name');
  const guardrail = { apiVersion: 'accord.dev/v1alpha1', kind: 'Guardrail', metadata: { name: 'default' } };
  const allowRisks = ['Wildcard', 'SecretAccess', 'NodeAccess'];
  await it.kube('prod-1', 'POST', '/apis/accord.dev/v1alpha1/guardrails', { ...guardrail, spec: { allowRisks } });
  await untilState('Failed', 'kubectl create clusterrole accord-manifests-');
  await owner(
    'create',
    'clusterrolebinding',
    'accord-spoke-rbacadmin',
    '--clusterrole=accord-spoke-rbacadmin',
    '--serviceaccount=accord-system:accord-spoke',
  );
  // Each row names what is missing then: the definition first, and the kind that it brings once that is there.
  for (let times = 0; times < 10; times += 1) {
    const [row] = await it.rows(name);
    if (row?.state === 'Applied') break;
    // As it was read: it may say something else by now.
    if (row?.sentence.includes('--resource=') === true) await runAdvice(row.sentence);
    const before = row?.sentence;
    await until('the row says something else', async () => (await it.rows(name))[0]?.sentence !== before);
  }
  await untilState('Applied');
  expect(await owner('get', 'queues.queues.example.com', '-n', 'queue-system', '-o', 'jsonpath={.items[*].spec.config}')).toBe(
    '{"log.level":"info"}',
  );
});

test('a second pass, also of a spoke that was killed, writes nothing', async () => {
  const kinds =
    'namespaces,serviceaccounts,roles,rolebindings,clusterroles,clusterrolebindings,customresourcedefinitions,queues,services,deployments';
  const versions = () =>
    owner(
      'get',
      kinds,
      '-A',
      '-l',
      'accord.dev/policy',
      '-o',
      'jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.resourceVersion}{"\\n"}{end}',
    );
  const before = await versions();
  expect(before.split('\n')).toHaveLength(12);
  await it.untilApplied(name, await it.put(name, { ...spec, description: 'The same' }), ['prod-1']);
  await it.fleet.killSpoke('prod-1');
  await it.fleet.startSpoke('prod-1');
  await it.untilApplied(name, await it.put(name, { ...spec, description: 'The same again' }), ['prod-1']);
  expect(await versions()).toBe(before);
});

test('what the operator owns is left to it, and what the policy owns is healed', async () => {
  const queue = '/apis/queues.example.com/v1beta1/namespaces/queue-system/queues/orders';
  await it.kube('prod-1', 'PATCH', `${queue}/status?fieldManager=queue-operator`, { status: { messages: 3 } });
  await it.kube('prod-1', 'PATCH', `${queue}?fieldManager=queue-operator`, { spec: { storage: '20Gi', replicas: 9 } });
  await until('the replicas are healed', async () => {
    const { body } = await it.kube('prod-1', 'GET', queue);
    return JSON.stringify((body as { readonly spec: { readonly replicas: number } }).spec.replicas) === '3';
  });
  const { body } = await it.kube('prod-1', 'GET', queue);
  expect(body).toMatchObject({ spec: { storage: '20Gi', replicas: 3 }, status: { messages: 3 } });
});
