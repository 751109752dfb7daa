/** When a change had come to the last cluster that answered it. */

/** What one outcome says of the change. */
export interface Answer {
  readonly cluster: string;
  /** It is applied there, or has left as it should. */
  readonly isDone: boolean;
  /** The cluster came, or was changed, when the change had long been accepted: it had something to catch up. */
  readonly isLate: boolean;
  /** From accepted to applied, on the clock of the hub, in milliseconds; undefined where the outcome does not tell. */
  readonly tookMs: number | undefined;
}

/** Each cluster that answered, with what its change took there. */
export type Progress = Map<string, number | 'open' | 'late'>;

/** Answers of one cluster come in the order of their numbers: the first that is done counts, what comes after it are repairs. */
export function foldAnswer(progress: Progress, { cluster, isDone, isLate, tookMs }: Answer): void {
  if ((progress.get(cluster) ?? 'open') !== 'open') return;
  progress.set(cluster, !isDone || tookMs === undefined ? 'open' : isLate ? 'late' : tookMs);
}

/** From accepted to the last cluster; undefined while one that answered is not done, or nobody was there in time. */
export function convergedMs(progress: Progress): number | undefined {
  const each = [...progress.values()];
  const times = each.filter((one) => typeof one === 'number');
  return times.length === 0 || each.includes('open') ? undefined : times.reduce((a, b) => Math.max(a, b));
}
