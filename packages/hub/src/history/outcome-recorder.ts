import type { Bus, Stored } from '@accord/bus/bus';
import { OutcomeLedger } from '@accord/core/history/outcome-ledger';
import type { ClusterFact } from '@accord/core/registry/facts';
import type { Registry } from '@accord/core/registry/registry';
import { isCoded } from '@accord/proto/coded-error';
import { openHistory } from '@accord/proto/history-message';
import { isClusterId, type ClusterId } from '@accord/proto/ids';
import { historyOutcomesCodec, outcomeCodec, type HistoryGap, type HistoryOutcome } from '@accord/proto/messages';
import type { TrustedKeys } from '@accord/proto/seal';
import type { ReportNumber } from '@accord/proto/signed-report';
import { historySubject, senderOf } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import type { OpenedOutcomes } from '../views/opened-outcomes.ts';
import { BatchQueue } from './batch-queue.ts';
import type { HistoryLog } from './history-log.ts';

export interface OutcomeRecorderDeps {
  readonly bus: Bus;
  readonly history: HistoryLog;
  readonly registry: Registry;
  readonly opened: OpenedOutcomes;
  readonly keys: TrustedKeys;
  readonly clock: Clock;
  /** By cluster, the highest number that was recorded. Asked once HISTORY has been read to its end. */
  readonly recorded: () => Iterable<readonly [string, ReportNumber]>;
  /** How far the clock of a cluster is ahead, by its last beat; 0 when none was heard. */
  readonly skewOf: (id: ClusterId) => number;
  readonly onGaps?: (gaps: readonly HistoryGap[]) => void;
}

/** One message of OUTCOMES, judged. */
interface Judged {
  readonly seq: number;
  readonly outcome: HistoryOutcome;
  readonly gaps: readonly HistoryGap[];
}

const batch = { countMax: 100, bytesMax: 1024 * 1024, ms: 20 };
/** What was read and is not stored yet: beyond this the reader waits. */
const waitingMax = 1_000;

/**
 * Copies what clusters did from OUTCOMES, which forgets, to HISTORY.
 *
 * Each message of HISTORY says up to where OUTCOMES is in it, and names the message before it: so the position moves with what it stands
 * for, and a hub that is killed at any point leaves neither a gap nor a repetition.
 */
export class OutcomeRecorder {
  readonly #deps: OutcomeRecorderDeps;
  /** Made once: what this hub has judged it knows, wherever it has to read again. */
  #ledger: OutcomeLedger | undefined;
  #refused = 0;
  #readSeq = 0;
  #waiting: () => number = () => 0;

  constructor(deps: OutcomeRecorderDeps) {
    this.#deps = deps;
  }

  /** Messages that no member signed, or that are no outcomes. */
  get refused(): number {
    return this.#refused;
  }

  /** Up to where OUTCOMES was read. */
  get readSeq(): number {
    return this.#readSeq;
  }

  /** What was read and is not stored yet. */
  get waiting(): number {
    return this.#waiting();
  }

  /** Runs until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    let afterSeq = await this.#position(signal);
    while (!signal.aborted) {
      try {
        await this.#runFrom(afterSeq, signal);
      } catch (error) {
        // OUTCOMES is another one than before, and what it holds is judged by its numbers; or another hub wrote, and this one goes on behind it.
        if (!isCoded(error, 'gone', 'conflict')) throw error;
        afterSeq = error.code === 'gone' ? 0 : await this.#position(signal);
      }
    }
  }

  async #position(signal: AbortSignal): Promise<number> {
    const last = await this.#deps.history.last('outcome', signal);
    if (last === undefined) return 0;
    try {
      return historyOutcomesCodec.decode(openHistory(last.body, historySubject('outcome'), this.#deps.keys)).outcomesSeq;
    } catch (error) {
      if (!isCoded(error)) throw error;
      // Not ours: everything that is kept is judged again, and what was recorded is known by its number.
      return 0;
    }
  }

  async #runFrom(afterSeq: number, signal: AbortSignal): Promise<void> {
    const stop = new AbortController();
    const running = AbortSignal.any([signal, stop.signal]);
    const queue = new BatchQueue<Judged>(batch, this.#deps.clock);
    this.#waiting = () => queue.size;
    this.#readSeq = afterSeq;
    try {
      await Promise.all([this.#read(afterSeq, queue, running), this.#write(queue, running)]);
    } finally {
      stop.abort();
    }
  }

  async #read(afterSeq: number, queue: BatchQueue<Judged>, signal: AbortSignal): Promise<void> {
    const { bus, clock, recorded } = this.#deps;
    this.#ledger ??= new OutcomeLedger(recorded(), clock.now());
    const ledger = this.#ledger;
    for await (const stored of bus.follow({ stream: 'OUTCOMES', filters: [], afterSeq }, signal)) {
      if (stored === 'caught-up') continue;
      const judged = this.#judge(ledger, stored);
      this.#readSeq = stored.seq;
      if (judged !== undefined) queue.push(judged, stored.body.length);
      while (queue.size >= waitingMax && !signal.aborted) await clock.sleep(batch.ms, signal);
    }
  }

  async #write(queue: BatchQueue<Judged>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const judged = await queue.next(signal);
      if (judged.length === 0 || signal.aborted) continue;
      const outcomes = judged.map(({ outcome }) => outcome);
      const gaps = judged.flatMap((one) => one.gaps);
      const body = historyOutcomesCodec.encode({ outcomesSeq: judged.at(-1)?.seq ?? 0, outcomes, gaps });
      await this.#deps.history.append('outcome', body, signal);
    }
  }

  /** Undefined for what leaves no trace: garbage, what was recorded before, and what is too much. */
  #judge(ledger: OutcomeLedger, { seq, subject, body: message }: Stored): Judged | undefined {
    const { registry, clock, skewOf, onGaps } = this.#deps;
    const cluster = senderOf(subject) ?? '';
    const member = isClusterId(cluster) ? registry.clusters.get(cluster) : undefined;
    if (member === undefined) return undefined;
    const number = this.#numberOf(message, subject, member.body);
    if (number === undefined) return undefined;
    const atMs = clock.now();
    const { isRecorded, gaps } = ledger.judge(cluster, number, { bytes: message.length, nowMs: atMs });
    if (gaps.length > 0) onGaps?.(gaps);
    return isRecorded ? { seq, gaps, outcome: { cluster, message, atMs, skewMs: skewOf(member.body.id) } } : undefined;
  }

  #numberOf(message: Uint8Array, subject: string, member: ClusterFact): ReportNumber | undefined {
    try {
      const { boot, n, body } = this.#deps.opened.open(member, subject, message);
      outcomeCodec.decode(body);
      if (Number.isSafeInteger(boot) && Number.isSafeInteger(n)) return { boot, n };
    } catch (error) {
      if (!isCoded(error)) throw error;
    }
    this.#refused += 1;
    return undefined;
  }
}
