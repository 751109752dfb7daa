/** What deploy/monitoring asks of Prometheus, as its tests read it. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string; readonly runbook: string };
}

export const rulesFile: string = new URL('../deploy/monitoring/rules.yaml', import.meta.url).pathname;

export function alertsOf(): readonly Alert[] {
  const { groups } = parse(readFileSync(rulesFile, 'utf8')) as { readonly groups: readonly { readonly rules: readonly Alert[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

/** Panel and query, with a range where Grafana puts one. */
export function dashboardQueries(): readonly (readonly [panel: string, query: string])[] {
  const file = new URL('../deploy/monitoring/dashboard.json', import.meta.url);
  const { panels } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly refId: string; readonly expr: string }[] }[];
  };
  return panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ refId, expr }) => [`${title} ${refId}`, expr.replaceAll('$__rate_interval', '5m')] as const),
  );
}
