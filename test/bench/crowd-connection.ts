import type { Socket } from 'node:net';
import { once } from 'node:events';
import type { BusPlace } from '@accord/bus/bus';
import type { KeyPair } from '@accord/proto/keys';
import { connectLine, dialBus, loginOf } from '../real/raw-nats-client.ts';

/** A connection of a spoke that only listens and beats, as thin as it goes: thousands of them share one process. */
export class CrowdConnection {
  readonly #socket: Socket;
  readonly #onMessage: (subject: string) => void;
  #rest: Buffer = Buffer.alloc(0);
  /** Bytes of a payload that are still to come, and are not looked at. */
  #skip = 0;

  private constructor(socket: Socket, onMessage: (subject: string) => void) {
    this.#socket = socket;
    this.#onMessage = onMessage;
    socket.setNoDelay(true);
    // A server that is killed takes its connections with it.
    socket.on('error', () => undefined);
  }

  /** Logs in and subscribes. Resolves when the server has taken all of it. */
  static async open(
    bus: BusPlace,
    { jwt, key, subjects }: { readonly jwt: string; readonly key: KeyPair; readonly subjects: readonly string[] },
    onMessage: (subject: string) => void,
  ): Promise<CrowdConnection> {
    const socket = dialBus(bus);
    const [hello] = (await once(socket, 'data')) as [Buffer];
    const { nonce } = JSON.parse(hello.toString().slice('INFO '.length)) as { readonly nonce: string };
    const connection = new CrowdConnection(socket, onMessage);
    const subscriptions = subjects.map((subject, at) => `SUB ${subject} ${at + 1}\r\n`);
    const ready = new Promise<void>((resolve, reject) => {
      socket.on('data', (chunk: Buffer) => connection.#read(chunk, resolve, reject));
      socket.once('close', () => reject(new Error('the server closed the connection at the login')));
    });
    socket.write(`${connectLine(nonce, loginOf(jwt, key))}${subscriptions.join('')}PING\r\n`);
    await ready;
    return connection;
  }

  publish(subject: string, body: Uint8Array): void {
    this.#socket.write(Buffer.concat([Buffer.from(`PUB ${subject} ${body.length}\r\n`), body, Buffer.from('\r\n')]));
  }

  /** With a reply that nobody waits for: services take no message without one. */
  request(subject: string, reply: string, body: Uint8Array): void {
    this.#socket.write(Buffer.concat([Buffer.from(`PUB ${subject} ${reply} ${body.length}\r\n`), body, Buffer.from('\r\n')]));
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer, onPong: () => void, onRefused: (error: Error) => void): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (;;) {
      if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, bytes.length);
        this.#skip -= skipped;
        bytes = bytes.subarray(skipped);
      }
      const end = this.#skip > 0 ? -1 : bytes.indexOf('\r\n');
      if (end < 0) break;
      const words = bytes.toString('latin1', 0, end).split(' ');
      bytes = bytes.subarray(end + 2);
      if (words[0] === 'MSG' || words[0] === 'HMSG') {
        this.#skip = Number(words.at(-1)) + 2;
        this.#onMessage(words[1] ?? '');
      } else if (words[0] === 'PING') this.#socket.write('PONG\r\n');
      else if (words[0] === 'PONG') onPong();
      else if (words[0] === '-ERR') onRefused(new Error(words.join(' ')));
    }
    this.#rest = bytes;
  }
}
