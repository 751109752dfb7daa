/** What a process tells of itself in numbers, defined once: name, type, help, labels. The reference is tested against the same definitions. */

/** Label → all the values that it can have, or a sentence that says what keeps them few. */
export type LabelValues = Readonly<Record<string, readonly string[] | string>>;

export interface Metric<Values extends LabelValues = LabelValues> {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: Values;
  /** Its value stands somewhere else, and is read when it is asked for: a meter does not have it. */
  readonly isRead?: true;
  /** Upper bounds of a histogram in rising order; infinity is not named. */
  readonly buckets?: readonly number[];
}

/** A value for each label of a metric. */
export type LabelsOf<Values extends LabelValues> = Readonly<Record<keyof Values & string, string>>;

/** What a histogram has seen: how many values up to each bound, all of them, and their sum. */
export interface Distribution {
  readonly counts: readonly number[];
  readonly count: number;
  readonly sum: number;
}

/** One series at one moment. Made by `read`, which checks the labels. */
export interface Reading {
  readonly metric: Metric;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number | Distribution;
}

const unlabelled = {} as const;
export type Unlabelled = typeof unlabelled;

/** A state that is read when it is asked for. */
export function gauge<const Values extends LabelValues = Unlabelled>(name: string, help: string, labels?: Values): Metric<Values> {
  return { name, type: 'gauge', help, labels: labels ?? ({} as Values), isRead: true };
}

/** A gauge that a meter keeps: what it counts ends again. */
export function level<const Values extends LabelValues = Unlabelled>(name: string, help: string, labels?: Values): Metric<Values> {
  return { name, type: 'gauge', help, labels: labels ?? ({} as Values) };
}

/** By custom of the field its name ends in `_total`. */
export function counter<const Values extends LabelValues = Unlabelled>(name: string, help: string, labels?: Values): Metric<Values> {
  return { name, type: 'counter', help, labels: labels ?? ({} as Values) };
}

/** A counter that somebody keeps already, or the operating system does. */
export function countedElsewhere<const Values extends LabelValues>(metric: Metric<Values>): Metric<Values> {
  return { ...metric, isRead: true };
}

export function histogram<const Values extends LabelValues = Unlabelled>(
  name: string,
  help: string,
  { buckets, labels }: { readonly buckets: readonly number[]; readonly labels?: Values },
): Metric<Values> {
  return { name, type: 'histogram', help, labels: labels ?? ({} as Values), buckets };
}

/** A value of a gauge or counter that stands somewhere else, and is read when it is asked for. */
export function read<Values extends LabelValues>(
  metric: Metric<Values>,
  value: number,
  ...labels: keyof Values extends never ? [] : [LabelsOf<Values>]
): Reading {
  return { metric, labels: bounded(metric, labels[0] ?? {}), value };
}

/** What others say is no value of a closed list just because they say it: it counts as `other`. */
export function bounded({ labels: values }: Metric, labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const pairs = Object.entries(labels).map(([name, value]) => {
    const known = values[name];
    return [name, typeof known === 'object' && !known.includes(value) ? 'other' : value] as const;
  });
  return Object.fromEntries(pairs);
}
