import { jsonOrText } from '@accord/proto/json-or-text';
import type { IncomingMessage } from 'node:http';
import { Agent, request, type RequestOptions } from 'node:https';
import { createSecureContext, type ConnectionOptions } from 'node:tls';
import { CodedError } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import { AccessFiles, type Access } from './access-files.ts';

export interface KubeRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query. */
  readonly path: string;
  readonly accept: string;
  readonly contentType?: string;
  readonly body?: string;
}

/** `https.request` passes on what `tls.connect` takes, which its type does not say of `secureContext`. */
type SecureOptions = RequestOptions & Pick<ConnectionOptions, 'secureContext'>;

interface Trust {
  readonly ca: string;
  readonly secureContext: NonNullable<ConnectionOptions['secureContext']>;
  readonly kept: Agent;
}

/** An answer of the API server, whatever it says: a refusal is an answer. */
export interface HttpAnswer {
  readonly status: number;
  /** Parsed JSON, or the text where it is none. */
  readonly body: unknown;
  readonly retryAfterMs?: number;
}

/** What came of one request, for whoever counts. */
export interface Answered {
  readonly method: KubeRequest['method'];
  /** Undefined when there was no answer. */
  readonly status: number | undefined;
  readonly tookMs: number;
}

export interface TransportInput {
  readonly url: string;
  readonly files: AccessFiles;
  readonly clock: Clock;
  readonly onAnswer?: ((answered: Answered) => void) | undefined;
}

/** The API server gives up after 60 s, admission webhooks after 30 s at most. */
const silenceMs = 45_000;
/** More than 16 writes and 64 grants at once, so that a lease or a read never waits for one of them. */
const socketsMax = 96;
/** Each idle TLS connection holds memory. */
const idleSocketsMax = 16;

/**
 * Requests to one API server over kept connections, as the account whose token is in a file.
 *
 * No answer rejects with `unavailable` or `timeout`; for a write both mean that it may have happened.
 */
export class Transport {
  readonly #url: URL;
  readonly #files: AccessFiles;
  readonly #clock: Clock;
  readonly #onAnswer: (answered: Answered) => void;
  #trust: Trust | undefined;

  constructor({ url, files, clock, onAnswer = () => undefined }: TransportInput) {
    this.#url = new URL(url);
    this.#files = files;
    this.#clock = clock;
    this.#onAnswer = onAnswer;
  }

  async send(sent: KubeRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const first = await this.#exchange(sent, signal);
    if (first.status !== 401) return first;
    // The token may have been replaced since it was read.
    this.#files.forget();
    return this.#exchange(sent, signal);
  }

  /** Opens an answer that stays open, on a connection of its own. The caller reads it to its end or destroys it. */
  async open(sent: KubeRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const access = await this.#files.read();
    const response = await this.#start(
      sent,
      { ...this.#options(sent, access), secureContext: this.#trusted(access.ca).secureContext, agent: false },
      signal,
    );
    if (response.statusCode === 401) this.#files.forget();
    return response;
  }

  close(): void {
    this.#trust?.kept.destroy();
  }

  async #exchange(sent: KubeRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const access = await this.#files.read();
    const options = { ...this.#options(sent, access), agent: this.#trusted(access.ca).kept, timeout: silenceMs };
    const startedMs = this.#clock.now();
    const told = (status: number | undefined): void =>
      this.#onAnswer({ method: sent.method, status, tookMs: this.#clock.now() - startedMs });
    try {
      const answer = await readAnswer(sent, await this.#start(sent, options, signal));
      told(answer.status);
      return answer;
    } catch (error) {
      // A stop is no answer that failed.
      if (!signal.aborted) told(undefined);
      throw error;
    }
  }

  async #start(sent: KubeRequest, options: SecureOptions, signal: AbortSignal): Promise<IncomingMessage> {
    try {
      return await startOnce(sent, options, signal);
    } catch (error) {
      // The server closed a kept connection just when it was used again; nothing was read, and every request may be repeated.
      if (!(error instanceof StaleConnection) || signal.aborted) throw error;
      return startOnce(sent, { ...options, agent: false, secureContext: this.#trust?.secureContext }, signal);
    }
  }

  #options({ method, path, accept, contentType, body }: KubeRequest, { token }: Access): RequestOptions {
    const headers: Record<string, string | number> = { accept, authorization: `Bearer ${token}`, 'user-agent': 'accord-spoke' };
    if (contentType !== undefined) headers['content-type'] = contentType;
    if (body !== undefined) headers['content-length'] = Buffer.byteLength(body);
    return { protocol: this.#url.protocol, hostname: this.#url.hostname, port: this.#url.port, method, path, headers };
  }

  /** One context for all connections: each of its own would parse the certificates again and keep them. */
  #trusted(ca: string): Trust {
    if (this.#trust?.ca === ca) return this.#trust;
    this.#trust?.kept.destroy();
    const secureContext = createSecureContext({ ca });
    const options = { keepAlive: true, maxSockets: socketsMax, maxFreeSockets: idleSocketsMax, scheduling: 'lifo', secureContext } as const;
    this.#trust = { ca, secureContext, kept: new Agent(options) };
    return this.#trust;
  }
}

class StaleConnection extends CodedError {}

function startOnce(sent: KubeRequest, options: SecureOptions, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ ...options, signal }, resolve);
    outgoing.on('timeout', () =>
      outgoing.destroy(new CodedError('timeout', `${sent.method} ${sent.path}: no answer within ${silenceMs / 1000} s`)),
    );
    outgoing.on('error', (cause: NodeJS.ErrnoException) => {
      const isStale = outgoing.reusedSocket && (cause.code === 'ECONNRESET' || cause.code === 'EPIPE');
      reject(failureOf(sent, cause, isStale ? StaleConnection : CodedError));
    });
    outgoing.end(sent.body);
  });
}

/** Reads an answer to its end. */
export async function readAnswer(sent: KubeRequest, response: IncomingMessage): Promise<HttpAnswer> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const body = jsonOrText(Buffer.concat(chunks).toString('utf8'));
    const retryAfterMs = parseRetryAfter(response.headers['retry-after']);
    return { status: response.statusCode ?? 0, body, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  } catch (cause) {
    throw failureOf(sent, cause, CodedError);
  }
}

/** Seconds; the API server never sends a date. */
function parseRetryAfter(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined;
}

function failureOf({ method, path }: KubeRequest, cause: unknown, Failure: typeof CodedError): CodedError {
  if (cause instanceof CodedError) return cause;
  return new Failure(
    'unavailable',
    `${method} ${path.split('?')[0]}: no answer (${cause instanceof Error ? cause.message : String(cause)})`,
    { cause },
  );
}
