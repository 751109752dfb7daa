import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { until, type FleetFixture } from '../real/fleet-fixture.ts';
import { openBrowser } from './chromium.ts';
import { prod, shopIn, signIn, startConsoleFleet, untilStands } from './console-fleet.ts';
import type { Visit } from './visit.ts';

let it: FleetFixture;
let browser: Browser;
let visit: Visit;
let page: Page;
beforeAll(async () => {
  [it, browser] = await Promise.all([startConsoleFleet(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await it.stop();
});
beforeEach(async () => {
  visit = await signIn(it, browser);
  ({ page } = visit);
});
afterEach(async () => {
  await visit.end();
  expect(visit.complaints).toEqual([]);
});

const open = (path: string): Promise<void> => visit.open(`${it.fleet.hub.url}${path}`);

/** Presses the verb, says why, types what has to be typed, and carries it out. Returns the change that the page names. */
async function act(name: string, { why = '', typed }: { readonly why?: string; readonly typed?: string } = {}): Promise<string> {
  await page.getByRole('button', { name, exact: true }).first().click();
  const dialog = page.getByRole('dialog', { name });
  await dialog.getByLabel('Why').fill(why);
  if (typed !== undefined) await dialog.getByLabel('Type').fill(typed);
  await dialog.getByRole('button', { name, exact: true }).click();
  const change = await page.getByRole('dialog', { name }).getByRole('link').textContent();
  await page.getByRole('dialog', { name }).getByRole('button', { name: 'Close', exact: true }).last().click();
  return change ?? '';
}

test('a new policy is written, its effects are shown, and its change arrives before the eyes', async () => {
  await open('/policies');
  await page.getByRole('link', { name: 'New policy' }).click();
  const text = page.getByLabel('The policy', { exact: true });
  await text.fill('metadata: [');
  await page
    .getByRole('alert')
    .getByText(/line 1/)
    .waitFor();
  expect(await page.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
  await text.fill(
    JSON.stringify({ apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name: 'written' }, spec: shopIn('written') }),
  );
  await page.getByText(/On 2 of 3 clusters: 6 objects more/).waitFor();
  await page.getByLabel('Why').fill('INC-7');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('link', { name: 'written@1' }).click();
  await page.getByRole('heading', { level: 1, name: 'written@1' }).waitFor();
  await page.getByText('INC-7').waitFor();
  await page.getByRole('row', { name: /prod-eu-1.*Applied/ }).waitFor();
  await page.getByRole('row', { name: /prod-us-1.*Applied/ }).waitFor();
});

test('a faulty policy says what is wrong with it, and is not stored', async () => {
  await open('/new-policy');
  const faulty = { ...prod, clusterBindings: [{ clusterRole: 'cluster-admin', users: ['eve'] }] };
  const object = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name: 'faulty' }, spec: faulty };
  await page.getByLabel('The policy', { exact: true }).fill(JSON.stringify(object));
  await page.getByText('ClusterAdmin').first().waitFor();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('alert').waitFor();
  expect((await it.hub('GET', '/apis/accord.dev/v1alpha1/clusterpolicies/faulty')).status).toBe(404);
  // The browser tells of the refusal itself.
  expect(visit.complaints.splice(0).join()).toMatch(/422/);
});

test('an edit shows what differs, and is applied', async () => {
  await it.put('edited', shopIn('edited'));
  await untilStands(it, 'edited', ['prod-eu-1 Applied', 'prod-us-1 Applied']);
  await open('/policies/edited');
  await page.getByRole('link', { name: 'Edit' }).click();
  const text = page.getByLabel('The policy', { exact: true });
  await text.fill((await text.inputValue()).replace('pods: "5"', 'pods: "7"'));
  const differences = page.getByRole('region', { name: 'Against revision 1' });
  await differences.getByText('5', { exact: true }).waitFor();
  await differences.getByText('7', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('link', { name: 'edited@2' }).waitFor();
  await it.untilApplied('edited', 2, ['prod-eu-1', 'prod-us-1']);
});

test('a policy is suspended with a reason, goes on, is held on one cluster, and the hold is lifted', async () => {
  await it.put('stopped', shopIn('stopped'));
  await untilStands(it, 'stopped', ['prod-eu-1 Applied', 'prod-us-1 Applied']);
  await open('/policies/stopped');
  expect(await act('Suspend', { why: 'INC-8' })).toBe('stopped@2');
  await untilStands(it, 'stopped', ['prod-eu-1 Stopped', 'prod-us-1 Stopped']);
  await page.getByRole('row', { name: /prod-eu-1.*Stopped/ }).waitFor();
  await act('Resume');
  await untilStands(it, 'stopped', ['prod-eu-1 Applied', 'prod-us-1 Applied']);
  await page.getByRole('button', { name: 'Hold' }).click();
  await page.getByLabel('On these clusters').fill('prod-eu-1');
  await page.getByLabel('Why').fill('INC-9');
  await page.getByRole('dialog').getByRole('button', { name: 'Hold' }).click();
  await page.getByText('The hub has accepted it').waitFor();
  await untilStands(it, 'stopped', ['prod-eu-1 Stopped', 'prod-us-1 Applied']);
  await open('/access');
  await page.getByText('INC-9').waitFor();
  await page.getByRole('button', { name: 'Lift' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Lift' }).click();
  await untilStands(it, 'stopped', ['prod-eu-1 Applied', 'prod-us-1 Applied']);
  await page.getByText('Nothing is held.').waitFor();
});

test('a cluster is paused, only compared, and goes on', async () => {
  await it.put('there', shopIn('there'));
  await untilStands(it, 'there', ['prod-eu-1 Applied', 'prod-us-1 Applied']);
  await open('/clusters/prod-eu-1');
  await act('Pause');
  await page.getByText('paused', { exact: true }).waitFor();
  await untilStands(it, 'there', ['prod-eu-1 Stopped', 'prod-us-1 Applied']);
  await act('Resume');
  await act('Inform');
  await page.getByText('Inform', { exact: true }).first().waitFor();
  await act('Enforce');
  await untilStands(it, 'there', ['prod-eu-1 Applied', 'prod-us-1 Applied']);
});

test('what cannot be taken back asks for its name', async () => {
  await it.put('doomed', {
    clusterSelector: { matchLabels: { env: 'dev' } },
    namespaces: [{ name: 'doomed', configMaps: [{ name: 'a', data: { a: 'b' } }] }],
  });
  await untilStands(it, 'doomed', ['dev-eu-1 Applied']);
  await open('/policies/doomed');
  await page.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Type').fill('doom');
  expect(await dialog.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
  await act('Delete', { typed: 'doomed' });
  await until('it is gone', async () => (await it.hub('GET', '/apis/accord.dev/v1alpha1/clusterpolicies/doomed')).status === 404);
  await open('/policies/doomed?tab=revisions');
  await page.getByText('doomed@1').first().waitFor();
  // That there is no such policy any more, the browser tells as well.
  expect(visit.complaints.splice(0).join()).toMatch(/404/);
});

test('the access of a cluster is taken away', async () => {
  await open('/clusters/dev-eu-1');
  await act('Revoke', { typed: 'dev-eu-1' });
  await page.getByText(/The access of dev-eu-1 was revoked/).waitFor();
  await page.getByText('offline').first().waitFor();
});
