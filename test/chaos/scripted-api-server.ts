import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServingCertificate } from '@accord/hub/identity/self-signed';

/** How to answer one request: with a status and a body, or by ending the connection, or never. */
export type Answer =
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | 'hang up'
  | 'hang up in the middle'
  | 'say nothing';

/** An API server that answers what it is told, whatever it is asked. */
export class ScriptedApiServer {
  readonly #server: Server;
  readonly #dir: string;
  readonly #answers: Answer[] = [];
  /** Method and path of each request, in order. */
  readonly asked: string[] = [];

  private constructor(server: Server, dir: string) {
    this.#server = server;
    this.#dir = dir;
    server.on('request', (request, response) => this.#answer(request, response));
  }

  static async start(): Promise<ScriptedApiServer> {
    const { cert, key } = await createServingCertificate(Date.now());
    const dir = mkdtempSync(join(tmpdir(), 'accord-scripted-'));
    writeFileSync(join(dir, 'ca.crt'), cert);
    writeFileSync(join(dir, 'token'), 'token');
    const server = createServer({ cert, key }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ScriptedApiServer(server, dir);
  }

  get access(): { readonly url: string; readonly tokenFile: string; readonly caFile: string } {
    const { port } = this.#server.address() as AddressInfo;
    return { url: `https://127.0.0.1:${port}`, tokenFile: join(this.#dir, 'token'), caFile: join(this.#dir, 'ca.crt') };
  }

  /** For the next requests, in this order; the last one stays. */
  script(...answers: readonly Answer[]): void {
    this.#answers.splice(0, this.#answers.length, ...answers);
    this.asked.splice(0);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
    rmSync(this.#dir, { recursive: true });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.asked.push(`${request.method} ${request.url?.split('?')[0]}`);
    request.resume();
    const answer = this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0];
    if (answer === undefined) throw new Error('nothing is scripted');
    if (answer === 'say nothing') return;
    if (answer === 'hang up') return void request.socket.destroy();
    if (answer === 'hang up in the middle') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"metadata":', () => request.socket.destroy());
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  }
}
