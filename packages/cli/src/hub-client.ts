import { jsonOrText } from '@accord/proto/json-or-text';
import { CodedError } from '@accord/proto/coded-error';
import { eventSchema, type HubEvent } from '@accord/proto/api';
import type * as z from 'zod';
import type { HubAddress, Token } from './config.ts';
import { failureOf } from './failure-of.ts';
import { escapeControlsIn } from './render/escape-controls.ts';
import { readAs } from './read-as.ts';
import { readLines, sseData } from './read-lines.ts';

/** One request. A query value of undefined is left out. */
export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  readonly body?: unknown;
  readonly contentType?: string;
  /** Why, for the audit. */
  readonly reason?: string | undefined;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Ends a stream earlier than the program. */
  readonly signal?: AbortSignal;
}

/** An answer as it came. `body` is for output that is read back (`-o json`), never for a terminal. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** No answer of the hub takes longer: it stores and answers, and waiting is done here. */
const answerMsMax = 30_000;

/** REST as the verbs need it. Every method rejects with `CodedError` when the hub refuses or does not answer. */
export class HubClient {
  readonly url: string;
  readonly #token: Token | undefined;
  readonly #signal: AbortSignal;

  constructor({ url, token }: HubAddress, signal: AbortSignal) {
    this.url = url;
    this.#token = token;
    this.#signal = signal;
  }

  /** A body that was checked and whose texts can be shown: control characters are escaped. */
  async read<Shape extends z.ZodType>(path: string, schema: Shape, asked: Asked = {}): Promise<z.infer<Shape>> {
    const { body } = await this.send(path, asked);
    return readAs(`${this.url}${path}`, schema, escapeControlsIn(body));
  }

  /** As `read`, or undefined where nothing of that name is. */
  async find<Shape extends z.ZodType>(path: string, schema: Shape, asked: Asked = {}): Promise<z.infer<Shape> | undefined> {
    try {
      return await this.read(path, schema, asked);
    } catch (error) {
      if (error instanceof CodedError && error.code === 'not-found') return undefined;
      throw error;
    }
  }

  /** The answer as it came, when it is a success. */
  async send(path: string, asked: Asked = {}): Promise<Answer> {
    const answer = await this.ask(path, asked);
    if (answer.status >= 300) throw failureOf(`${asked.method ?? 'GET'} ${path}`, answer.status, answer.body);
    return answer;
  }

  /** The answer as it came, whatever its status. */
  async ask(path: string, asked: Asked = {}): Promise<Answer> {
    const signal = AbortSignal.any([this.#signal, AbortSignal.timeout(answerMsMax)]);
    const response = await this.#fetch(path, asked, signal);
    try {
      return { status: response.status, headers: response.headers, body: jsonOrText(await response.text()) };
    } catch (cause) {
      throw this.#silent(path, cause);
    }
  }

  /** The objects of a watch, one JSON value a line, until the hub ends it. */
  async *watch(path: string, query: Readonly<Record<string, string | undefined>>): AsyncGenerator {
    for await (const line of this.#lines(path, { query: { ...query, watch: 'true' } })) {
      if (line.trim() !== '') yield jsonOrText(line);
    }
  }

  /** What changes, as it happens, until the hub ends it. What this version does not know is left out. */
  async *events(signal: AbortSignal = this.#signal): AsyncGenerator<HubEvent> {
    for await (const data of sseData(this.#lines('/v1/events', { signal }, 'text/event-stream'))) {
      const event = eventSchema.safeParse(escapeControlsIn(jsonOrText(data)));
      if (event.success) yield event.data;
    }
  }

  async *#lines(path: string, asked: Asked, accept = 'application/json'): AsyncGenerator<string> {
    const response = await this.#fetch(path, asked, asked.signal ?? this.#signal, accept);
    try {
      if (response.status !== 200) throw failureOf(`GET ${path}`, response.status, jsonOrText(await response.text()));
      if (response.body !== null) yield* readLines(response.body);
    } catch (cause) {
      if (cause instanceof CodedError) throw cause;
      throw this.#silent(path, cause);
    }
  }

  async #fetch(
    path: string,
    { method = 'GET', body, contentType, reason, query = {} }: Asked,
    signal: AbortSignal,
    accept = 'application/json',
  ): Promise<Response> {
    const token = typeof this.#token === 'function' ? await this.#token() : this.#token;
    const as = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const url = new URL(path, this.url);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    const type = body === undefined ? {} : { 'content-type': contentType ?? 'application/json' };
    // A header takes no other characters.
    const why = reason !== undefined && /^[\x20-\x7e]+$/.test(reason) ? { 'accord-reason': reason } : {};
    try {
      return await fetch(url, {
        method,
        headers: { ...as, accept, ...type, ...why },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // A redirect could carry the token to somebody else.
        redirect: 'manual',
        signal,
      });
    } catch (cause) {
      throw this.#silent(path, cause);
    }
  }

  #silent(path: string, cause: unknown): unknown {
    if (this.#signal.aborted) return this.#signal.reason;
    const timedOut = cause instanceof DOMException && cause.name === 'TimeoutError';
    const text = timedOut ? `did not answer ${path} within ${answerMsMax / 1000} s` : `does not answer (${reasonOf(cause)})`;
    return new CodedError(timedOut ? 'timeout' : 'unavailable', `The hub at ${this.url} ${text}`, {
      help: 'Start the local fleet with npm start, or see what is wrong: accord doctor',
      cause,
    });
  }
}

/** fetch hides the reason of a failed connection in the cause of its error. */
function reasonOf(error: unknown): string {
  const { cause } = error as { readonly cause?: unknown };
  if (cause instanceof AggregateError) return reasonOf({ cause: cause.errors[0] });
  if (cause instanceof Error) return (cause as NodeJS.ErrnoException).code ?? cause.message;
  return error instanceof Error ? error.message : String(error);
}
