import type { TraceSpan } from '@accord/core/history/span';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes, type Resource } from '@opentelemetry/resources';
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter } from '@opentelemetry/sdk-trace';
import { readableSpan } from './readable-span.ts';
import { samplerOf, type TraceSampler } from './sampler.ts';
import type { ExportConfig } from './tracing-config.ts';

export interface SpanExportDeps {
  readonly config: ExportConfig;
  readonly resource: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Of requests that wait for the next batch. Beyond this they are dropped; changes wait in the history. */
const requestsWaitingMax = 2_048;
const batchEveryMs = 1_000;
/** How long a collector may take for one batch. */
const timeoutMs = 5_000;
const complainEveryMs = 60_000;

/** The way of spans out of the hub, over OTLP/HTTP. A collector that is away costs a line of the log each minute, and nobody waits for it. */
export class SpanExport {
  readonly sampler: TraceSampler;
  readonly #exporter: SpanExporter;
  readonly #requests: BatchSpanProcessor;
  readonly #resource: Resource;
  readonly #deps: SpanExportDeps;
  #complainedMs = Number.NEGATIVE_INFINITY;

  constructor(deps: SpanExportDeps) {
    const { url, headers } = deps.config;
    this.#deps = deps;
    this.sampler = samplerOf(deps.config);
    this.#resource = resourceFromAttributes({ ...deps.resource });
    const inner = new OTLPTraceExporter({ url, headers: { ...headers }, timeoutMillis: timeoutMs });
    this.#exporter = {
      export: (spans, done) => inner.export(spans, (result) => done(this.#seen(result, spans.length))),
      shutdown: () => inner.shutdown(),
      forceFlush: () => inner.forceFlush(),
    };
    this.#requests = new BatchSpanProcessor({
      ...{ exporter: this.#exporter, maxQueueSize: requestsWaitingMax, scheduledDelayMillis: batchEveryMs },
      exportTimeoutMillis: 2 * timeoutMs,
    });
  }

  /** A span of a request, sent with others. */
  offer(span: TraceSpan): void {
    this.#requests.onEnd(readableSpan(span, this.#resource));
  }

  /** False when the collector has not taken them. */
  send(spans: readonly TraceSpan[]): Promise<boolean> {
    if (spans.length === 0) return Promise.resolve(true);
    const readable: ReadableSpan[] = spans.map((span) => readableSpan(span, this.#resource));
    return new Promise((resolve) => this.#exporter.export(readable, ({ code }) => resolve(code === ExportResultCode.SUCCESS)));
  }

  /** Sends what waits. Whoever calls it waits no longer than he wants to. */
  async stop(): Promise<void> {
    // What a collector does not take was complained about.
    await this.#requests.shutdown().catch(() => undefined);
  }

  #seen(result: ExportResult, spans: number): ExportResult {
    const { clock, log, config } = this.#deps;
    if (result.code === ExportResultCode.SUCCESS || clock.now() - this.#complainedMs < complainEveryMs) return result;
    this.#complainedMs = clock.now();
    // The address may hold a credential, its origin does not.
    log.warn('the collector of traces takes nothing', {
      collector: new URL(config.url).origin,
      count: spans,
      because: result.error?.message,
    });
    return result;
  }
}
