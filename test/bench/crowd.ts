import type { BusPlace } from '@accord/bus/bus';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import type { CrowdAnswer, CrowdMember, CrowdOrder } from './crowd-main.ts';

const processes = 4;

/** Thousands of connections of spokes, in four processes: each with the subscriptions of a real one, and nothing behind them. */
export class Crowd {
  readonly #children: readonly ChildProcess[];
  readonly #dir: string;

  private constructor(children: readonly ChildProcess[], dir: string) {
    this.#children = children;
    this.#dir = dir;
  }

  static async connect(bus: BusPlace, members: readonly CrowdMember[]): Promise<Crowd> {
    const dir = mkdtempSync(join(tmpdir(), 'accord-crowd-'));
    const program = join(dir, 'crowd.cjs');
    await bundle('crowd-main.ts', program);
    const children = Array.from({ length: processes }, () =>
      fork(program, [], { execArgv: ['--max-old-space-size=4096'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
    );
    const crowd = new Crowd(children, dir);
    await crowd.#ask('connected', (at) => ({ type: 'connect', bus, members: members.filter((_, n) => n % processes === at) }));
    return crowd;
  }

  report(policies: number): void {
    for (const child of this.#children) child.send({ type: 'report', policies } satisfies CrowdOrder);
  }

  /** `digests`: cluster id → base64 of what its beat says that it has. */
  beat(digests: Readonly<Record<string, string>>): void {
    for (const child of this.#children) child.send({ type: 'beat', digests } satisfies CrowdOrder);
  }

  /** Resolves with the times at which each connection has heard the next message of this subject; `cause` sends it. */
  async hear(subject: string, cause: () => Promise<void> | void): Promise<readonly number[]> {
    const answers = this.#ask('heard', () => ({ type: 'expect', subject }));
    // The children read their orders before what comes over the network later.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await cause();
    return (await answers).flatMap((answer) => (answer.type === 'heard' ? answer.times : []));
  }

  async stop(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    await Promise.all(this.#children.map(async (child) => child.exitCode ?? child.signalCode ?? (await once(child, 'exit'))));
    rmSync(this.#dir, { recursive: true, force: true });
  }

  #ask(type: CrowdAnswer['type'], order: (at: number) => CrowdOrder): Promise<readonly CrowdAnswer[]> {
    return Promise.all(
      this.#children.map(async (child, at) => {
        const answered = new Promise<CrowdAnswer>((resolve, reject) => {
          const onExit = (): void => reject(new Error('a process of the crowd has ended'));
          const onMessage = (answer: unknown): void => {
            if ((answer as CrowdAnswer).type !== type) return;
            child.off('message', onMessage).off('exit', onExit);
            resolve(answer as CrowdAnswer);
          };
          child.on('message', onMessage).once('exit', onExit);
        });
        child.send(order(at));
        return answered;
      }),
    );
  }
}
