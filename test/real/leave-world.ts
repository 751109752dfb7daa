import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectNatsBus } from '@accord/bus/nats/nats-bus';
import { HubCredentials } from '@accord/hub/identity/hub-credentials';
import { openKeyRing } from '@accord/hub/identity/key-ring';
import { writePrivate } from '@accord/local/write-private';
import { systemClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { collectionPath } from '@accord/spoke/kube/object-path';
import { policyKinds } from '@accord/spoke/kube/own-kinds';
import { busOfHub } from '../bus-of-hub.ts';
import { until, type Answer, type FleetFixture } from './fleet-fixture.ts';

export interface Live {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly finalizers?: readonly string[];
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly data?: Readonly<Record<string, string>>;
}

export const configMap = (namespace: string, name: string): string => `/api/v1/namespaces/${namespace}/configmaps/${name}`;
export const ownSecret = (name: string): string => `/api/v1/namespaces/accord-system/secrets/accord-spoke-${name}`;
export const labelsOf = (cluster: string): Readonly<Record<string, string>> => ({ env: 'prod', of: cluster });
export const inAnHour = new Date(Date.now() + 3_600_000).toISOString();

/** A policy for one cluster, of more objects than the brake lets go unasked. */
export const shop = (cluster: string) => ({
  clusterSelector: { matchLabels: { of: cluster } },
  namespaces: [
    {
      name: 'shop',
      configMaps: Array.from({ length: 14 }, (_, at) => ({ name: `c${at}`, data: { a: '1' } })),
      bindings: [
        { clusterRole: 'view', groups: ['team'] },
        { clusterRole: 'edit', groups: ['team'], until: inAnHour },
      ],
    },
  ],
});

/** The words of tests about clusters that leave. */
export class LeaveWorld {
  readonly #it: FleetFixture;

  constructor(fixture: FleetFixture) {
    this.#it = fixture;
  }

  async read(cluster: string, path: string): Promise<Live> {
    return (await this.#it.kube(cluster, 'GET', path)).body as Live;
  }

  async put(name: string, cluster: string, spec: object = shop(cluster)): Promise<void> {
    await this.#it.untilApplied(name, await this.#it.put(name, spec), [cluster]);
  }

  leave(cluster: string, body: object): Promise<Answer> {
    return this.#it.hub('POST', `/v1/clusters/${cluster}/leave`, body);
  }

  async isMember(cluster: string): Promise<boolean> {
    return (await this.#it.hub('GET', `/apis/accord.dev/v1alpha1/clusters/${cluster}`)).status === 200;
  }

  async untilLeft(cluster: string): Promise<void> {
    const isGone = async () => (await this.#it.hub('GET', `/apis/accord.dev/v1alpha1/clusters/${cluster}`)).status === 404;
    await until(`${cluster} has left`, isGone, 60_000);
  }

  async untilForgotten(cluster: string): Promise<void> {
    for (const name of ['credential', 'sealing-keys'])
      await until(`${name} is deleted`, async () => (await this.#it.status(cluster, ownSecret(name))) === 404, 60_000);
  }

  /** A new token for a cluster that has left, where its spoke looks for it. */
  async invite(cluster: string): Promise<void> {
    const { status, body } = await this.#it.hub('POST', '/v1/join-tokens', { cluster, labels: labelsOf(cluster), mode: 'Enforce' });
    if (status !== 201) throw new Error(JSON.stringify(body));
    writePrivate(this.#it.fleet.controlPlanes.cluster(cluster).paths.joinToken, (body as { readonly token: string }).token);
  }

  /** What a cluster holds that carries our label, and mirrors. */
  async held(cluster: string): Promise<readonly string[]> {
    const paths = policyKinds.map((kind) => `${collectionPath(kind, undefined)}?labelSelector=accord.dev%2Fpolicy`);
    const mirrors = ['clusterpolicies', 'clusters'].map((plural) => `/apis/accord.dev/v1alpha1/${plural}`);
    const lists = await Promise.all(
      [...paths, ...mirrors].map(async (path) => (await this.#it.kube(cluster, 'GET', path)).body as { items: Live[] }),
    );
    return lists.flatMap(({ items }) => items.map(({ metadata }) => metadata.name)).toSorted();
  }

  /** Subjects under which the streams hold something of a cluster, by its id. */
  async stored(id: string): Promise<readonly string[]> {
    const { paths } = this.#it.fleet;
    const keys = openKeyRing(join(paths.hub, 'keys'), { mayCreate: false });
    const credential = new HubCredentials({ keys, role: 'hub', clock: systemClock, log: new ListLog() }).current;
    // Whoever waits for something here must hear of it when the bus does not answer.
    const signal = AbortSignal.timeout(20_000);
    const bus = await connectNatsBus({
      signal,
      place: () => busOfHub(paths.hub),
      role: 'hub',
      inboxPrefix: '_INBOX',
      credential,
      onError: () => undefined,
    });
    const found: string[] = [];
    for (const stream of ['FLEET', 'REPORTS', 'OUTCOMES'] as const) {
      const stop = new AbortController();
      let isWhole = false;
      for await (const message of bus.follow({ stream, filters: [], afterSeq: 0 }, AbortSignal.any([signal, stop.signal]))) {
        isWhole = message === 'caught-up';
        if (message === 'caught-up') break;
        // The members of its sets are told for a while that it has gone.
        if (message.subject.includes(id) && !message.subject.startsWith('desired.r.')) found.push(message.subject);
      }
      stop.abort();
      if (!isWhole) throw new Error(`${stream} was not read to its end`);
    }
    await bus.close();
    return found;
  }

  async untilReclaimed(id: string): Promise<void> {
    await until(`the streams hold nothing of ${id}`, async () => (await this.stored(id)).length === 0);
  }

  async healthOf(cluster: string): Promise<string> {
    const ports = JSON.parse(readFileSync(this.#it.fleet.paths.ports, 'utf8')) as Readonly<Record<string, number>>;
    return (await fetch(`http://127.0.0.1:${ports[`spoke/${cluster}`]}/healthz`)).text();
  }

  logOf(file: string): string {
    return readFileSync(join(this.#it.fleet.paths.logs, file), 'utf8');
  }
}
