import { bounded, type LabelsOf, type LabelValues, type Metric, type Reading } from './metric.ts';

interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** Of a counter or gauge its value; of a histogram the sum. */
  value: number;
  count: number;
  readonly counts: number[];
}

type Given<Values extends LabelValues> = keyof Values extends never ? [] : [labels: LabelsOf<Values>];

/** Counts and distributions of one process, from its start on. Series whose labels are known stand there from the first scrape, at 0. */
export class Meter {
  readonly #series = new Map<Metric, Map<string, Series>>();

  constructor(metrics: Iterable<Metric>) {
    for (const metric of metrics) {
      if (metric.isRead === true) continue;
      this.#series.set(metric, new Map());
      for (const labels of knownLabels(metric)) this.#of(metric, labels);
    }
  }

  count<Values extends LabelValues>(metric: Metric<Values>, by: number, ...[labels]: Given<Values>): void {
    this.#of(metric, labels ?? {}).value += by;
  }

  /** In the unit of its name. What is no number, as a peer may send it, is left out. */
  observe<Values extends LabelValues>(metric: Metric<Values>, value: number, ...[labels]: Given<Values>): void {
    if (!Number.isFinite(value)) return;
    const series = this.#of(metric, labels ?? {});
    series.value += value;
    series.count += 1;
    for (const [at, bound] of (metric.buckets ?? []).entries()) if (value <= bound) series.counts[at] = (series.counts[at] ?? 0) + 1;
  }

  readings(): readonly Reading[] {
    return [...this.#series].flatMap(([metric, all]) =>
      [...all.values()].map(({ labels, value, count, counts }) => ({
        metric,
        labels,
        value: metric.type === 'histogram' ? { counts, count, sum: value } : value,
      })),
    );
  }

  #of(metric: Metric, given: Readonly<Record<string, string>>): Series {
    const all = this.#series.get(metric);
    if (all === undefined) throw new TypeError(`${metric.name} is no metric of this meter`);
    const labels = bounded(metric, given);
    const key = JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    const found = all.get(key);
    if (found !== undefined) return found;
    const made: Series = { labels, value: 0, count: 0, counts: (metric.buckets ?? []).map(() => 0) };
    all.set(key, made);
    return made;
  }
}

/** Every combination of labels, where all values are known. */
function knownLabels({ labels }: Metric): readonly Readonly<Record<string, string>>[] {
  let all: readonly Readonly<Record<string, string>>[] = [{}];
  for (const [name, values] of Object.entries(labels)) {
    if (typeof values === 'string') return [];
    all = all.flatMap((before) => values.map((value) => ({ ...before, [name]: value })));
  }
  return all;
}
