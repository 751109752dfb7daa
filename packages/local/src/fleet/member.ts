import { existsSync, readFileSync } from 'node:fs';
import { CodedError } from '@accord/proto/coded-error';
import type { ClusterAccess } from '../control-plane/control-planes.ts';
import { KubeClient } from '../control-plane/kube-client.ts';
import { installSpoke } from '../install/install-spoke.ts';
import { keepSpokeTokenFresh, mintSpokeToken } from '../install/spoke-token.ts';
import { Supervised } from '../processes/supervised.ts';
import { writePrivate } from '../write-private.ts';
import type { FleetCluster } from './fleet-clusters.ts';
import type { HubClient } from './hub-client.ts';
import { startSpoke, waitForSpoke, type SpokeInput } from './spoke-process.ts';

export interface MemberOptions extends Omit<SpokeInput, 'hubKey'> {
  readonly cluster: FleetCluster;
  readonly supervise: boolean;
  readonly onProgress: (line: string) => void;
}

/** One cluster that belongs to the fleet: what is installed in it, its membership at the hub, and its spoke. */
export class Member {
  readonly #options: MemberOptions;
  readonly #spoke: Supervised;
  readonly #client: KubeClient;
  readonly #stopped = new AbortController();
  #renewal: Promise<void> = Promise.resolve();

  constructor(options: MemberOptions) {
    this.#options = options;
    const { access, supervise, onProgress } = options;
    this.#client = new KubeClient({ url: access.url, caFile: access.paths.caFile, token: access.tokens.installer });
    this.#spoke = new Supervised({
      what: `spoke of ${access.name}`,
      start: () => startSpoke(this.#input()),
      restart: supervise,
      onProgress,
    });
  }

  /** From a bare API server to a working member. Doing it again changes nothing. */
  async start(hub: HubClient, signal: AbortSignal): Promise<void> {
    const { access, onProgress } = this.#options;
    const started = Date.now();
    await this.install(signal);
    await this.join(hub, signal);
    onProgress(`${access.name}: spoke ready (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  }

  /** Kinds, permissions and guard rails, and the token with which a spoke acts. */
  async install(signal: AbortSignal): Promise<void> {
    const { access } = this.#options;
    await installSpoke(this.#client, signal);
    const expiresAt = await mintSpokeToken(this.#client, access.paths.spokeToken);
    this.#renewal = keepSpokeTokenFresh(this.#client, access.paths.spokeToken, expiresAt, this.#stopped.signal);
  }

  /** Returns when the spoke is ready. */
  async join(hub: HubClient, signal: AbortSignal): Promise<void> {
    const { access, cluster } = this.#options;
    await invite(hub, access, cluster);
    await this.startSpoke(signal);
  }

  /** Returns when the spoke is ready: it has its credential and has caught up. */
  async startSpoke(signal = new AbortController().signal): Promise<void> {
    const child = await this.#spoke.start();
    await waitForSpoke(child, this.#input(), signal);
  }

  async killSpoke(): Promise<void> {
    await this.#spoke.kill();
  }

  async stopSpoke(): Promise<void> {
    await this.#spoke.stop(3000);
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.stopSpoke();
    await this.#renewal;
    this.#client.close();
  }

  #input(): SpokeInput {
    return { ...this.#options, hubKey: readFileSync(this.#options.access.paths.hubKey, 'utf8') };
  }
}

async function invite(hub: HubClient, { name, paths }: ClusterAccess, cluster: FleetCluster): Promise<void> {
  const created = await hub.createJoinToken(cluster);
  if (created !== undefined) {
    writePrivate(paths.joinToken, created.token);
    writePrivate(paths.hubKey, created.hubKey);
  } else if (!existsSync(paths.hubKey)) {
    const help = 'Start again with --fresh, which makes the whole fleet new.';
    throw new CodedError('conflict', `The hub has a cluster ${name} that is not the one in ${paths.dir}.`, { help });
  }
}
