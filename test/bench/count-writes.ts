import { benchCluster, type BenchFleet } from './bench-fleet.ts';

/** Kinds that only policies write here; the spoke's own state is a ConfigMap, so those are not counted. */
const counted = new Set(['roles', 'rolebindings', 'resourcequotas', 'networkpolicies', 'namespaces']);

/** Applies and patches of the objects of policies that the API server of the measured cluster has answered, by its own metrics. */
export async function countWrites(bench: BenchFleet): Promise<number> {
  const text = String(await bench.client(benchCluster, 'admin').require({ method: 'GET', path: '/metrics' }));
  return text
    .split('\n')
    .filter((line) => line.startsWith('apiserver_request_total{') && /verb="(APPLY|PATCH)"/.test(line))
    .filter((line) => counted.has(/ resource="([^"]*)"|,resource="([^"]*)"/.exec(line)?.slice(1).find(Boolean) ?? ''))
    .filter((line) => line.includes('subresource=""'))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
