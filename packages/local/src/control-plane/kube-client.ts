import { Agent, request, type RequestOptions } from 'node:https';
import { readFileSync } from 'node:fs';
import { CodedError } from '@accord/proto/coded-error';

export interface KubeRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
}

export interface KubeAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A connection to one API server with one bearer token. Nothing is interpreted: a status of 404 is an answer, not an error. */
export class KubeClient {
  readonly url: string;
  readonly #caFile: string;
  readonly #token: string | undefined;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });

  /** The CA file may appear later: it is read for each request. */
  constructor({ url, caFile, token }: { readonly url: string; readonly caFile: string; readonly token?: string }) {
    this.url = url;
    this.#caFile = caFile;
    this.#token = token;
  }

  /** Rejects with `unavailable` when there is no answer within ten seconds. */
  async send({ method, path, body, contentType = 'application/json' }: KubeRequest): Promise<KubeAnswer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    try {
      const options: RequestOptions = {
        method,
        agent: this.#agent,
        ca: readFileSync(this.#caFile),
        timeout: 10_000,
        headers: {
          accept: 'application/json',
          ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
          ...(text === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }),
        },
      };
      return await exchange(new URL(path, this.url), options, text);
    } catch (cause) {
      throw new CodedError(
        'unavailable',
        `${method} ${this.url}${path}: no answer (${cause instanceof Error ? cause.message : 'unknown'})`,
        { cause },
      );
    }
  }

  close(): void {
    this.#agent.destroy();
  }
}

function exchange(url: URL, options: RequestOptions, text: string | undefined): Promise<KubeAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      let received = '';
      response
        .setEncoding('utf8')
        .on('data', (chunk: string) => (received += chunk))
        .on('error', reject)
        .on('end', () => resolve({ status: response.statusCode ?? 0, body: parseJson(received) }));
    });
    sent.on('timeout', () => sent.destroy(new Error('timed out'))).on('error', reject);
    sent.end(text);
  });
}

/** Health endpoints answer in plain text. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
