import { ensureConsole } from '@accord/local/builds/console-bundle';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../browser/chromium.ts';
import { Visit } from '../browser/visit.ts';
import { putPolicy } from './bench-fleet.ts';
import { byEffort, type Bench, type Figure } from './bench.ts';
import { BusyReports, filledHub, type FilledHub, type Size } from './filled-hub.ts';
import { percentile, summary } from './statistics.ts';

const size: Size = { clusters: 10_000, policies: 100 };
const consoleDir = fileURLToPath(new URL('../../packages/console/dist', import.meta.url));

/**
 * Interactions as the browser times them (Event Timing, W3C): from the key or click to the frame that shows its effect, in steps of 8 ms; those of
 * less than 16 ms are not told, so that the percentile is of the slower ones. Hub, browser and load share the machine, and the fleet reports all the while.
 */
export const useConsole: Bench = {
  name: 'console',
  shows: `the console in a real browser over ${size.clusters} clusters × ${size.policies} policies while reports come in`,
  run: async (effort, say) => {
    await ensureConsole(new AbortController().signal);
    const rounds = byEffort(effort, { quick: 1, normal: 3, full: 10 });
    return await filledHub(size, (filled) => measure(filled, rounds, say), { consoleDir });
  },
};

async function measure({ hub, url, client }: FilledHub, rounds: number, say: (line: string) => void): Promise<readonly Figure[]> {
  const browser = await openBrowser();
  const reports = new BusyReports(hub, size);
  try {
    const { page } = await enter(browser, client);
    await page.evaluate(watchInteractions);
    const other = await enter(browser, client);
    await other.open(`${url}/policies?q=seen&sort=name`);
    const live: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await work(page);
      live.push(await seeChange(client, other.page, round));
    }
    const interactions = await page.evaluate<number[]>('globalThis.interactions');
    const frames = await page.evaluate<number[]>('globalThis.frames');
    say(`interactions: ${summary(interactions)}; frames while scrolling: ${summary(frames)}; changes seen: ${summary(live)}`);
    return [
      { name: 'console-interaction-p98', value: percentile(interactions, 98), unit: 'ms', max: Math.max(...interactions) },
      { name: 'console-scroll-frame-p95', value: percentile(frames, 95), unit: 'ms', max: Math.max(...frames) },
      { name: 'console-live-p95', value: percentile(live, 95), unit: 'ms', max: Math.max(...live) },
    ];
  } finally {
    reports.stop();
    await browser.close();
  }
}

async function enter(browser: Browser, client: FilledHub['client']): Promise<Visit> {
  const { url } = (await client.require({ method: 'POST', path: '/v1/console/links' })) as { readonly url: string };
  const visit = await Visit.begin(browser);
  await visit.open(url);
  return visit;
}

/** Of each interaction its longest event; of a wheel each frame until it rests. */
const watchInteractions = `
  globalThis.interactions = [];
  globalThis.frames = [];
  const longest = new Map();
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) {
      if (interactionId === 0) continue;
      longest.set(interactionId, Math.max(longest.get(interactionId) ?? 0, duration));
    }
    globalThis.interactions = [...longest.values()];
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
  let last = 0;
  let scrolledMs = -1e9;
  addEventListener('wheel', ({ timeStamp }) => { scrolledMs = timeStamp; }, { passive: true });
  const frame = (atMs) => {
    if (last !== 0 && atMs - scrolledMs < 300) globalThis.frames.push(atMs - last);
    last = atMs;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
`;

/** What somebody does who looks for a cluster, then for a policy. */
async function work(page: Page): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  const clusters = page.getByRole('table', { name: 'Clusters', exact: true });
  await clusters.getByRole('link').first().waitFor();
  await page.getByLabel('Clusters, rows').hover();
  for (let n = 0; n < 40; n += 1) await page.mouse.wheel(0, 600);
  await page.getByLabel('Clusters, rows').focus();
  for (let n = 0; n < 30; n += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await page.keyboard.press('/');
  await page.keyboard.type('cluster-77', { delay: 60 });
  await page.getByText('111 clusters').waitFor();
  await page.getByRole('combobox', { name: 'Connection' }).selectOption('live');
  await page.getByRole('combobox', { name: 'Order' }).selectOption('name');
  await clusters.getByRole('link').first().click();
  await page.getByRole('table', { name: 'Policies of the cluster' }).getByRole('link').first().waitFor();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.getByRole('table', { name: 'Policies' }).getByRole('link').first().click();
  await page.getByRole('table', { name: 'Clusters of the policy' }).getByRole('link').first().waitFor();
  await page
    .getByRole('button', { name: /Failed/ })
    .first()
    .click();
  await page.getByLabel('Clusters of the policy, rows').hover();
  for (let n = 0; n < 40; n += 1) await page.mouse.wheel(0, 600);
}

/** From the call of somebody else to the page that shows it, nobody asking. */
async function seeChange(client: FilledHub['client'], page: Page, round: number): Promise<number> {
  const name = `seen-${round}`;
  const shown = page.getByRole('link', { name, exact: true }).waitFor();
  const startMs = performance.now();
  await putPolicy(client, name, { clusterSelector: {} });
  await shown;
  return performance.now() - startMs;
}
