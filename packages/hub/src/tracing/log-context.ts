import { ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';

export interface SpanIds {
  readonly traceId: string;
  readonly spanId: string;
}

/** Which span whatever runs now belongs to, for lines of the log. */
export class LogContext {
  readonly #manager = new AsyncLocalStorageContextManager().enable();

  /** Runs `work`, and whatever it waits for, inside of a span. */
  run(ids: SpanIds, work: () => void): void {
    this.#manager.with(trace.setSpanContext(ROOT_CONTEXT, { ...ids, traceFlags: TraceFlags.NONE }), work);
  }

  /** Nothing outside of a span. */
  fields(): Partial<SpanIds> {
    const context = trace.getSpanContext(this.#manager.active());
    return context === undefined ? {} : { traceId: context.traceId, spanId: context.spanId };
  }
}
