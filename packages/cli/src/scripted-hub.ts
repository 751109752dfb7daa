import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable, Writable } from 'node:stream';
import { run } from './run.ts';
import { Terminal } from './terminal.ts';

/** What a test lets the hub answer to `PUT /path?query`; a function may answer in parts. */
export type Script = Readonly<Record<string, Scripted | ((request: IncomingMessage, response: ServerResponse) => void)>>;
export interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Spoken {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** `PUT /apis/… {"kind":…}` in the order in which the hub heard them. */
  readonly heard: readonly string[];
}

/** Runs one command line against a real HTTP server that answers by a script, and 404 to everything else. For tests of the transport. */
export async function speak(
  words: readonly string[],
  script: Script,
  {
    stdin = '',
    signal = new AbortController().signal,
    env: more = {},
  }: { readonly stdin?: string; readonly signal?: AbortSignal; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Spoken> {
  const heard: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const key = `${request.method} ${request.url}`;
    const body = (await Readable.from(request).toArray()).join('');
    heard.push(body === '' ? key : `${key} ${body}`);
    const scripted = script[key] ?? { status: 404, body: { kind: 'Status', message: `${key} is not in the script`, reason: 'NotFound' } };
    if (typeof scripted === 'function') return scripted(request, response);
    response.writeHead(scripted.status ?? 200, { 'content-type': 'application/json', ...scripted.headers });
    response.end(typeof scripted.body === 'string' ? scripted.body : JSON.stringify(scripted.body ?? {}));
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  try {
    const env = { ACCORD_URL: `http://127.0.0.1:${port}`, ACCORD_TOKEN: 'secret', ...more };
    return { ...(await runHere(words, env, { stdin, signal })), heard };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Runs one command line in this process, without colours and without a terminal. */
export async function runHere(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  { stdin = '', signal = new AbortController().signal } = {},
): Promise<Omit<Spoken, 'heard'>> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = new Terminal({ out: collector(out), err: collector(err), colour: false, isTerminal: false });
  const code = await run(words, {
    terminal,
    env,
    stdin: Readable.from([Buffer.from(stdin)]),
    stderr: collector(err),
    now: Date.now,
    signal,
  });
  return { code, out: out.join(''), err: err.join('') };
}

function collector(into: string[]): Writable {
  return new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      into.push(chunk.toString());
      done();
    },
  });
}
