import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { FleetFixture } from '../real/fleet-fixture.ts';
import { openBrowser } from './chromium.ts';
import { shop, shopIn, signIn, startConsoleFleet, untilStands, walled } from './console-fleet.ts';
import type { Visit } from './visit.ts';

let it: FleetFixture;
let browser: Browser;
let visit: Visit;
let page: Page;
beforeAll(async () => {
  [it, browser] = await Promise.all([startConsoleFleet(), openBrowser()]);
  await it.put('shop', shop);
  await it.put('walled', walled);
  await untilStands(it, 'shop', ['prod-eu-1 Applied', 'prod-us-1 Applied']);
  await untilStands(it, 'walled', ['prod-eu-1 Applied', 'prod-us-1 Refused']);
});
afterAll(async () => {
  await browser.close();
  await it.stop();
});
beforeEach(async () => {
  visit = await signIn(it, browser);
  ({ page } = visit);
});
afterEach(() => visit.end());

const open = (path: string): Promise<void> => visit.open(`${it.fleet.hub.url}${path}`);
const press = (...keys: readonly string[]): Promise<void> =>
  keys.reduce<Promise<void>>((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

test('a change of somebody else is seen without asking', async () => {
  await open('/policies');
  await it.put('appears', shopIn('appears'));
  await page.getByRole('link', { name: 'appears', exact: true }).waitFor();
  await page.getByRole('link', { name: 'appears', exact: true }).click();
  await page.getByRole('row', { name: /prod-eu-1.*Applied/ }).waitFor();
  await open('/drift');
  await it.kube('prod-eu-1', 'DELETE', '/api/v1/namespaces/shop/resourcequotas/accord-shop');
  await page
    .getByRole('row', { name: /ResourceQuota.*put right/ })
    .first()
    .waitFor();
});

test('everything is reached by the keys alone', async () => {
  await open('/');
  await press('g', 'p');
  await page.getByRole('heading', { level: 1, name: 'Policies' }).waitFor();
  await page.getByRole('row', { name: /walled/ }).waitFor();
  await page.getByLabel('Policies, rows').focus();
  await press('Home', 'ArrowDown', 'ArrowUp', 'Enter');
  // The worst stands first.
  await page.getByRole('heading', { level: 1, name: 'walled' }).waitFor();
  await press('g', 'p');
  await page.getByRole('heading', { level: 1, name: 'Policies' }).waitFor();
  await press('/');
  await page.keyboard.type('shop');
  await page.waitForURL(/q=shop/);
  await page.getByText('1 policies').waitFor();
  await page.getByRole('heading', { level: 1 }).click();
  await press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('a link shows what its sender saw', async () => {
  await open('/changes/walled%401');
  await page.getByLabel('Clock').selectOption('raw');
  await page.getByRole('button', { name: 'prod-us-1' }).click();
  const sent = page.url();
  const other = await signIn(it, browser);
  await other.open(sent);
  await other.page.getByRole('region', { name: 'The change on prod-us-1' }).waitFor();
  expect(await other.page.getByLabel('Clock').inputValue()).toBe('raw');
  await other.end();
});

test('an address that leads nowhere says so', async () => {
  await open('/nowhere');
  await page.getByText('There is nothing at this address.').waitFor();
  await open('/policies/shup');
  expect(await page.getByRole('alert').first().textContent()).toMatch(/shup/);
  await open('/changes/shup%409');
  expect(await page.getByRole('alert').first().textContent()).toMatch(/shup@9/);
});

test('markup and control characters of others are text', async () => {
  const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>\u202e\u0007';
  const body = {
    apiVersion: 'accord.dev/v1alpha1',
    kind: 'ClusterPolicy',
    metadata: { name: 'hostile', annotations: { note: markup } },
    spec: { ...shopIn('hostile'), description: markup },
  };
  expect((await it.hub('PUT', '/apis/accord.dev/v1alpha1/clusterpolicies/hostile', body)).status).toBeLessThan(202);
  for (const path of ['/policies/hostile', '/policies/hostile?tab=content', '/policies/hostile/edit', '/changes/hostile%401', '/audit']) {
    await open(path);
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(await page.title()).toMatch(/Accord$/);
  }
  await open('/policies/hostile?tab=content');
  expect(await page.locator('.yaml').textContent()).toContain('<img src=x onerror=');
});

test('a hub that is away is told of, and what was seen stays; with the next one everybody signs in again', async () => {
  await open('/policies');
  await it.fleet.killHub();
  await page.getByText(/the hub is away/).waitFor();
  expect(await page.getByRole('row', { name: /walled/ }).count()).toBe(1);
  await it.fleet.startHub();
  await page.getByText('Or sign in with a token').waitFor({ timeout: 60_000 });
});
