import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface RestCall {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
}

export interface RestTarget {
  readonly url: string;
  readonly token: string;
  readonly ca?: string;
}

/** One server with one token over kept connections, as thin as it goes: what it costs is in every figure. */
export class RestClient {
  readonly target: RestTarget;
  readonly #agent: HttpAgent;
  readonly #isTls: boolean;

  constructor(target: RestTarget) {
    this.target = target;
    this.#isTls = target.url.startsWith('https:');
    const options = { keepAlive: true, maxSockets: 128, noDelay: true };
    this.#agent = this.#isTls ? new HttpsAgent({ ...options, ca: target.ca }) : new HttpAgent(options);
  }

  /** Any status is an answer. Rejects when there is none. */
  async send(call: RestCall): Promise<RestAnswer> {
    try {
      return await this.#exchange(call);
    } catch (error) {
      // The server closed a kept connection just when it was used again; it has not read the request.
      if (error instanceof ClosedWhileIdle) return this.#exchange(call);
      throw error;
    }
  }

  #exchange({ method, path, body, contentType = 'application/json', accept = 'application/json' }: RestCall): Promise<RestAnswer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers: Record<string, string | number> = { accept, authorization: `Bearer ${this.target.token}` };
    if (text !== undefined) Object.assign(headers, { 'content-type': contentType, 'content-length': Buffer.byteLength(text) });
    const request = this.#isTls ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, this.target.url), { method, agent: this.#agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('error', reject)
          .on('end', () => resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(chunks).toString()) }));
      });
      sent.on('error', (error: NodeJS.ErrnoException) => {
        reject(sent.reusedSocket && error.code === 'ECONNRESET' ? new ClosedWhileIdle(error.message, { cause: error }) : error);
      });
      sent.end(text);
    });
  }

  /** As `send`, but anything that is not 2xx rejects with what the server said. */
  async require(call: RestCall): Promise<unknown> {
    const { status, body } = await this.send(call);
    if (status >= 200 && status < 300) return body;
    throw new Error(`${call.method} ${call.path}: ${status} ${JSON.stringify(body).slice(0, 600)}`);
  }

  /** Reads an answer that stays open, line by line, until `signal` aborts. Resolves when the server has begun to answer. */
  lines(
    { path, accept }: { readonly path: string; readonly accept: string },
    onLine: (line: string) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const request = this.#isTls ? httpsRequest : httpRequest;
    const headers = { accept, authorization: `Bearer ${this.target.token}` };
    const { ca } = this.target;
    return new Promise((resolve, reject) => {
      const sent = request(
        new URL(path, this.target.url),
        { agent: false, headers, signal, ...(ca === undefined ? {} : { ca }) },
        (response) => {
          if (response.statusCode !== 200) return reject(new Error(`GET ${path}: ${response.statusCode}`));
          let rest = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            const lines = (rest + chunk).split('\n');
            rest = lines.pop() ?? '';
            for (const line of lines) onLine(line);
          });
          // The end comes with the signal, which whoever waits for an event hears of by its own limit.
          response.on('error', () => undefined);
          resolve();
        },
      );
      sent.on('error', reject).end();
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

class ClosedWhileIdle extends Error {}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
