import type { TraceSpan } from '@accord/core/history/span';
import type { TraceContext } from '@accord/core/history/trace-context';
import type { Statement } from '@accord/proto/messages';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { Database } from '../history/database.ts';
import { ChangeSender } from './change-sender.ts';
import type { LogContext } from './log-context.ts';
import { MomentsBook } from './moments.ts';
import type { SpanExport } from './span-export.ts';
import type { TracingConfig } from './tracing-config.ts';

export interface TracingDeps {
  readonly config: TracingConfig;
  readonly context: LogContext;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long an orderly stop waits for a collector. */
const lastMs = 2_000;

/** What the parts of a hub need of tracing. Without a collector nothing is sent, and what sends is not even loaded. */
export class Tracing {
  readonly moments = new MomentsBook();
  readonly context: LogContext;
  readonly resource: Readonly<Record<string, string>>;
  readonly #link: string | undefined;
  readonly #clock: Clock;
  readonly #export: SpanExport | undefined;
  #changes: ChangeSender | undefined;

  private constructor({ config, context, clock }: TracingDeps, out: SpanExport | undefined) {
    this.context = context;
    this.resource = config.resource;
    this.#link = config.link;
    this.#clock = clock;
    this.#export = out;
  }

  static async open(deps: TracingDeps): Promise<Tracing> {
    const { config, clock, log } = deps;
    if (config.export === undefined) return new Tracing(deps, undefined);
    const { SpanExport: Export } = await import('./span-export.ts');
    return new Tracing(deps, new Export({ config: config.export, resource: config.resource, clock, log }));
  }

  /** The flag of a trace that begins here. */
  samples(traceId: string): boolean {
    return this.#export?.sampler.begins(traceId) ?? true;
  }

  /** Where a trace is shown; undefined when nobody said where. */
  linkTo(traceId: string): string | undefined {
    return this.#link?.replaceAll('{traceId}', traceId);
  }

  /** What the planner stored, with the times at which it had worked it out. */
  planned(documents: readonly { readonly statement: Pick<Partial<Statement>, 'change' | 'issuedAtMs'> }[]): void {
    for (const { statement } of documents) this.moments.learn(statement.change?.id ?? '', { plannedMs: statement.issuedAtMs ?? 0 });
  }

  get isExporting(): boolean {
    return this.#export !== undefined;
  }

  /** A request that was answered. */
  offer(span: TraceSpan, context: TraceContext): void {
    if (this.#export?.sampler.keeps(context) === true) this.#export.offer(span);
  }

  /** Sends the spans of changes until `signal` aborts. */
  async run(read: () => Database, signal: AbortSignal): Promise<void> {
    if (this.#export === undefined) return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    this.#changes = new ChangeSender({ read, moments: this.moments, export: this.#export, clock: this.#clock });
    await this.#changes.run(signal);
  }

  /** Sends what is left, for as long as a stop may take. */
  async stop(): Promise<void> {
    const over = new AbortController();
    const last = Promise.all([this.#changes?.pass(), this.#export?.stop()]);
    await Promise.race([last, this.#clock.sleep(lastMs, over.signal)]);
    over.abort();
  }
}
