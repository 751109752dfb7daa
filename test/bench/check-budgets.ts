import { readFileSync } from 'node:fs';
import type { Figure } from './bench.ts';

export interface Budget {
  readonly name: string;
  readonly bar: number;
  readonly want: 'at most' | 'at least';
  /** The gate allows the bar times this, or for `at least` the bar divided by it. */
  readonly slack: number;
  /** Value over reference that is good enough whatever the machine does besides: a slow hour slows both. */
  readonly ratioMax?: number;
}

export interface Judged extends Figure {
  readonly bar?: number;
  readonly ratio?: number;
  readonly verdict: 'ok' | 'within slack' | 'slow machine' | 'missed' | 'no bar';
}

export function readBudgets(): readonly Budget[] {
  const text = readFileSync(new URL('budgets.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly budgets: readonly Budget[] }).budgets;
}

/** Holds a figure to its budget. A value that is no number misses. */
export function judge(figure: Figure, budgets: readonly Budget[]): Judged {
  const ratio = figure.reference === undefined ? {} : { ratio: figure.value / figure.reference };
  const budget = budgets.find(({ name }) => name === figure.name);
  if (budget === undefined) return { ...figure, ...ratio, verdict: 'no bar' };
  return { ...figure, bar: budget.bar, ...ratio, verdict: verdictOf(figure.value, ratio.ratio, budget) };
}

function verdictOf(value: number, ratio: number | undefined, { bar, want, slack, ratioMax }: Budget): Judged['verdict'] {
  const keeps = (limit: number): boolean => (want === 'at most' ? value <= limit : value >= limit);
  if (keeps(bar)) return 'ok';
  if (keeps(want === 'at most' ? bar * slack : bar / slack)) return 'within slack';
  return ratio !== undefined && ratioMax !== undefined && ratio <= ratioMax ? 'slow machine' : 'missed';
}

/** One JSON line per figure, as tools read it. */
export function renderLine({ name, value, unit, bar, reference, ratio, min, max }: Judged): string {
  const rounded = (number: number | undefined): number | undefined => (number === undefined ? undefined : Number(number.toPrecision(4)));
  return JSON.stringify({
    name,
    value: rounded(value),
    unit,
    bar,
    reference: rounded(reference),
    ratio: rounded(ratio),
    min: rounded(min),
    max: rounded(max),
  });
}

/** All figures, as people read them. */
export function renderTable(figures: readonly Judged[]): string {
  const show = (number: number | undefined): string =>
    number === undefined ? '–' : number >= 100 ? number.toFixed(0) : number.toFixed(number >= 10 ? 1 : 2);
  const rows = figures.map(({ name, value, unit, min, max, bar, reference, ratio, verdict }) => [
    name,
    `${show(value)} ${unit}`,
    min === undefined ? '–' : `${show(min)} to ${show(max)}`,
    show(bar),
    show(reference),
    ratio === undefined ? '–' : `${show(ratio)} ×`,
    verdict,
  ]);
  const table = [['FIGURE', 'VALUE', 'RANGE', 'BAR', 'REFERENCE', 'RATIO', 'VERDICT'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
