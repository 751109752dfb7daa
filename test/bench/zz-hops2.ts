import { startBenchFleet, benchSelector } from './bench-fleet.ts';
const bench = await startBenchFleet();
const hub = bench.fleet.hub;
const spec = (n: number) => ({
  clusterSelector: benchSelector,
  namespaces: [{ name: 'hops', configMaps: [{ name: `c${n}`, data: { a: 'x'.repeat(3000) + n } }] }],
});
const sums: Record<string, number[]> = {};
const N = Number(process.env['N'] ?? 100);
for (let n = 0; n < N; n += 1) {
  const t0 = performance.timeOrigin + performance.now();
  await hub.send('PUT', `/apis/accord.dev/v1alpha1/clusterpolicies/hop-${n}`, {
    apiVersion: 'accord.dev/v1alpha1',
    kind: 'ClusterPolicy',
    metadata: { name: `hop-${n}` },
    spec: spec(n),
  });
  const t1 = performance.timeOrigin + performance.now();
  let clusters: any[] = [];
  for (let i = 0; i < 100; i += 1) {
    await new Promise((r) => setTimeout(r, 20));
    const { body } = await hub.send('GET', `/v1/changes/${encodeURIComponent(`hop-${n}@1`)}`);
    clusters = (body as any).clusters ?? [];
    if (clusters[0]?.foldedMs > 0) break;
  }
  if (n < 20) continue;
  const { stamps: s, foldedMs } = clusters[0];
  const put = (k: string, v: number) => (sums[k] ??= []).push(v);
  put('call->accepted', s.acceptedMs - t0);
  put('call->answer', t1 - t0);
  put('accepted->published', s.publishedMs - s.acceptedMs);
  put('published->received', s.receivedMs - s.publishedMs);
  put('verify', s.verifiedMs - s.receivedMs);
  put('compile', s.compiledMs - s.verifiedMs);
  put('apply', s.appliedMs - s.compiledMs);
  put('report', s.reportedMs - s.appliedMs);
  put('fold', foldedMs - s.reportedMs);
  put('total', foldedMs - t0);
  await new Promise((r) => setTimeout(r, 200));
}
for (const [k, v] of Object.entries(sums)) {
  v.sort((a, b) => a - b);
  console.log(
    k.padEnd(22),
    'mean',
    (v.reduce((a, b) => a + b) / v.length).toFixed(2),
    'p50',
    v[v.length >> 1]!.toFixed(2),
    'p95',
    v[Math.floor(v.length * 0.95)]!.toFixed(2),
  );
}
await bench.stop();
process.exit();
