import { jsonOrText } from '@accord/proto/json-or-text';
import { CodedError } from '@accord/proto/coded-error';
import { eventSchema } from '@accord/proto/api';
import type * as z from 'zod';
import type { HubAddress, Token } from './config.ts';
import { isShown, type ShownEvent } from './event-filter.ts';
import { failureOf } from './failure-of.ts';
import { escapeControlsIn } from './render/escape-controls.ts';
import { readAs } from './read-as.ts';
import { readLines, sentEvents } from './read-lines.ts';

/** One request. A query value of undefined is left out. */
export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  readonly body?: unknown;
  readonly contentType?: string;
  /** Why, for the audit. */
  readonly reason?: string | undefined;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Of the event after which a stream goes on. */
  readonly lastEventId?: string;
  /** Ends a stream earlier than the program. */
  readonly signal?: AbortSignal;
}

/** An answer as it came. `body` is for output that is read back (`-o json`), never for a terminal. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Something that happened, as `/v1/events` tells it. */
export interface Told {
  /** Where a reader goes on after it; empty where the hub gives none. */
  readonly id: string;
  /** As it came, for output that is read back. */
  readonly raw: unknown;
  /** Checked, with control characters escaped; undefined for what this version does not know. */
  readonly event: ShownEvent | undefined;
  /** The hub could not go on after the last id: what happened since then will not be told. */
  readonly isReset: boolean;
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

  /** What changes, as it happens, until the hub ends it, beginning `after` that id; first of all, that it listens. */
  async *events({ signal = this.#signal, after = '' }: { signal?: AbortSignal; after?: string } = {}): AsyncGenerator<Told | 'listening'> {
    const lines = this.#lines('/v1/events', { signal, ...(after !== '' && { lastEventId: after }) }, 'text/event-stream');
    try {
      // The hub says something at once: a comment, which is no event.
      const first = await lines.next();
      yield 'listening';
      for await (const { id, name, data } of sentEvents(startingWith(first, lines))) {
        const raw = jsonOrText(data);
        const isReset = name === 'reset' || (raw as { readonly type?: unknown } | null)?.type === 'reset';
        const { data: event } = eventSchema.safeParse(escapeControlsIn(raw));
        yield { id, raw, event: event !== undefined && isShown(event) ? event : undefined, isReset };
      }
    } finally {
      await lines.return(undefined);
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
    { method = 'GET', body, contentType, reason, query = {}, lastEventId }: Asked,
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
    const after = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    try {
      return await fetch(url, {
        method,
        headers: { ...as, accept, ...type, ...why, ...after },
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

async function* startingWith(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}

/** fetch hides the reason of a failed connection in the cause of its error. */
function reasonOf(error: unknown): string {
  const { cause } = error as { readonly cause?: unknown };
  if (cause instanceof AggregateError) return reasonOf({ cause: cause.errors[0] });
  if (cause instanceof Error) return (cause as NodeJS.ErrnoException).code ?? cause.message;
  return error instanceof Error ? error.message : String(error);
}
