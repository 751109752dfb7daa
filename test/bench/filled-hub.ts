import { foldFact } from '@accord/core/registry/registry';
import { foldSummary } from '@accord/core/view/reported';
import { startMemoryHub, type MemoryHub, type MemoryHubOptions } from '@accord/hub/api/memory-hub';
import { sha256 } from '@accord/proto/canonical';
import { clusterIdOf, type ClusterId, type PolicyName } from '@accord/proto/ids';
import { beatCodec, summaryCodec } from '@accord/proto/messages';
import { intentSubject } from '@accord/proto/subjects';
import { RestClient } from './rest-client.ts';

export interface Size {
  readonly clusters: number;
  readonly policies: number;
}

export interface FilledHub {
  readonly hub: MemoryHub;
  readonly url: string;
  readonly client: RestClient;
}

/** The API of a hub in this process, over HTTP, that knows so many clusters and policies, and nothing of bus and spokes. */
export async function filledHub<Result>(
  size: Size,
  work: (filled: FilledHub) => Promise<Result>,
  options: MemoryHubOptions = {},
): Promise<Result> {
  const hub = await startMemoryHub(options);
  const url = await hub.app.listen({ host: '127.0.0.1', port: 0 });
  const client = new RestClient({ url, token: hub.adminToken });
  try {
    fill(hub, size);
    return await work({ hub, url, client });
  } finally {
    client.close();
    await hub.stop();
  }
}

const beat = beatCodec.decode(beatCodec.encode({ epoch: 1, syncDigest: new Uint8Array(32) }));

/** 2,000 reports and 5 changes of policies a second, which is what moves the rows of a busy fleet. */
export class BusyReports {
  readonly #timer: ReturnType<typeof setInterval>;

  constructor({ deps: { projection } }: MemoryHub, { policies }: Size) {
    const ids = [...projection.registry.clusters.keys()];
    const rowAt = (n: number): { readonly policy: PolicyName; readonly id: ClusterId } => ({
      policy: `policy-${n % policies}` as PolicyName,
      id: ids[(n * 7_919) % ids.length] ?? ('' as ClusterId),
    });
    let n = 0;
    let beats = 0;
    this.#timer = setInterval(() => {
      for (let one = 0; one < 20; one += 1, n += 1) projection.notify({ type: 'row', ...rowAt(n), change: '' });
      if (n % 400 === 0) projection.notify({ type: 'policy', policy: rowAt(n).policy });
      // Every cluster beats every two seconds.
      for (let one = 0; one < ids.length / 200; one += 1, beats += 1) projection.beat(ids[beats % ids.length] ?? ('' as ClusterId), beat);
    }, 10);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
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
