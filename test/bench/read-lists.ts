import type { MemoryHub } from '@accord/hub/api/memory-hub';
import { byEffort, type Bench, type Figure } from './bench.ts';
import { BusyReports, filledHub, type Size } from './filled-hub.ts';
import type { RestClient } from './rest-client.ts';
import { percentile, summary } from './statistics.ts';

const large: Size = { clusters: 10_000, policies: 100 };
const six: Size = { clusters: 100, policies: 60 };

/** Of a large fleet the pages that cost most, and one as most are. */
const pages = {
  page: '/v1/clusters',
  worst: '/v1/clusters?sort=worst&q=r3&labelSelector=env%3Dprod',
  policies: '/v1/policies?sort=worst',
  rows: '/v1/policies/policy-1/clusters?limit=100&sort=worst',
  fleet: '/v1/fleet',
} as const;

/** The API of a hub in this process, over HTTP: what the lists cost, and nothing of bus and spokes. */
export const readLists: Bench = {
  name: 'lists',
  shows: `pages of lists over ${large.clusters} clusters × ${large.policies} policies while reports come in; 6,000 rows page by page`,
  run: async (effort, say) => {
    const times = byEffort(effort, { quick: 40, normal: 100, full: 400 });
    return [
      ...(await filledHub(large, ({ hub, client }) => askPages({ hub, client, times }, say))),
      ...(await filledHub(six, ({ client }) => askRows(client, times, say))),
    ];
  },
};

interface Asked {
  readonly hub: MemoryHub;
  readonly client: RestClient;
  readonly times: number;
}

async function askPages({ hub, client, times }: Asked, say: (line: string) => void): Promise<readonly Figure[]> {
  const [first] = await timesOf(client, pages.page, 1);
  const reports = new BusyReports(hub, large);
  try {
    const figures: Figure[] = [{ name: 'lists-first', value: first ?? Number.NaN, unit: 'ms' }];
    for (const [name, path] of Object.entries(pages)) {
      const taken = await timesOf(client, path, times);
      say(`GET ${path}: ${summary(taken)}`);
      figures.push({
        name: `lists-${name}-p50`,
        value: percentile(taken, 50),
        unit: 'ms',
        min: Math.min(...taken),
        max: Math.max(...taken),
      });
    }
    return figures;
  } finally {
    reports.stop();
  }
}

/** A page, and all rows of all policies page by page. */
async function askRows(client: RestClient, times: number, say: (line: string) => void): Promise<readonly Figure[]> {
  const first = await timesOf(client, '/v1/policies/policy-1/clusters?limit=100', times);
  const startMs = performance.now();
  for (let n = 0; n < six.policies; n += 1) {
    let next: string | undefined = '';
    while (next !== undefined) {
      const path: string = `/v1/policies/policy-${n}/clusters?limit=25&sort=worst&connection=live&continue=${next}`;
      next = ((await client.require({ method: 'GET', path })) as { readonly continue?: string }).continue;
    }
  }
  const allMs = performance.now() - startMs;
  say(`6,000 rows in pages of 25: ${allMs.toFixed(0)} ms; a page of 100: ${summary(first)}`);
  return [
    { name: 'rows-6000-first-p50', value: percentile(first, 50), unit: 'ms' },
    { name: 'rows-6000-all', value: allMs, unit: 'ms' },
  ];
}

async function timesOf(client: RestClient, path: string, count: number): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const startMs = performance.now();
    await client.require({ method: 'GET', path });
    taken.push(performance.now() - startMs);
  }
  return taken;
}
