import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fleetRegistry } from '@accord/local/fleet/fleet-registry';
import { ensureSpokeBundle } from '@accord/local/builds/spoke-bundle';
import { startSpoke, type SpokeInput } from '@accord/local/fleet/spoke-process';
import type { Child } from '@accord/local/processes/child';
import { WriteProxy, type KillPoint, type Reached } from '../chaos/write-proxy.ts';
import type { FleetFixture } from './fleet-fixture.ts';

/** The spoke of one cluster of a fleet, as the fleet runs it, but with a proxy before its API server that ends it at a chosen write. */
export class KillableSpoke {
  readonly #proxy: WriteProxy;
  readonly #input: SpokeInput;
  #child: Child | undefined;

  private constructor(proxy: WriteProxy, input: SpokeInput) {
    this.#proxy = proxy;
    this.#input = input;
  }

  /** Takes the place of the spoke that the fleet has started. */
  static async takeOver({ fleet }: FleetFixture, cluster: string): Promise<KillableSpoke> {
    await fleet.stopSpoke(cluster);
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
      logFile: join(fleet.paths.logs, `${cluster}-killable-spoke.log`),
      registry: fleetRegistry(fleet.paths),
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

  /** From now on it is not killed. False when it is too late for that. */
  spare(): boolean {
    return this.#proxy.disarm();
  }

  async stop(): Promise<void> {
    await this.#child?.stop(3000);
    await this.#proxy.stop();
  }
}
