import type { Bus, Stored } from '@accord/bus/bus';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import type { Signer } from '@accord/proto/document';
import { sealHistory } from '@accord/proto/history-message';
import { historySubject, type HistoryKind } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';

export interface HistoryLogDeps {
  readonly bus: Bus;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly log: Log;
  /** Why the store takes nothing now: what room is left is for what clusters report. */
  readonly refusal?: (() => CodedError | undefined) | undefined;
}

const pauseMsFirst = 100;
const pauseMsMax = 5_000;

/**
 * The only writer of HISTORY.
 *
 * Every message names the one before it on its subject, so a write whose answer was lost is stored once, however often it is repeated.
 */
export class HistoryLog {
  readonly #deps: HistoryLogDeps;
  readonly #lastSeqs = new Map<HistoryKind, number>();
  #writes = 0;

  constructor(deps: HistoryLogDeps) {
    this.#deps = deps;
  }

  /** The last message of a kind, from which the next one goes on. */
  async last(kind: HistoryKind, signal: AbortSignal): Promise<Stored | undefined> {
    const stored = await this.#repeated(() => this.#deps.bus.last(historySubject(kind)), signal);
    this.#lastSeqs.set(kind, stored?.seq ?? 0);
    return stored;
  }

  /**
   * Tries until it is stored. Rejects with `conflict` when another hub wrote meanwhile: then `last` tells where to go on; and with
   * `unavailable` when `signal` aborts before.
   */
  async append(kind: HistoryKind, body: Uint8Array, signal: AbortSignal): Promise<void> {
    const { bus, signer, clock } = this.#deps;
    if (!this.#lastSeqs.has(kind)) await this.last(kind, signal);
    const subject = historySubject(kind);
    this.#writes += 1;
    const tx = `history.${process.pid}.${Math.round(clock.now())}.${this.#writes}`;
    const item = { subject, body: sealHistory(signer, kind, body, clock.now()), expectSeq: this.#lastSeqs.get(kind) ?? 0 };
    try {
      const { seq } = await this.#repeated(() => bus.append([item], tx), signal);
      this.#lastSeqs.set(kind, seq);
    } catch (error) {
      this.#lastSeqs.delete(kind);
      throw error;
    }
  }

  async #repeated<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    const { clock, log, refusal } = this.#deps;
    for (let pauseMs = pauseMsFirst; !signal.aborted; pauseMs = Math.min(pauseMs * 2, pauseMsMax)) {
      try {
        const refused = refusal?.();
        if (refused !== undefined) throw refused;
        return await ask();
      } catch (error) {
        if (!isCoded(error, 'timeout', 'unavailable', 'disk-full')) throw error;
        if (pauseMs > 1_000) log.warn('HISTORY takes nothing now; it is tried again', { code: error.code, because: error.message });
        await clock.sleep(pauseMs, signal);
      }
    }
    throw new CodedError('unavailable', 'HISTORY: stopped before it was stored');
  }
}
