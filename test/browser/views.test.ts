import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FleetFixture } from '../real/fleet-fixture.ts';
import { openBrowser } from './chromium.ts';
import { shop, signIn, startConsoleFleet, untilStands, walled } from './console-fleet.ts';
import { views } from './views.ts';
import type { Visit } from './visit.ts';

let it: FleetFixture;
let browser: Browser;
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

describe.each(['light', 'dark'] as const)('in the %s scheme', (scheme) => {
  let visit: Visit;
  beforeAll(async () => {
    visit = await signIn(it, browser, { scheme });
  });
  afterAll(() => visit.end());

  test.each(views)('$name shows what it is for, to everybody, and complains of nothing', async ({ path, heading, shows }) => {
    await visit.open(`${it.fleet.hub.url}${path}`);
    expect(await visit.page.getByRole('heading', { level: 1 }).textContent()).toBe(heading);
    for (const text of shows) await visit.page.getByText(text).first().waitFor();
    expect(await visit.accessibility()).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  test('a narrow screen hides nothing beside the page', async () => {
    await visit.page.setViewportSize({ width: 390, height: 800 });
    await visit.open(it.fleet.hub.url);
    expect(await visit.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await visit.accessibility()).toEqual([]);
    await visit.page.setViewportSize({ width: 1280, height: 900 });
  });
});

test('every answer of the page says what it may load, and it is little', async () => {
  const response = await fetch(it.fleet.hub.url, { headers: { accept: 'text/html' } });
  expect(response.headers.get('content-security-policy')?.split('; ')).toEqual(
    expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"]),
  );
  expect(response.headers.get('content-security-policy')).not.toMatch(/unsafe|\*|data:(?!;)(?! )/);
});
