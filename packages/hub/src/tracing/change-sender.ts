/** Sends the spans of changes, out of the history: what a collector cannot take now waits there. */
import { traceOf } from '@accord/core/history/spans-of';
import type { TraceSpan } from '@accord/core/history/span';
import type { Clock } from '@accord/runtime/clock';
import { isSqlite, type Database } from '../history/database.ts';
import { pastChange } from '../history/past-changes.ts';
import { spansOfChange } from '../history/past-traces.ts';
import { endOfHistory, toldAfter, type HistoryEnd, type Told } from '../history/told-after.ts';
import type { MomentsBook } from './moments.ts';
import type { SpanExport } from './span-export.ts';

export interface ChangeSenderDeps {
  readonly read: () => Database;
  readonly moments: MomentsBook;
  readonly export: Pick<SpanExport, 'send' | 'sampler'>;
  readonly clock: Clock;
}

const everyMs = 500;
/** Rows of the history at once. */
const rowsMax = 100;
/** In one request: about 0.5 MiB, well below what collectors take. */
const spansMax = 512;
/** What a collector has not taken for so long is given up. */
const lateMsMax = 600_000;
/** Spans whose sending is remembered; what is sent again is the same. */
const sentMax = 50_000;

/** Follows the tables of the history by its own position, so that nothing on the path of a change waits for it. */
export class ChangeSender {
  readonly #deps: ChangeSenderDeps;
  readonly #sent = new Set<string>();
  #at: HistoryEnd | undefined;

  constructor(deps: ChangeSenderDeps) {
    this.#deps = deps;
  }

  /** Begins with what comes from now on. Runs until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    while (!signal.aborted) {
      const isMore = await this.pass();
      if (!isMore) await clock.sleep(everyMs, signal);
    }
  }

  /** Sends some of what is new. True when there is more, and the collector takes it. */
  async pass(): Promise<boolean> {
    const { spans, end, isMore } = this.#next();
    for (let at = 0; at < spans.length; at += spansMax) {
      const batch = spans.slice(at, at + spansMax);
      if (!(await this.#deps.export.send(batch))) return false;
      for (const { spanId } of batch) this.#sent.add(spanId);
    }
    for (const spanId of this.#sent) {
      if (this.#sent.size <= sentMax) break;
      this.#sent.delete(spanId);
    }
    this.#at = end;
    return isMore;
  }

  #next(): { readonly spans: readonly TraceSpan[]; readonly end: HistoryEnd | undefined; readonly isMore: boolean } {
    try {
      const database = this.#deps.read();
      const from = (this.#at ??= endOfHistory(database));
      const { told, end, isMore } = toldAfter(database, from, rowsMax);
      return { spans: told.flatMap((one) => this.#spansOf(database, one)), end, isMore };
    } catch (error) {
      if (!isSqlite(error)) throw error;
      // The history says so itself, and goes on; so does this.
      return { spans: [], end: this.#at, isMore: false };
    }
  }

  #spansOf(database: Database, told: Told): readonly TraceSpan[] {
    const { moments, export: out, clock } = this.#deps;
    const { change: id, clusters } = told;
    const change = pastChange(database, id);
    if (change === undefined || !out.sampler.keeps(traceOf(change))) return [];
    const sinceMs = clock.now() - lateMsMax;
    const spans = spansOfChange(database, { change, moments: moments.of(id), clusters });
    return spans.filter((span) => isOver(span, told) && span.endMs >= sinceMs && !this.#sent.has(span.spanId));
  }
}

/**
 * The span of a request is sent when it is answered; a cluster that only waits has not told how it ends. What the hub did itself is told
 * when it is new: the next hub knows less of it.
 */
function isOver({ name, kind, isOpen }: TraceSpan, { isDecided, isPublished }: Told): boolean {
  if (kind === 'server' || isOpen === true) return false;
  if (name === 'intent append') return isDecided;
  return name === 'plan' || name === 'publish' ? isPublished : true;
}
