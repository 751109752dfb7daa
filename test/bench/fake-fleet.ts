import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment } from '@accord/local/config';
import type { LocalFleet } from '@accord/local/fleet/local-fleet';
import type { Fleet } from '@accord/proto/api';
import { bundle } from './bundle.ts';
import type { FakeFleetEvent, FakeFleetOrder } from './fake-fleet-main.ts';

export interface FakeFleetInput {
  readonly fleet: LocalFleet;
  /** Names of clusters, by process. */
  readonly processes: readonly (readonly string[])[];
  readonly labels: Readonly<Record<string, string>>;
  readonly namespace: string;
  readonly busUrl?: string;
  readonly onEvent: (event: FakeFleetEvent) => void;
}

/** Clusters whose API servers cost nothing: whole spokes, many to a process, and so without the flags that save memory for one alone. */
export class FakeFleet {
  readonly #input: FakeFleetInput;
  readonly #children: ChildProcess[] = [];
  #program = '';

  private constructor(input: FakeFleetInput) {
    this.#input = input;
  }

  /** Resolves when the hub hears all of them, and all have what was published for them. */
  static async start(input: FakeFleetInput): Promise<FakeFleet> {
    const made = new FakeFleet(input);
    made.#program = join(input.fleet.paths.home, 'fake-fleet.cjs');
    await bundle('fake-fleet-main.ts', made.#program);
    const { total } = await made.#counts();
    for (const names of input.processes) made.#children.push(await made.#fork(names));
    await made.#untilLive(total + input.processes.flat().length);
    return made;
  }

  async #counts(): Promise<Fleet['clusters']> {
    return ((await this.#input.fleet.hub.send('GET', '/v1/fleet')).body as Fleet).clusters;
  }

  async #untilLive(all: number): Promise<void> {
    const endMs = performance.now() + 120_000;
    for (;;) {
      const { live, behind } = await this.#counts();
      if (live >= all && behind === 0) return;
      if (performance.now() > endMs) throw new Error(`only ${live} of ${all} clusters are live, ${behind} are behind`);
      await sleep(100);
    }
  }

  signal(process: number, signal: NodeJS.Signals): void {
    this.#children[process]?.kill(signal);
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.#children.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }),
    );
  }

  async #fork(names: readonly string[]): Promise<ChildProcess> {
    const { fleet, labels, namespace, busUrl, onEvent } = this.#input;
    const invitations = [];
    for (const name of names) {
      const made = await fleet.hub.createJoinToken({ name, labels });
      if (made === undefined) throw new Error(`the hub has a cluster ${name} already`);
      invitations.push({ name, ...made });
    }
    const log = openSync(join(fleet.paths.logs, 'fake-fleet.log'), 'a', 0o600);
    const env = childEnvironment(process.env, {});
    const child = fork(this.#program, [], {
      execArgv: ['--max-old-space-size=4096'],
      env,
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    await once(child, 'spawn');
    child.on('message', (event) => onEvent(event as FakeFleetEvent));
    const clusters = invitations.map(({ name, token }) => ({ name, token }));
    const order: FakeFleetOrder = {
      hubUrl: fleet.hub.url,
      hubKey: invitations[0]?.hubKey ?? '',
      namespace,
      clusters,
      ...(busUrl !== undefined && { busUrl }),
    };
    child.send(order);
    return child;
  }
}
