/** Which outcomes of a cluster are recorded, and which numbers are missing. */
import type { HistoryGap } from '@accord/proto/messages';
import { compareNumbers, type ReportNumber } from '@accord/proto/signed-report';

/** What a cluster may tell at once, in bytes: tens of thousands of passes, and far more than waits while the hub is away. */
export const burstBytesMax = 32 * 1024 * 1024;
/** And from then on. One cluster that floods would otherwise push the past of all others out of HISTORY within minutes. */
export const bytesPerSecondMax = 2 * 1024;
/** Small messages cost at least what their rows do. */
const bytesMin = 256;
const openGapsMax = 32;

export interface Verdict {
  readonly isRecorded: boolean;
  readonly gaps: readonly HistoryGap[];
}

interface Sender {
  last: ReportNumber;
  /** Since the last that was recorded something was refused, and of the same start up to this number; 0 for nothing of it. */
  refusedN: number | undefined;
  bytes: number;
  atMs: number;
  /** Numbers that may come late. */
  gaps: HistoryGap[];
}

/**
 * Judges each outcome by its number (boot, n), which is gapless within a start of its spoke.
 *
 * Of a cluster that tells too much nothing is recorded until it may again; then all that was refused is one gap, however much it was.
 */
export class OutcomeLedger {
  readonly #senders = new Map<string, Sender>();

  /** What was recorded before: by cluster, the highest number. */
  constructor(recorded: Iterable<readonly [string, ReportNumber]>, nowMs: number) {
    for (const [cluster, last] of recorded) this.#senders.set(cluster, newSender(last, nowMs));
  }

  judge(cluster: string, number: ReportNumber, { bytes, nowMs }: { readonly bytes: number; readonly nowMs: number }): Verdict {
    const sender = this.#senders.get(cluster) ?? newSender({ boot: number.boot, n: 0 }, nowMs);
    this.#senders.set(cluster, sender);
    const isLate = compareNumbers(number, sender.last) <= 0;
    if (isLate && !isMissing(sender, number)) return { isRecorded: false, gaps: [] };
    if (!pay(sender, bytes, nowMs)) {
      if (!isLate) sender.refusedN = number.boot === sender.last.boot ? number.n : (sender.refusedN ?? 0);
      return { isRecorded: false, gaps: [] };
    }
    if (isLate) {
      sender.gaps = sender.gaps.flatMap((gap) => without(gap, number));
      return { isRecorded: true, gaps: [] };
    }
    const gaps = missingBefore(cluster, sender, number);
    Object.assign(sender, { last: number, refusedN: undefined, gaps: [...sender.gaps, ...gaps].slice(-openGapsMax) });
    return { isRecorded: true, gaps };
  }
}

function newSender(last: ReportNumber, nowMs: number): Sender {
  return { last, refusedN: undefined, bytes: burstBytesMax, atMs: nowMs, gaps: [] };
}

function isMissing({ gaps }: Sender, { boot, n }: ReportNumber): boolean {
  return gaps.some((gap) => gap.boot === boot && gap.firstN <= n && n <= gap.lastN);
}

/** Numbers between the last one and this one. What an earlier start told after the last that was heard of it nobody can know. */
function missingBefore(cluster: string, { last, refusedN }: Sender, { boot, n }: ReportNumber): readonly HistoryGap[] {
  const reason = refusedN === undefined ? 'Lost' : 'RateLimited';
  const ofLast = last.boot === boot ? [] : [{ boot: last.boot, lastN: refusedN ?? 0 }];
  return [...ofLast, { boot, lastN: n - 1 }].flatMap((range) => {
    const firstN = range.boot === last.boot ? last.n + 1 : 1;
    return firstN <= range.lastN ? [{ cluster, ...range, firstN, reason }] : [];
  });
}

function without(gap: HistoryGap, { boot, n }: ReportNumber): HistoryGap[] {
  if (gap.boot !== boot || n < gap.firstN || n > gap.lastN) return [gap];
  return [
    { ...gap, lastN: n - 1 },
    { ...gap, firstN: n + 1 },
  ].filter(({ firstN, lastN }) => firstN <= lastN);
}

function pay(sender: Sender, bytes: number, nowMs: number): boolean {
  const earned = (Math.max(0, nowMs - sender.atMs) / 1_000) * bytesPerSecondMax;
  sender.bytes = Math.min(burstBytesMax, sender.bytes + earned);
  sender.atMs = nowMs;
  const price = Math.max(bytesMin, bytes);
  if (sender.bytes < price) return false;
  sender.bytes -= price;
  return true;
}
