/** A real spoke in a real cluster: while it hangs, and after its access was taken away. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStatus } from '@accord/local/commands/status';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canLogIn, FleetFixture, until } from './fleet-fixture.ts';

let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([{ name: 'eu-1', labels: { env: 'prod' } }]);
  const configMaps = [{ name: 'kept', data: { word: 'wanted' } }];
  await it.untilApplied('keeps', await it.put('keeps', { clusterSelector: {}, namespaces: [{ name: 'kept', configMaps }] }), ['eu-1']);
});
afterAll(() => it.stop());

const path = '/api/v1/namespaces/kept/configmaps/kept';

async function reason(): Promise<string | undefined> {
  const { body } = await it.hub('GET', '/apis/accord.dev/v1alpha1/clusters/eu-1');
  return (body as { readonly status: { readonly conditions: readonly { readonly reason: string }[] } }).status.conditions[0]?.reason;
}

async function word(): Promise<string | undefined> {
  const { body } = await it.kube('eu-1', 'GET', path);
  return (body as { readonly data?: { readonly word?: string } }).data?.word;
}

test('the doctor tells a spoke that hangs from one that is away, and it is back as soon as it goes on', async () => {
  const spoke = readStatus(it.fleet.paths).processes.find(({ kind }) => kind === 'spoke');
  if (spoke === undefined) return expect.unreachable('a spoke runs');
  process.kill(spoke.pid, 'SIGSTOP');
  try {
    await until('it does not answer', async () => (await reason()) === 'NotAnswering');
    expect(await it.accord('doctor')).toMatch(/WRONG {2}eu-1 +connected, but its spoke does not answer/);
  } finally {
    process.kill(spoke.pid, 'SIGCONT');
  }
  await until('it is back', async () => (await reason()) === 'Connected');
});

test('a revoked cluster keeps what it has, heals it, and says in its log how it joins again', { timeout: 120_000 }, async () => {
  const credential = await it.credentialOf('eu-1');
  expect(await canLogIn(credential)).toBe(true);
  expect(await it.accord('cluster', 'revoke', 'eu-1', '--yes', '--reason', 'INC-4711')).toMatch(/^cluster\/eu-1 revoked, at /);
  expect(await canLogIn(credential)).toBe(false);
  const log = (): string => readFileSync(join(it.fleet.paths.logs, 'eu-1-spoke.log'), 'utf8');
  await until('the spoke was told', async () => /the access of cluster eu-1 was revoked/.test(log()), 60_000);
  expect(log()).toContain('accord cluster add eu-1 --replace');
  expect(await word()).toBe('wanted');
  await it.edit('eu-1', 'somebody', path, [{ op: 'replace', path: '/data/word', value: 'another' }]);
  await until('it is healed', async () => (await word()) === 'wanted');
  expect(await it.accord('doctor')).toMatch(/warn {3}eu-1 +The access of eu-1 was revoked/);
  expect(await it.accord('why', 'keeps', 'eu-1')).toContain('its access was revoked at');
});

test(
  'nor does a revoked cluster lose anything when its spoke starts anew and the policy has gone meanwhile',
  { timeout: 120_000 },
  async () => {
    await it.delete('keeps');
    await it.fleet.killSpoke('eu-1');
    await it.fleet.startSpoke('eu-1');
    await it.edit('eu-1', 'somebody', path, [{ op: 'replace', path: '/data/word', value: 'another' }]);
    await until('it is healed', async () => (await word()) === 'wanted', 60_000);
  },
);
