import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fleetRegistry } from '@accord/local/fleet/fleet-registry';
import { ensureSpokeBundle } from '@accord/local/builds/bundles';
import { startSpoke, type SpokeInput } from '@accord/local/fleet/spoke-process';
import type { Child, Exit } from '@accord/local/processes/child';
import { WriteProxy, type KillPoint, type Reached } from '../chaos/write-proxy.ts';
import type { FleetFixture } from './fleet-fixture.ts';

/** The spoke of one cluster of a fleet, as the fleet runs it, but with a proxy before its API server that ends or suspends it at a chosen write. */
export class KillableSpoke {
  readonly #proxy: WriteProxy;
  readonly #input: SpokeInput;
  #child: Child | undefined;

  private constructor(proxy: WriteProxy, input: SpokeInput) {
    this.#proxy = proxy;
    this.#input = input;
  }

  /** Takes the place of the spoke that the fleet has started. */
  static async takeOver(fixture: FleetFixture, cluster: string): Promise<KillableSpoke> {
    await fixture.fleet.stopSpoke(cluster);
    return KillableSpoke.startBeside(fixture, cluster);
  }

  /** Whatever else runs for that cluster. Two at once need names of their own. */
  static async startBeside({ fleet }: FleetFixture, cluster: string, instance?: string): Promise<KillableSpoke> {
    const { tokens, name, url, paths } = fleet.controlPlanes.cluster(cluster);
    const proxy = await WriteProxy.start({ url, caFile: paths.caFile });
    const spoke = new KillableSpoke(proxy, {
      access: { name, tokens, url: proxy.access.url, paths: { ...paths, caFile: proxy.access.caFile } },
      bundle: await ensureSpokeBundle(new AbortController().signal),
      hubUrl: fleet.hub.url,
      hubKey: readFileSync(paths.hubKey, 'utf8'),
      // Nobody asks it whether it is ready: each test waits for what it does.
      healthPort: 0,
      env: process.env,
      logFile: join(fleet.paths.logs, `${cluster}-${instance ?? 'killable'}-spoke.log`),
      registry: fleetRegistry(fleet.paths),
      ...(instance === undefined ? {} : { instance }),
    });
    await spoke.start();
    return spoke;
  }

  /** Returns at once. Its supervision would wait longer from crash to crash. */
  async start(): Promise<void> {
    this.#child = await startSpoke(this.#input);
  }

  async kill(): Promise<void> {
    await this.#child?.kill();
  }

  /** Resolves when it is dead. */
  killAt(point: Omit<KillPoint, 'kill'>): Promise<Reached> {
    return this.#proxy.arm({ ...point, kill: () => this.kill() });
  }

  /** Resolves when it stands still, as on a machine that was suspended, with this write held back. */
  suspendAt(counts: (write: string) => boolean): Promise<Reached> {
    return this.#proxy.arm({ nth: 1, moment: 'late', counts, kill: async () => this.#signal('SIGSTOP') });
  }

  /** Returns what it writes from now on, but for its lease. */
  goOn(): readonly string[] {
    const writes: string[] = [];
    const seen = (write: string): boolean => writes.push(write) === 0;
    void this.#proxy.arm({ nth: 1, moment: 'late', counts: seen, kill: async () => undefined });
    this.#signal('SIGCONT');
    return writes;
  }

  /** Whether it runs, and what it wrote last: for the message of a test that failed. */
  fate(): string {
    const { exit } = this.#running();
    const words = readFileSync(this.#input.logFile, 'utf8').trimEnd().split('\n').slice(-8).join('\n');
    return `its spoke ${exit === undefined ? 'runs' : `has ended (${exit.code ?? exit.signal})`}; it wrote last:\n${words}`;
  }

  /** Resolves when it has ended by itself. */
  async ended(): Promise<Exit> {
    return this.#running().exited;
  }

  #signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    process.kill(this.#running().pid, name);
  }

  #running(): Child {
    if (this.#child === undefined) throw new Error('it was never started');
    return this.#child;
  }

  /** From now on it is not killed. False when it is too late for that. */
  spare(): boolean {
    return this.#proxy.disarm();
  }

  async stop(): Promise<void> {
    await this.#child?.stop(3000);
    await this.#proxy.stop();
  }
}
