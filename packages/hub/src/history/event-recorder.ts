import { isCoded } from '@accord/proto/coded-error';
import {
  historyAuditCodec,
  historyPresenceCodec,
  historyPublicationsCodec,
  type AuditRecord,
  type PresenceChange,
  type Publication,
} from '@accord/proto/messages';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { BatchQueue } from './batch-queue.ts';
import type { HistoryLog } from './history-log.ts';

export interface EventRecorderDeps {
  readonly history: HistoryLog;
  readonly clock: Clock;
  readonly log: Log;
}

const batch = { countMax: 400, bytesMax: 1024 * 1024, ms: 20 };
/** While the bus is away. Beyond this the oldest are dropped, and counted. */
const waitingMax = 20_000;

/** Takes what the hub itself has to tell, at once and without waiting, and stores it beside the path of a change. */
export class EventRecorder {
  readonly #deps: EventRecorderDeps;
  readonly #publications: BatchQueue<Publication>;
  readonly #presence: BatchQueue<PresenceChange>;
  readonly #audit: BatchQueue<AuditRecord>;
  #dropped = 0;

  constructor(deps: EventRecorderDeps) {
    this.#deps = deps;
    this.#publications = new BatchQueue(batch, deps.clock);
    this.#presence = new BatchQueue(batch, deps.clock);
    this.#audit = new BatchQueue(batch, deps.clock);
  }

  /** What is told and not stored yet. */
  waiting(): Readonly<Record<'publish' | 'presence' | 'audit', number>> {
    return { publish: this.#publications.size, presence: this.#presence.size, audit: this.#audit.size };
  }

  published(publication: Publication): void {
    this.#push(this.#publications, publication, 200);
  }

  presence(change: PresenceChange): void {
    this.#push(this.#presence, change, 80);
  }

  audit(entry: AuditRecord): void {
    this.#push(this.#audit, entry, 200 + entry.detail.length + entry.object.length + entry.reason.length);
  }

  /** Runs until `signal` aborts, and then stores what still waits, for as long as `last` lets it. */
  async run(signal: AbortSignal, last: AbortSignal): Promise<void> {
    await Promise.all([
      this.#store('publish', this.#publications, (publications) => historyPublicationsCodec.encode({ publications }), signal, last),
      this.#store('presence', this.#presence, (changes) => historyPresenceCodec.encode({ changes }), signal, last),
      this.#store('audit', this.#audit, (entries) => historyAuditCodec.encode({ entries }), signal, last),
    ]);
  }

  async #store<T>(
    kind: 'publish' | 'presence' | 'audit',
    queue: BatchQueue<T>,
    encode: (elements: readonly T[]) => Uint8Array,
    signal: AbortSignal,
    last: AbortSignal,
  ): Promise<void> {
    while (!last.aborted) {
      const elements = await queue.next(signal);
      if (elements.length === 0) return;
      await this.#append(kind, encode(elements), last);
      if (kind === 'audit') this.#tellDropped();
    }
  }

  async #append(kind: 'publish' | 'presence' | 'audit', body: Uint8Array, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#deps.history.append(kind, body, signal);
        return;
      } catch (error) {
        // Another hub wrote before: what is told stays true, and goes behind it.
        if (!isCoded(error, 'conflict')) throw error;
      }
    }
  }

  #push<T>(queue: BatchQueue<T>, element: T, bytes: number): void {
    queue.push(element, bytes);
    if (queue.size <= waitingMax) return;
    queue.drop();
    this.#dropped += 1;
  }

  #tellDropped(): void {
    if (this.#dropped === 0) return;
    const { clock, log } = this.#deps;
    const detail = `${this.#dropped} entries were not stored, because the bus was away for too long`;
    log.warn('a part of the history is lost', { count: this.#dropped });
    this.#dropped = 0;
    const nobody = { actor: 'hub', object: 'history', change: '', reason: '', source: '', result: 'lost' };
    this.audit({ ...nobody, action: 'HistoryLost', detail, atMs: clock.now(), count: 1 });
  }
}
