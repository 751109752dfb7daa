/** A fleet with something to hide, and tokens that must not see it. */
import { fileURLToPath } from 'node:url';
import { runProgram, type Ended } from '../chaos/run-program.ts';
import { FleetFixture, until } from './fleet-fixture.ts';

const cli = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
/** Path of the kinds. */
export const api = '/apis/accord.dev/v1alpha1';
/** What nobody may see who is bound to env=dev and team-*. */
export const hidden = ['prod-secret', 'base-secret', 'team-hidden', 'ns-secret'];
const bound = ['-l', 'env=dev', '--policies', 'team-*', '--namespaces', 'team-*'];
const parts = 'namespaces,bindings,quota,configMaps,clusters';
const made: Readonly<Record<string, readonly string[]>> = {
  viewer: ['--role', 'viewer', ...bound],
  operator: ['--role', 'operator', ...bound, '--parts', parts],
  admin: ['--role', 'admin', ...bound, '--parts', parts, '--priority-max', '500'],
  'whole-viewer': ['--role', 'viewer'],
  'whole-operator': ['--role', 'operator'],
};

/** A policy for env=dev. */
export function policy(name: string, spec: object = {}): object {
  return {
    apiVersion: 'accord.dev/v1alpha1',
    kind: 'ClusterPolicy',
    metadata: { name },
    spec: { clusterSelector: { matchLabels: { env: 'dev' } }, ...spec },
  };
}

export interface Called {
  readonly status: number;
  readonly text: string;
}

/** A hub, two clusters, and a token for each way to be bound. */
export class RolesWorld {
  readonly fleet: FleetFixture;
  readonly tokens: Record<string, string> = {};

  private constructor(fleet: FleetFixture) {
    this.fleet = fleet;
  }

  static async start(): Promise<RolesWorld> {
    const clusters = [
      { name: 'dev-1', labels: { env: 'dev' } },
      { name: 'prod-secret', labels: { env: 'prod' } },
    ];
    const world = new RolesWorld(await FleetFixture.start(clusters));
    for (const [name, options] of Object.entries(made)) world.tokens[name] = await world.#makeToken(name, options);
    await world.#hideThings();
    return world;
  }

  get url(): string {
    return this.fleet.fleet.hub.url;
  }

  /** The command line as a shell starts it; without a token as the first admin. */
  accord(token: string, ...words: readonly string[]): Promise<Ended> {
    const { home } = this.fleet;
    const as = token === '' ? {} : { ACCORD_TOKEN: token };
    return runProgram(process.execPath, [cli, ...words], { PATH: process.env['PATH'] ?? '', ACCORD_HOME: home, HOME: home, ...as });
  }

  async call(who: string, method: string, path: string, body?: unknown): Promise<Called> {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.tokens[who]}`, 'content-type': type },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  }

  async #makeToken(name: string, options: readonly string[]): Promise<string> {
    const { code, out, err } = await this.accord('', 'token', 'add', name, ...options);
    if (code !== 0) throw new Error(err);
    return out.trim();
  }

  /** Rows, a hold, a heal and a full quota of what is hidden, on both clusters. */
  async #hideThings(): Promise<void> {
    const it = this.fleet;
    const both = ['dev-1', 'prod-secret'];
    const content = (namespace: string): object => ({
      namespaces: [
        { name: namespace, quota: { hard: { pods: '0', configmaps: '2' } }, configMaps: [{ name: 'settings', data: { a: 'b' } }] },
      ],
    });
    const dev = { clusterSelector: { matchLabels: { env: 'dev' } } };
    await it.untilApplied('base-secret', await it.put('base-secret', { clusterSelector: {}, ...content('ns-secret') }), both);
    await it.untilApplied('team-pay', await it.put('team-pay', { ...dev, ...content('team-pay') }), ['dev-1']);
    await it.put('team-wide', { clusterSelector: {}, ...content('team-wide') });
    const hold = { clusters: both, for: '1h', object: 'ConfigMap/ns-secret/held', reason: 'hidden' };
    await it.hub('POST', '/v1/policies/base-secret/holds', hold);
    for (const cluster of both)
      await it.kube(cluster, 'PATCH', '/api/v1/namespaces/ns-secret/configmaps/settings', { data: { a: 'edited' } });
    await until('both were healed', async () => {
      const { heals } = (await it.hub('GET', '/v1/fleet')).body as { heals: { policy: string; cluster: string }[] };
      return both.every((cluster) => heals.some((heal) => heal.policy === 'base-secret' && heal.cluster === cluster));
    });
  }
}
