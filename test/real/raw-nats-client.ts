import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { BusPlace } from '@accord/bus/bus';
import type { KeyPair } from '@accord/proto/keys';

export interface RawMessage {
  readonly subject: string;
  readonly reply: string;
  /** With the status line; empty when the message has no headers. */
  readonly headers: string;
  readonly body: string;
}

export interface RawLogin {
  readonly jwt: string;
  readonly nkey?: string;
  /** Undefined sends no signature at all. */
  readonly sign: ((nonce: Uint8Array) => Uint8Array) | undefined;
}

export interface RawPublish {
  readonly reply?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

const limitMs = 10_000;

export function loginOf(jwt: string, key: KeyPair): RawLogin {
  return { jwt, nkey: key.publicKey, sign: (nonce) => key.sign(nonce) };
}

/** TLS to the first server, which must be the bus. */
export function dialBus({ servers: [url = ''], ca }: BusPlace): TLSSocket {
  const { hostname, port } = new URL(url);
  return connect({ host: hostname, port: Number(port), ca });
}

/** The answer to INFO: who logs in, and the nonce signed. */
export function connectLine(nonce: string, { jwt, nkey, sign }: RawLogin): string {
  const sig = sign === undefined ? undefined : Buffer.from(sign(new TextEncoder().encode(nonce))).toString('base64url');
  const talk = { headers: true, no_responders: true, protocol: 1, verbose: false, pedantic: false, lang: 'raw', version: '0' };
  return `CONNECT ${JSON.stringify({ jwt, nkey, sig, ...talk })}\r\n`;
}

/** Speaks the NATS protocol line by line, as an attacker can: no client library stands between the attempt and the server. */
export class RawNatsClient {
  readonly messages: RawMessage[] = [];
  /** What the server said against us, in its words; `closed` when it hung up. */
  readonly #errors: string[] = [];
  readonly #socket: Socket;
  #buffer = Buffer.alloc(0);
  #pongs = 0;
  #info: { readonly nonce: string } | undefined;
  #isClosed = false;
  #sid = 0;
  #change: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk]);
      while (this.#readOne());
      this.#change();
    });
    // The error that comes before it says nothing more.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#isClosed = true;
      this.#errors.push('closed');
      this.#change();
    });
  }

  /** Logs in. A refusal is not an error here: it is the first thing that `settle` tells. */
  static async login(bus: BusPlace, login: RawLogin): Promise<RawNatsClient> {
    const socket = dialBus(bus);
    await once(socket, 'secureConnect');
    const client = new RawNatsClient(socket);
    await client.until(() => client.#info !== undefined, 'INFO');
    client.write(connectLine(client.#info?.nonce ?? '', login));
    return client;
  }

  write(bytes: string | Uint8Array): void {
    if (!this.#isClosed) this.#socket.write(bytes);
  }

  subscribe(subject: string, queue = ''): void {
    this.write(`SUB ${subject} ${queue === '' ? '' : `${queue} `}${(this.#sid += 1)}\r\n`);
  }

  publish(subject: string, { reply = '', headers, body = '' }: RawPublish = {}): void {
    const bytes = Buffer.from(body);
    const target = reply === '' ? subject : `${subject} ${reply}`;
    if (headers === undefined) this.write(Buffer.concat([Buffer.from(`PUB ${target} ${bytes.length}\r\n`), bytes, Buffer.from('\r\n')]));
    else {
      const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const head = Buffer.from(`NATS/1.0\r\n${fields.join('')}\r\n`);
      const line = Buffer.from(`HPUB ${target} ${head.length} ${head.length + bytes.length}\r\n`);
      this.write(Buffer.concat([line, head, bytes, Buffer.from('\r\n')]));
    }
  }

  /** Waits until the server has read everything that was written; returns what it said against it since the last time. */
  async settle(): Promise<readonly string[]> {
    const pongs = this.#pongs;
    this.write('PING\r\n');
    await this.until(() => this.#pongs > pongs || this.#isClosed, 'PONG');
    return this.#errors.splice(0);
  }

  /** Resolves as soon as it holds after a message; rejects after ten seconds. */
  async until(holds: () => boolean, what: string, withinMs = limitMs): Promise<void> {
    const timeout = AbortSignal.timeout(withinMs);
    while (!holds()) {
      if (timeout.aborted) throw new Error(`waited ${withinMs} ms for ${what}; errors: ${this.#errors.join(', ') || 'none'}`);
      await new Promise<void>((resolve) => {
        this.#change = resolve;
        timeout.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  /** The answer to a request with a reply subject of ours; the subscription must be there. */
  async request(subject: string, reply: string, options: Omit<RawPublish, 'reply'> = {}, withinMs = limitMs): Promise<RawMessage> {
    this.publish(subject, { ...options, reply });
    const answer = (): RawMessage | undefined => this.messages.find((message) => message.subject === reply);
    await this.until(() => answer() !== undefined || this.#errors.length > 0, `the answer of ${subject}`, withinMs);
    const found = answer();
    if (found === undefined) throw new Error(this.#errors.splice(0).join(', '));
    this.messages.splice(this.messages.indexOf(found), 1);
    return found;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Stops reading, so that everything waits in the server. */
  pause(): void {
    this.#socket.pause();
  }

  close(): void {
    this.#socket.destroy();
  }

  #readOne(): boolean {
    const end = this.#buffer.indexOf('\r\n');
    if (end < 0) return false;
    const line = this.#buffer.subarray(0, end).toString();
    const [verb = '', ...words] = line.split(' ');
    if (verb === 'MSG' || verb === 'HMSG') return this.#readMessage(verb, words, end + 2);
    this.#buffer = this.#buffer.subarray(end + 2);
    if (verb === 'INFO') this.#info ??= JSON.parse(line.slice('INFO '.length)) as { readonly nonce: string };
    else if (verb === 'PONG') this.#pongs += 1;
    else if (verb === 'PING') this.write('PONG\r\n');
    else if (verb === '-ERR') this.#errors.push(words.join(' ').replaceAll(/^'|'$/g, ''));
    return true;
  }

  /** `MSG subject sid [reply] bytes`, `HMSG subject sid [reply] header-bytes bytes`. */
  #readMessage(verb: string, words: string[], start: number): boolean {
    const total = Number(words.pop());
    const head = verb === 'HMSG' ? Number(words.pop()) : 0;
    if (this.#buffer.length < start + total + 2) return false;
    const bytes = this.#buffer.subarray(start, start + total);
    this.#buffer = this.#buffer.subarray(start + total + 2);
    const [subject = '', , reply = ''] = words;
    this.messages.push({ subject, reply, headers: bytes.subarray(0, head).toString(), body: bytes.subarray(head).toString() });
    return true;
  }
}
