import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, request, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServingCertificate } from '@accord/hub/identity/self-signed';

/**
 * When the client of a write dies: before the server has it, when the server has answered and the client was not told, when the
 * answer is on its way to the client; or before the server has it, which then gets it `late`, from a process that is long dead.
 */
export const moments = ['before', 'unanswered', 'answered', 'late'] as const;
export type Moment = (typeof moments)[number];

/** One point in the writes of a client. */
export interface KillPoint {
  /** Of the writes that match, from 1. */
  readonly nth: number;
  readonly moment: Moment;
  /** Tells by method and path which writes count. */
  readonly counts?: (write: string) => boolean;
  /** Returns when the client is dead. */
  readonly kill: () => Promise<unknown>;
}

/** A point that was reached. */
export interface Reached {
  readonly write: string;
  /** Sends the write that a `late` point has held back. */
  readonly sendLate: () => Promise<void>;
}

interface Armed extends KillPoint {
  seen: number;
  readonly reached: (point: Reached) => void;
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A loopback proxy before a real API server, which ends its client at a chosen write. Leases do not count: they follow the clock; nor do dry runs, which write nothing. */
export class WriteProxy {
  readonly #server: Server;
  readonly #dir: string;
  readonly #upstream: URL;
  readonly #agent: Agent;
  #armed: Armed | undefined;
  /** Whoever is being killed may be quicker than the signal: what he still sends comes too late. */
  #isKilling = false;

  private constructor(server: Server, dir: string, upstream: { readonly url: string; readonly caFile: string }) {
    this.#server = server;
    this.#dir = dir;
    this.#upstream = new URL(upstream.url);
    this.#agent = new Agent({ keepAlive: true, ca: readFileSync(upstream.caFile) });
    server.on('request', (incoming, response) => void this.#serve(incoming, response));
  }

  static async start(upstream: { readonly url: string; readonly caFile: string }): Promise<WriteProxy> {
    const { cert, key } = await createServingCertificate(Date.now());
    const dir = mkdtempSync(join(tmpdir(), 'accord-proxy-'));
    writeFileSync(join(dir, 'ca.crt'), cert);
    const server = createServer({ cert, key }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new WriteProxy(server, dir, upstream);
  }

  get access(): { readonly url: string; readonly caFile: string } {
    const { port } = this.#server.address() as AddressInfo;
    return { url: `https://127.0.0.1:${port}`, caFile: join(this.#dir, 'ca.crt') };
  }

  /** Resolves when the point was reached and the client is dead; never, when it makes fewer writes. */
  arm(point: KillPoint): Promise<Reached> {
    return new Promise((reached) => (this.#armed = { ...point, seen: 0, reached }));
  }

  /** Whether the point had not been reached yet. */
  disarm(): boolean {
    const wasArmed = this.#armed !== undefined;
    this.#armed = undefined;
    return wasArmed;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
    this.#agent.destroy();
    rmSync(this.#dir, { recursive: true });
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = incoming;
    // Whoever goes away in the middle leaves a connection that failed, and that is all.
    response.on('error', () => undefined);
    try {
      const body = Buffer.concat((await incoming.toArray()) as Buffer[]);
      const sent = { method, path, headers, body };
      const point = this.#take(sent);
      if (this.#isKilling && method !== 'GET') response.destroy();
      else if (point === undefined) await this.#pass(sent, response);
      else await this.#killAt(point, sent, response);
    } catch {
      response.destroy();
    }
  }

  /** The armed point, when this is its write. */
  #take({ method, path }: Sent): Armed | undefined {
    const armed = this.#armed;
    if (armed === undefined || method === 'GET' || path.startsWith('/apis/coordination.k8s.io/') || path.includes('dryRun=All'))
      return undefined;
    if (armed.counts?.(`${method} ${path}`) === false) return undefined;
    armed.seen += 1;
    if (armed.seen < armed.nth) return undefined;
    this.#armed = undefined;
    return armed;
  }

  async #killAt({ moment, kill, reached }: Armed, sent: Sent, response: ServerResponse): Promise<void> {
    this.#isKilling = true;
    if (moment === 'unanswered') await (await this.#open(sent)).toArray();
    if (moment === 'answered') {
      await this.#pass(sent, response);
      if (!response.writableFinished) await once(response, 'finish');
    }
    await kill();
    this.#isKilling = false;
    const sendLate = async (): Promise<void> => {
      if (moment === 'late') await (await this.#open(sent)).toArray();
    };
    reached({ write: `${sent.method} ${sent.path.split('?')[0]}`, sendLate });
  }

  /** A watch is passed on as it comes; when the client goes, so does its request, as without a proxy. */
  async #pass(sent: Sent, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const answer = await this.#open(sent, gone.signal);
    answer.on('error', () => response.destroy());
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.flushHeaders();
    answer.pipe(response);
  }

  #open({ method, path, headers, body }: Sent, signal?: AbortSignal): Promise<IncomingMessage> {
    const { hostname, port, host } = this.#upstream;
    const options = { hostname, port, method, path, headers: { ...headers, host }, agent: this.#agent };
    return new Promise((resolve, reject) => {
      const outgoing = request({ ...options, ...(signal === undefined ? {} : { signal }) }, resolve);
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
}
