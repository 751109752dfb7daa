import type { FleetPaths } from '../fleet-paths.ts';
import { renderColumns } from './render-columns.ts';

export interface ReadyInput {
  readonly hubUrl: string;
  readonly paths: FleetPaths;
  readonly clusters: readonly { readonly name: string; readonly url: string; readonly labels: Readonly<Record<string, string>> }[];
  readonly seconds: number;
}

/** What a person wants to know once the fleet runs: what there is, where the keys are, what to try. */
export function renderReady({ hubUrl, paths, clusters, seconds }: ReadyInput): string {
  const labels = (cluster: ReadyInput['clusters'][number]) => Object.entries(cluster.labels).map(([key, value]) => `${key}=${value}`);
  const showcase = clusters.find((cluster) => cluster.labels['region'] === 'eu') ?? clusters[0];
  return [
    '',
    'Running',
    ...renderColumns([['hub', hubUrl], ...clusters.map((cluster) => [cluster.name, cluster.url, ...labels(cluster)])]),
    '',
    'Keys',
    ...renderColumns([
      ['admin token', paths.adminToken],
      ['hub', paths.hubKubeconfig],
      ...clusters.map(({ name }) => [name, paths.cluster(name).kubeconfig]),
    ]),
    '',
    'Try',
    '  ./accord status',
    '  ./accord console   # in your browser',
    `  kubectl --kubeconfig ${paths.hubKubeconfig} get clusters,clusterpolicies`,
    ...(showcase === undefined
      ? []
      : [`  kubectl --kubeconfig ${paths.cluster(showcase.name).kubeconfig} --namespace shop delete resourcequotas --all   # comes back`]),
    '',
    `Accord is ready: ${clusters.length} clusters after ${seconds.toFixed(1)} s. Ctrl-C stops everything.`,
  ].join('\n');
}
