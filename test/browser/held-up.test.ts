import { readStatus } from '@accord/local/commands/status';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until, type FleetFixture } from '../real/fleet-fixture.ts';
import { openBrowser } from './chromium.ts';
import { guardAgainst, signIn, startWithConsole } from './console-fleet.ts';
import type { Visit } from './visit.ts';

let it: FleetFixture;
let browser: Browser;
let visit: Visit;
beforeAll(async () => {
  const names = ['ok-1', 'walled-1', 'slow-1', 'away-1'];
  [it, browser] = await Promise.all([startWithConsole(names.map((name) => ({ name, labels: { env: 'prod' } }))), openBrowser()]);
  await guardAgainst(it, 'walled-1');
  visit = await signIn(it, browser);
});
afterAll(async () => {
  await browser.close();
  await it.stop();
});

/** The process that answers at the address of this cluster. */
function apiServerPid(cluster: string): number {
  const found = readStatus(it.fleet.paths).processes.find((process) => process.kind === 'kube-apiserver' && process.cluster === cluster);
  return found?.pid ?? expect.unreachable(`an API server of ${cluster} runs`);
}

const slowMs = 3_000;

test('a change that is held up says on each cluster where it stands and why, in the browser and in the terminal', async () => {
  const slow = apiServerPid('slow-1');
  await it.fleet.killApiServer('away-1');
  process.kill(slow, 'SIGSTOP');
  const stoppedAtMs = performance.now();
  try {
    const deny = { name: 'deny', spec: { podSelector: {} } };
    await it.put('wide', { clusterSelector: {}, namespaces: [{ name: 'wide', networkPolicies: [deny] }] });
    await visit.open(`${it.fleet.hub.url}/changes/wide%401`);
    await visit.page.getByRole('row', { name: /ok-1.*Applied/ }).waitFor();
    await visit.page.getByRole('row', { name: /walled-1.*Refused/ }).waitFor();
    await until('the slow cluster was slow', async () => performance.now() - stoppedAtMs > slowMs);
  } finally {
    process.kill(slow, 'SIGCONT');
  }
  await visit.page.getByRole('row', { name: /slow-1.*Applied/ }).waitFor({ timeout: 30_000 });
  await visit.page.getByRole('row', { name: /away-1.*Retrying/ }).waitFor({ timeout: 30_000 });

  const sentences = [/walled-1.*NetworkPolicy is not among the kinds/s, /away-1.*(not in|tries again)/s];
  const main = (await visit.page.locator('main').textContent()) ?? '';
  const trace = await it.accord('trace', 'wide@1', '--all');
  for (const sentence of sentences) {
    expect(main).toMatch(sentence);
    expect(trace).toMatch(sentence);
  }
  // The slow one is known for what it is: nearly all of its time went where its API server was asked.
  await visit.page.getByRole('button', { name: 'slow-1' }).click();
  const steps = visit.page.getByRole('region', { name: 'The change on slow-1' });
  const applied = (await steps.getByRole('row', { name: /applied/ }).textContent()) ?? '';
  const took = /([\d.]+) s$/.exec(applied);
  expect(Number(took?.[1])).toBeGreaterThan(1);
  expect(trace).toMatch(/applied.*slow-1/);
  const stage = (await steps.getByRole('row', { name: /apply stage 2/ }).textContent()) ?? '';
  expect(Number(/PATCH Namespace wide ([\d.]+) s created$/.exec(stage)?.[1])).toBeGreaterThan(1);
  expect(await it.accord('trace', 'wide@1', '--steps', 'slow-1')).toMatch(/apply stage 2 .*PATCH Namespace wide .* created/);
  expect(visit.complaints).toEqual([]);

  await it.fleet.startApiServer('away-1');
  await visit.page.getByRole('row', { name: /away-1.*Applied/ }).waitFor({ timeout: 60_000 });
});
