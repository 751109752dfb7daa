/** `quick` fits into a gate, `full` is what docs/benchmarks.md reports. */
export type Effort = 'quick' | 'normal' | 'full';

export interface Figure {
  /** Key into budgets.json. */
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 's' | '/s' | 'MiB' | 'KiB' | '%' | '×' | 'requests' | 'changes' | 'policies' | 'connections';
  /** The same thing done in the plainest way, measured in the same run. */
  readonly reference?: number;
  /** Of the runs or windows whose median or mean the value is. */
  readonly min?: number;
  readonly max?: number;
}

export interface Bench {
  readonly name: string;
  /** What it shows, in one line for `--help`. */
  readonly shows: string;
  readonly run: (effort: Effort, say: (line: string) => void) => Promise<readonly Figure[]>;
}

/** One of three, by effort. */
export function byEffort<T>(effort: Effort, choice: Readonly<Record<Effort, T>>): T {
  return choice[effort];
}
