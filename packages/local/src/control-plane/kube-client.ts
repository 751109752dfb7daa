import { jsonOrText } from '@accord/proto/json-or-text';
import { Agent, request, type RequestOptions } from 'node:https';
import {
  createConfiguration,
  KubeConfig,
  ServerConfiguration,
  type ApiConstructor,
  type ApiType,
  type Middleware,
} from '@kubernetes/client-node';
import { CodedError } from '@accord/proto/coded-error';

export interface KubeRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

export interface KubeAnswer {
  readonly status: number;
  readonly body: unknown;
}

const answerMsMax = 10_000;

/** A connection to one API server with one bearer token: the typed clients of the library, and `send` for whoever wants the bare answer. */
export class KubeClient {
  readonly url: string;
  readonly #config = new KubeConfig();
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });

  /** The CA file may appear later: it is read for each request. */
  constructor({ url, caFile, token }: { readonly url: string; readonly caFile: string; readonly token?: string }) {
    this.url = url;
    this.#config.loadFromClusterAndUser(
      { name: url, server: url, caFile, skipTLSVerify: false },
      { name: 'bearer', ...(token === undefined ? {} : { token }) },
    );
  }

  /** A client of the library with strict field validation. Its calls reject with `ApiException`, and when there is no answer with what `fetch` says. */
  api<T extends ApiType>(type: ApiConstructor<T>): T {
    return new type(
      createConfiguration({
        baseServer: new ServerConfiguration(this.url, {}),
        authMethods: { default: this.#config },
        promiseMiddleware: [strictInTime],
      }),
    );
  }

  /** Nothing is interpreted: a status of 404 is an answer, not an error. Rejects with `unavailable` when there is none within ten seconds. */
  async send({ method, path, body, contentType = 'application/json', headers = {} }: KubeRequest): Promise<KubeAnswer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const written = text === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(text) };
    const options: RequestOptions = { method, timeout: answerMsMax, headers: { accept: 'application/json', ...headers, ...written } };
    try {
      await this.#config.applyToHTTPSOptions(options);
      // The agent of the library opens a connection for each request, and a tour asks hundreds of times.
      return await exchange(new URL(path, this.url), { ...options, agent: this.#agent }, text);
    } catch (cause) {
      throw new CodedError('unavailable', `${method} ${this.url}${path}: no answer (${wordsOf(cause)})`, { cause });
    }
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** A field that the server does not know is a mistake of ours, and a server that hangs must not hang a start. */
const strictInTime: Middleware = {
  pre: async (context) => {
    context.setSignal(AbortSignal.timeout(answerMsMax));
    context.setQueryParam('fieldValidation', 'Strict');
    return context;
  },
  post: async (context) => context,
};

/** `fetch` says only that it failed; why stands in the cause. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function exchange(url: URL, options: RequestOptions, text: string | undefined): Promise<KubeAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      let received = '';
      response
        .setEncoding('utf8')
        .on('data', (chunk: string) => (received += chunk))
        .on('error', reject)
        .on('end', () => resolve({ status: response.statusCode ?? 0, body: jsonOrText(received) }));
    });
    sent.on('timeout', () => sent.destroy(new Error('timed out'))).on('error', reject);
    sent.end(text);
  });
}
