import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, processStartTime, type ProcessIdentity } from '@accord/runtime/processes/process-identity';
import { Guardian } from './guardian.ts';
import { processKinds, readRecord, signalProcess, type ProcessRecord } from './process-record.ts';

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
  readonly #parent: ProcessIdentity = { pid: process.pid, startTime: processStartTime(process.pid) ?? '' };
  #guardian: Guardian | undefined;

  constructor({ dir, adopted = [] }: ProcessRegistryOptions) {
    this.#dir = dir;
    this.#adopted = adopted;
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  }

  /** Records a child of this process. Synchronous on purpose: nothing may happen between the start of a child and its record. */
  add(record: ProcessRecord): void {
    writeFileSync(this.#path(record.pid), JSON.stringify({ ...record, parent: this.#parent }));
    if (this.#children.size === 0) this.#guard();
    this.#children.add(record.pid);
  }

  remove(pid: number): void {
    rmSync(this.#path(pid), { force: true });
    if (!this.#children.delete(pid) || this.#children.size > 0) return;
    process.off('exit', this.#onExit);
    this.#guardian?.dismiss();
  }

  /** Every recorded process that still runs, in the order in which they are stopped. */
  running(): ProcessRecord[] {
    return this.#records()
      .filter(isRunning)
      .toSorted((a, b) => processKinds.indexOf(a.kind) - processKinds.indexOf(b.kind) || a.pid - b.pid);
  }

  /**
   * Stops what an earlier parent left behind, kind after kind, and returns what was stopped.
   * Without a given parent it stops everything: call it so only while no other parent runs.
   */
  async stopLeftovers({ graceMs = 3000, parent }: { readonly graceMs?: number; readonly parent?: ProcessIdentity } = {}): Promise<
    ProcessRecord[]
  > {
    // An adopted record names no parent: it belongs to whoever runs the fleet.
    const isLeftover = (record: ProcessRecord) => parent === undefined || record.parent === undefined || isSame(record.parent, parent);
    const leftovers = this.running().filter(isLeftover);
    // An API server whose etcd has gone waits for it instead of ending: one kind must be gone before the next is told.
    for (const kind of processKinds) {
      const ofKind = leftovers.filter((record) => record.kind === kind);
      await stopAll(ofKind, graceMs);
    }
    for (const record of this.#records()) if (!isRunning(record)) rmSync(this.#path(record.pid), { force: true });
    return leftovers;
  }

  /** For the last moment of a parent, when there is no time to wait. It runs by itself when the parent exits. */
  killAll(): void {
    for (const record of this.running()) signalProcess(record, 'SIGKILL');
  }

  #guard(): void {
    process.on('exit', this.#onExit);
    this.#guardian = new Guardian({ dir: this.#dir, parent: this.#parent, adopted: this.#adopted });
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

const isSame = (a: ProcessIdentity, b: ProcessIdentity) => a.pid === b.pid && a.startTime === b.startTime;

async function stopAll(records: readonly ProcessRecord[], graceMs: number): Promise<void> {
  for (const record of records) signalProcess(record, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (Date.now() < deadline && records.some(isRunning)) await sleep(20);
  for (const record of records) signalProcess(record, 'SIGKILL');
  while (records.some(isRunning)) await sleep(10);
}
