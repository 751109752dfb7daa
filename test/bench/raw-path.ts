import { randomBytes } from 'node:crypto';
import { ensureStreams } from '@accord/bus/nats/ensure-streams';
import { connectNatsBus, type NatsBus } from '@accord/bus/nats/nats-bus';
import type { ClusterId } from '@accord/proto/ids';
import type { KeyPair } from '@accord/proto/keys';
import { startNatsServer } from '../real/nats-server.ts';
import { benchCluster, type BenchFleet } from './bench-fleet.ts';
import { configMap, incompressible, paced, type Change, type Series } from './publish-changes.ts';
import type { RestClient } from './rest-client.ts';
import { Sightings } from './sightings.ts';
import type { SeenObject } from './watch-objects.ts';

const id = 'a'.repeat(26) as ClusterId;

/**
 * What one change needs and nothing else, as the reference of figures 1 and 2: three appends that are on disk when they are
 * acknowledged, one live message, the object and its mirror side by side at the API server with the spoke's account and under its guard
 * rails, one stored answer. Nothing is parsed, compiled, signed or verified, and one warm process plays both ends.
 */
export class RawPath {
  readonly #hub: NatsBus;
  readonly #spoke: NatsBus;
  readonly #kube: RestClient;
  readonly #live = new Sightings<string>();
  readonly #answers = new Sightings<string>();
  readonly #stopServer: () => Promise<void>;
  #revision = 0;

  private constructor(buses: { readonly hub: NatsBus; readonly spoke: NatsBus }, kube: RestClient, stopServer: () => Promise<void>) {
    this.#hub = buses.hub;
    this.#spoke = buses.spoke;
    this.#kube = kube;
    this.#stopServer = stopServer;
  }

  static async open(bench: BenchFleet): Promise<RawPath> {
    const server = await startNatsServer({ clusterId: id });
    const connect = (key: KeyPair, inboxPrefix: string): Promise<NatsBus> =>
      connectNatsBus({
        place: () => server.place,
        role: 'hub',
        inboxPrefix,
        credential: () => ({ jwt: '', key }),
        onError: () => undefined,
      });
    const [hub, spoke] = await Promise.all([connect(server.hubKey, '_INBOX'), connect(server.spokeKey, `_INBOX.${id}`)]);
    await ensureStreams(hub, { replicas: 1 });
    const raw = new RawPath({ hub, spoke }, bench.client(benchCluster, 'spoke'), () => server.stop());
    await spoke.subscribe('live.desired.all.>', ({ subject }) => raw.#live.see(subject), bench.signal);
    await hub.subscribe('outcome.*', ({ body }) => raw.#answers.see(Buffer.from(body).toString()), bench.signal);
    return raw;
  }

  /** Runs while no spoke does: it would remove what no policy of the hub wants. Cleans up behind itself. */
  async series(watch: Sightings<SeenObject>, series: Series): Promise<Change[]> {
    const changes = await paced(series, (n) => this.#change(watch, `${series.prefix}-${n}`, series.bytes));
    for (let n = 0; n < series.count; n += 1)
      for (const path of [objectPath(`${series.prefix}-${n}`), mirrorPath(`${series.prefix}-${n}`)])
        await this.#kube.require({ method: 'DELETE', path });
    return changes;
  }

  async #change(watch: Sightings<SeenObject>, name: string, bytes: number): Promise<Change> {
    const object = labelled(configMap(name, incompressible(bytes)), name);
    const envelope = randomBytes(bytes + 600);
    const received = this.#live.next(`live ${name}`, (subject) => subject.endsWith(`.${name}`));
    const shown = watch.next(`ConfigMap ${name}`, (seen) => seen.object.metadata.name === name);
    const answered = this.#answers.next(`answer ${name}`, (text) => text === name);
    const t0 = performance.now();
    await this.#hub.append([{ subject: `intent.policy.${name}`, body: envelope, expectSeq: 0 }], `i.${name}`);
    await this.#append(name, envelope);
    await received;
    await Promise.all([this.#apply(objectPath(name), object), this.#apply(mirrorPath(name), mirrorOf(name, object))]);
    await this.#spoke.request(`outcome.${id}`, Buffer.from(name), { timeoutMs: 5_000, msgId: `o.${name}` });
    return { t1: (await shown) - t0, t2: (await answered) - t0 };
  }

  /** The index is behind an expectation in the product; here its subject is fresh each time, which costs the server the same. */
  async #append(name: string, envelope: Uint8Array): Promise<void> {
    this.#revision += 1;
    const index = { subject: `index.l.raw.${this.#revision}`, body: randomBytes(200), expectSeq: 0 };
    await this.#hub.append([{ subject: `desired.all.${name}`, body: envelope }, index], `f.${name}`);
  }

  async #apply(path: string, body: object): Promise<void> {
    const query = '?fieldManager=accord&force=true&fieldValidation=Strict';
    await this.#kube.require({ method: 'PATCH', path: path + query, body, contentType: 'application/apply-patch+yaml' });
  }

  async close(): Promise<void> {
    await Promise.all([this.#hub.close(), this.#spoke.close()]);
    await this.#stopServer();
  }
}

const objectPath = (name: string): string => `/api/v1/namespaces/bench/configmaps/${name}`;
const mirrorPath = (name: string): string => `/apis/accord.dev/v1alpha1/clusterpolicies/${name}`;

function labelled(object: object, policy: string): object {
  const { metadata, ...rest } = object as { readonly metadata: object };
  const marks = {
    labels: { 'accord.dev/policy': policy },
    annotations: { 'accord.dev/origin': 'Created', 'accord.dev/applied-hash': 'f'.repeat(64) },
  };
  return { ...rest, metadata: { ...metadata, ...marks } };
}

function mirrorOf(name: string, manifest: object): object {
  const metadata = { name, annotations: { 'accord.dev/statement': randomBytes(300).toString('base64') } };
  const spec = {
    mode: 'Enforce',
    priority: 100,
    match: 'MustHave',
    prune: 'IfCreated',
    objects: [{ id: 'one', manifest, order: 0, deletion: 'Prune' }],
    epoch: 1,
    revision: 1,
  };
  return { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata, spec };
}
