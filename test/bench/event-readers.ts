import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '@accord/local/config';
import type { BenchFleet } from './bench-fleet.ts';
import type { ReadersAnswer, ReadersOrder } from './event-readers-main.ts';

/** Open streams that one token may have. */
const perToken = 50;

export type Told = Extract<ReadersAnswer, { type: 'told' }>;

/** Many readers of the events of a hub, in a process of their own, as browsers are. */
export class EventReaders {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Resolves when all of them read. */
  static async start({ hub }: BenchFleet, streams: number): Promise<EventReaders> {
    const program = fileURLToPath(new URL('event-readers-main.ts', import.meta.url));
    const readers = new EventReaders(
      fork(program, [], { env: childEnvironment(process.env, {}), stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
    );
    const tokens: string[] = [];
    for (let n = 0; n * perToken < streams; n += 1) {
      const body = { name: `reader-${n}-${Date.now()}`, role: 'viewer' };
      tokens.push(((await hub.require({ method: 'POST', path: '/v1/api-tokens', body })) as { readonly token: string }).token);
    }
    await readers.#ask({ type: 'read', url: hub.target.url, tokens, streams });
    return readers;
  }

  /** What they were told since the last time. */
  async told(): Promise<Told> {
    return (await this.#ask({ type: 'tell' })) as Told;
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }

  async #ask(order: ReadersOrder): Promise<ReadersAnswer> {
    const ended = once(this.#child, 'exit').then(() => Promise.reject(new Error('the readers of events have ended')));
    ended.catch(() => undefined);
    const answer = once(this.#child, 'message') as Promise<[ReadersAnswer]>;
    this.#child.send(order);
    const [said] = await Promise.race([answer, ended]);
    return said;
  }
}
