import { foldFact } from '@accord/core/registry/registry';
import { foldSummary } from '@accord/core/view/reported';
import { startMemoryHub, type MemoryHub } from '@accord/hub/api/memory-hub';
import { sha256 } from '@accord/proto/canonical';
import { clusterIdOf, type ClusterId, type PolicyName } from '@accord/proto/ids';
import { beatCodec, summaryCodec } from '@accord/proto/messages';
import { intentSubject } from '@accord/proto/subjects';
import { byEffort, type Bench, type Figure } from './bench.ts';
import { RestClient } from './rest-client.ts';
import { percentile, summary } from './statistics.ts';

interface Size {
  readonly clusters: number;
  readonly policies: number;
}

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
      ...(await onHub(large, (hub, client) => askPages({ hub, client, times }, say))),
      ...(await onHub(six, (_hub, client) => askRows(client, times, say))),
    ];
  },
};

async function onHub(size: Size, work: (hub: MemoryHub, client: RestClient) => Promise<readonly Figure[]>): Promise<readonly Figure[]> {
  const hub = await startMemoryHub();
  const client = new RestClient({ url: await hub.app.listen({ host: '127.0.0.1', port: 0 }), token: hub.adminToken });
  try {
    fill(hub, size);
    return await work(hub, client);
  } finally {
    client.close();
    await hub.stop();
  }
}

interface Asked {
  readonly hub: MemoryHub;
  readonly client: RestClient;
  readonly times: number;
}

async function askPages({ hub, client, times }: Asked, say: (line: string) => void): Promise<readonly Figure[]> {
  const [first] = await timesOf(client, pages.page, 1);
  // 2,000 reports and 5 changes of policies a second, which is what moves the rows of a busy fleet.
  const ids = [...hub.deps.projection.registry.clusters.keys()];
  let n = 0;
  const reports = setInterval(() => {
    for (let one = 0; one < 20; one += 1, n += 1) hub.deps.projection.notify({ type: 'row', ...rowAt(ids, n), change: '' });
    if (n % 400 === 0) hub.deps.projection.notify({ type: 'policy', policy: rowAt(ids, n).policy });
  }, 10);
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
    clearInterval(reports);
  }
}

function rowAt(ids: readonly ClusterId[], n: number): { readonly policy: PolicyName; readonly id: ClusterId } {
  return { policy: `policy-${n % large.policies}` as PolicyName, id: ids[(n * 7_919) % ids.length] ?? ('' as ClusterId) };
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

/** What a hub would have folded: facts of all, and a summary and a beat of each cluster. */
function fill(hub: MemoryHub, { clusters, policies }: Size): void {
  const { projection } = hub.deps;
  const names = Array.from({ length: policies }, (_, n) => `policy-${n}`);
  let seq = projection.registry.seq;
  const fold = (kind: 'policy' | 'cluster', id: string, body: object): void => {
    seq += 1;
    const recorded = { body, seq, digest: new Uint8Array(), atMs: 0, actor: 'bench', change: { id: `${id}@1`, traceparent: '' } };
    foldFact(projection.registry, intentSubject(kind, id), recorded);
    projection.noticeFact({ subject: intentSubject(kind, id), recorded });
  };
  const meta = { labels: {}, annotations: {} };
  for (const [n, name] of names.entries()) {
    const spec = { clusterSelector: n % 2 === 0 ? {} : { matchLabels: { env: 'prod' } }, priority: 100, mode: 'Enforce' };
    fold('policy', name, { name, uid: name, revision: 1, step: 0, createdAtMs: 0, meta, anchors: [], spec });
  }
  const beat = beatCodec.decode(beatCodec.encode({ epoch: 1, syncDigest: new Uint8Array(32) }));
  for (let n = 0; n < clusters; n += 1) {
    const id = clusterIdOf(sha256(`cluster-${n}`).subarray(0, 16));
    const labels = { env: n % 3 === 0 ? 'dev' : 'prod', region: `r${n % 7}` };
    fold('cluster', id, {
      id,
      name: `cluster-${n}`,
      uid: id,
      revision: 1,
      createdAtMs: 0,
      meta,
      labels,
      spec: { mode: 'Enforce' },
      publicKey: 'U',
    });
    projection.beat(id, beat);
    const reports = names.map((policy, at) => ({
      policy,
      epoch: 1,
      revision: 1,
      state: (n + at) % 997 === 0 ? 'Failed' : 'Applied',
      desired: 1,
      applied: 1,
    }));
    foldSummary(
      projection.reported,
      id,
      summaryCodec.decode(summaryCodec.encode({ lastBoot: 1, lastN: 1, policies: reports } as never)),
      1,
    );
  }
}
