import type { Metric, Reading } from './metric.ts';

export const metricsType = 'text/plain; version=0.0.4; charset=utf-8';

/** In the text format of Prometheus 0.0.4: each metric with its help and type, also where it has no series now. */
export function renderMetrics(metrics: readonly Metric[], readings: readonly Reading[]): string {
  const byMetric = Map.groupBy(readings, ({ metric }) => metric);
  return metrics.map((metric) => renderMetric(metric, byMetric.get(metric) ?? [])).join('');
}

function renderMetric({ name, type, help, buckets = [] }: Metric, readings: readonly Reading[]): string {
  const lines = readings.flatMap(({ labels, value }) => {
    if (typeof value === 'number') return [`${name}${renderLabels(labels)} ${renderValue(value)}\n`];
    const { counts, count, sum } = value;
    const upTo = (bound: string, seen: number): string => `${name}_bucket${renderLabels({ ...labels, le: bound })} ${seen}\n`;
    return [
      ...buckets.map((bound, at) => upTo(String(bound), counts[at] ?? 0)),
      upTo('+Inf', count),
      `${name}_sum${renderLabels(labels)} ${renderValue(sum)}\n`,
      `${name}_count${renderLabels(labels)} ${count}\n`,
    ];
  });
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function renderLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function renderValue(value: number): string {
  return Number.isFinite(value) ? String(value) : Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
