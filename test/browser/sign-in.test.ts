import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { FleetFixture } from '../real/fleet-fixture.ts';
import { openBrowser } from './chromium.ts';
import { signIn, startWithConsole } from './console-fleet.ts';
import { Visit } from './visit.ts';

let it: FleetFixture;
let browser: Browser;
let visit: Visit;
beforeAll(async () => {
  [it, browser] = await Promise.all([startWithConsole([{ name: 'eu-1', labels: { env: 'prod' } }]), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await it.stop();
});
beforeEach(async () => {
  visit = await Visit.begin(browser);
});
afterEach(() => visit.end());

const isSignedOut = (): Promise<void> => visit.page.getByText('Or sign in with a token').waitFor();
const heading = (name: string): Promise<void> => visit.page.getByRole('heading', { level: 1, name }).waitFor();

test('the link of the command line opens the console once, and no address keeps its code', async () => {
  const said = await it.accord('console', '--print');
  const [url = ''] = /http\S+/.exec(said) ?? [];
  await visit.open(url);
  await heading('Fleet');
  expect(visit.page.url()).toBe(`${it.fleet.hub.url}/`);
  const other = await Visit.begin(browser);
  await other.page.goto(url);
  await other.page.getByText('Or sign in with a token').waitFor();
  await other.end();
});

test('a token signs in, is in no storage of the browser, and its session ends with it', async () => {
  const made = await it.hub('POST', '/v1/api-tokens', { name: 'ann', role: 'viewer' });
  const { token } = made.body as { readonly token: string };
  await visit.page.goto(`${it.fleet.hub.url}/policies`);
  await isSignedOut();
  await visit.page.getByLabel('Token').fill(token);
  await visit.page.getByRole('button', { name: 'Sign in' }).click();
  await heading('Policies');
  await visit.page.getByText('token/ann · viewer').waitFor();
  expect(await visit.page.evaluate('JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])')).not.toContain(token);
  expect(await visit.cookies()).toEqual([expect.objectContaining({ name: 'accord-session', httpOnly: true, sameSite: 'Strict' })]);
  await it.hub('DELETE', '/v1/api-tokens/ann');
  await visit.page.reload();
  await isSignedOut();
});

test('a wrong token is refused with what to do', async () => {
  await visit.page.goto(it.fleet.hub.url);
  await visit.page.getByLabel('Token').fill('wrong');
  await visit.page.getByRole('button', { name: 'Sign in' }).click();
  expect(await visit.page.getByRole('alert').textContent()).toMatch(/does not know the token/);
});

test('who signs out is out, also with the way back', async () => {
  await visit.end();
  visit = await signIn(it, browser);
  const { page } = visit;
  await page.getByRole('link', { name: 'Policies' }).click();
  await heading('Policies');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await isSignedOut();
  await page.goBack();
  await isSignedOut();
});

test('a viewer is offered nothing that he may not do', async () => {
  const made = await it.hub('POST', '/v1/api-tokens', { name: 'reader', role: 'viewer' });
  const { token } = made.body as { readonly token: string };
  await it.put('here', { clusterSelector: {} });
  await visit.page.goto(`${it.fleet.hub.url}/policies/here`);
  await visit.page.getByLabel('Token').fill(token);
  await visit.page.getByRole('button', { name: 'Sign in' }).click();
  await heading('here');
  expect(await visit.page.getByRole('button', { name: /Suspend|Hold|Delete/ }).count()).toBe(0);
  // And what he sends by himself is refused.
  const status = `fetch('/apis/accord.dev/v1alpha1/clusterpolicies/here', { method: 'DELETE' }).then(({ status }) => status)`;
  expect(await visit.page.evaluate(status)).toBe(403);
});
