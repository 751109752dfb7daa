import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, processKinds, readRecord, signalProcess, type ProcessRecord } from './process-record.ts';

export interface ProcessRegistryOptions {
  /** `$ACCORD_HOME/processes`. */
  readonly dir: string;
  /** Records that a child writes itself about a process that outlives it, as the hub does for nats-server. */
  readonly adopted?: readonly { readonly path: string; readonly given: Partial<ProcessRecord> }[];
}

/**
 * The processes of one fleet as files, one each. It is the memory that survives a killed parent.
 * It signals a process only when pid and start time are the recorded ones.
 */
export class ProcessRegistry {
  readonly #dir: string;
  readonly #adopted: NonNullable<ProcessRegistryOptions['adopted']>;
  readonly #children = new Set<number>();
  readonly #onExit = () => this.killAll();

  constructor({ dir, adopted = [] }: ProcessRegistryOptions) {
    this.#dir = dir;
    this.#adopted = adopted;
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  }

  /** Synchronous on purpose: nothing may happen between the start of a child and its record. */
  add(record: ProcessRecord): void {
    writeFileSync(this.#path(record.pid), JSON.stringify(record));
    if (this.#children.size === 0) process.on('exit', this.#onExit);
    this.#children.add(record.pid);
  }

  remove(pid: number): void {
    rmSync(this.#path(pid), { force: true });
    this.#children.delete(pid);
    if (this.#children.size === 0) process.off('exit', this.#onExit);
  }

  /** Every recorded process that still runs, in the order in which they are stopped. */
  running(): ProcessRecord[] {
    return this.#records()
      .filter(isRunning)
      .toSorted((a, b) => processKinds.indexOf(a.kind) - processKinds.indexOf(b.kind) || a.pid - b.pid);
  }

  /** Stops what an earlier parent left behind, kind after kind, and returns what was stopped. Call it only while no other parent runs. */
  async stopLeftovers(graceMs = 3000): Promise<ProcessRecord[]> {
    const leftovers = this.running();
    // An API server whose etcd has gone waits for it instead of ending: one kind must be gone before the next is told.
    for (const kind of processKinds) {
      await stopAll(
        leftovers.filter((record) => record.kind === kind),
        graceMs,
      );
    }
    for (const name of readdirSync(this.#dir)) rmSync(join(this.#dir, name), { force: true });
    return leftovers;
  }

  /** For the last moment of a parent, when there is no time to wait. It runs by itself when the parent exits. */
  killAll(): void {
    for (const record of this.running()) signalProcess(record, 'SIGKILL');
  }

  #records(): ProcessRecord[] {
    const own = readdirSync(this.#dir).map((name) => readRecord(join(this.#dir, name)));
    const adopted = this.#adopted.map(({ path, given }) => readRecord(path, given));
    return [...own, ...adopted].filter((record) => record !== undefined);
  }

  #path(pid: number): string {
    return join(this.#dir, `${pid}.json`);
  }
}

async function stopAll(records: readonly ProcessRecord[], graceMs: number): Promise<void> {
  for (const record of records) signalProcess(record, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (Date.now() < deadline && records.some(isRunning)) await sleep(20);
  for (const record of records) signalProcess(record, 'SIGKILL');
  while (records.some(isRunning)) await sleep(10);
}
