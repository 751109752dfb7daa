import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runHere } from '@accord/cli/scripted-hub';
import { connectNatsBus } from '@accord/bus/nats/nats-bus';
import { KubeClient } from '@accord/local/control-plane/kube-client';
import type { FleetCluster } from '@accord/local/fleet/fleet-clusters';
import { LocalFleet } from '@accord/local/fleet/local-fleet';
import type { Row, Rows } from '@accord/proto/api';
import { parseSeed } from '@accord/proto/keys';

const run = promisify(execFile);

export interface SpokeCredential {
  readonly seed: string;
  readonly id: string;
  readonly jwt: string;
  readonly servers: readonly string[];
  readonly ca?: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A fleet of real servers for one test file, with the short words that its tests speak. */
export class FleetFixture {
  readonly home: string = mkdtempSync(join(tmpdir(), 'accord-real-'));
  readonly fleet: LocalFleet;
  readonly #clients = new Map<string, KubeClient>();

  private constructor(clusters: readonly FleetCluster[], env: Readonly<Record<string, string>>) {
    this.fleet = new LocalFleet({ home: this.home, clusters, env: { ...process.env, ...env } });
  }

  /** `env` is added to the environment of this process. */
  static async start(clusters: readonly FleetCluster[], env: Readonly<Record<string, string>> = {}): Promise<FleetFixture> {
    const fixture = new FleetFixture(clusters, env);
    await fixture.fleet.start();
    return fixture;
  }

  async stop(): Promise<void> {
    for (const client of this.#clients.values()) client.close();
    await this.fleet.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  hub(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.fleet.hub.send(method, path, body);
  }

  /** What the command line says, as the first admin, on both outputs. */
  async accord(...words: readonly string[]): Promise<string> {
    const env = { ACCORD_URL: this.fleet.hub.url, ACCORD_TOKEN: readFileSync(this.fleet.paths.adminToken, 'utf8').trim() };
    const { out, err } = await runHere(words, env);
    return out + err;
  }

  /** Those of all clusters, as the hub shows them. */
  async alarms(): Promise<readonly string[]> {
    const { body } = await this.hub('GET', '/apis/accord.dev/v1alpha1/clusters');
    const { items } = body as { readonly items: readonly { readonly status: { readonly alarms: readonly string[] } }[] };
    return items.flatMap(({ status }) => status.alarms);
  }

  /** As an administrator of that cluster. */
  async kube(cluster: string, method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT', path: string, body?: unknown): Promise<Answer> {
    const contentType = method === 'PATCH' ? { contentType: 'application/merge-patch+json' } : {};
    return this.#client(cluster).send({ method, path, ...(body === undefined ? {} : { body }), ...contentType });
  }

  #client(cluster: string): KubeClient {
    const client = this.#clients.get(cluster) ?? this.fleet.controlPlanes.client(cluster);
    this.#clients.set(cluster, client);
    return client;
  }

  /** As somebody in that cluster who calls himself so, by JSON patch (RFC 6902). */
  async edit(cluster: string, manager: string, path: string, operations: readonly object[]): Promise<Answer> {
    const contentType = 'application/json-patch+json';
    const sent = { method: 'PATCH' as const, path: `${path}?fieldManager=${manager}`, body: operations, contentType };
    return this.#client(cluster).send(sent);
  }

  /** `where` is a cluster, or `hub`. */
  async kubectl(where: string, ...args: readonly string[]): Promise<string> {
    return (await this.kubectlSays(where, ...args)).stdout;
  }

  /** As `kubectl`, with the warnings. */
  kubectlSays(where: string, ...args: readonly string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
    const kubeconfig = where === 'hub' ? this.fleet.paths.hubKubeconfig : this.fleet.paths.cluster(where).kubeconfig;
    return run('kubectl', ['--kubeconfig', kubeconfig, ...args]);
  }

  /** Writes a policy and returns its revision. */
  async put(name: string, spec: unknown): Promise<number> {
    const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name }, spec };
    const answer = await this.hub('PUT', `/apis/accord.dev/v1alpha1/clusterpolicies/${name}`, body);
    if (answer.status > 201) throw new Error(`${name}: ${JSON.stringify(answer.body)}`);
    return (answer.body as { readonly metadata: { readonly generation: number } }).metadata.generation;
  }

  async delete(name: string): Promise<void> {
    await this.hub('DELETE', `/apis/accord.dev/v1alpha1/clusterpolicies/${name}`);
  }

  async relabel(cluster: string, labels: Readonly<Record<string, string>>): Promise<void> {
    const path = `/apis/accord.dev/v1alpha1/clusters/${cluster}`;
    for (;;) {
      const { body } = await this.hub('GET', path);
      const { metadata, ...rest } = body as { readonly metadata: { readonly name: string; readonly resourceVersion: string } };
      const answer = await this.hub('PUT', path, { ...rest, metadata: { ...metadata, labels } });
      if (answer.status === 200) return;
      // A credential that is renewed in between moves the version on, as anybody else's write does.
      if (answer.status !== 409) throw new Error(JSON.stringify(answer.body));
    }
  }

  async rows(policy: string): Promise<readonly Row[]> {
    const { body } = await this.hub('GET', `/v1/policies/${policy}/clusters`);
    return (body as Partial<Rows>).items ?? [];
  }

  async row(policy: string, cluster: string): Promise<Row | undefined> {
    return (await this.rows(policy)).find((row) => row.cluster === cluster);
  }

  /** Waits until the cluster says this of the revision that stands. */
  async untilState(policy: string, cluster: string, state: string, message = ''): Promise<void> {
    await until(`${policy} is ${state} on ${cluster}: ${message}`, async () => {
      const row = await this.row(policy, cluster);
      return row?.state === state && row.reportedRevision === row.revision && row.sentence.includes(message);
    });
  }

  /** The rows once every cluster has said that it has all there is, which comes with its next beat and so after the report. */
  async currentRows(policy: string): Promise<readonly Row[]> {
    let rows: readonly Row[] = [];
    await until(`all clusters of ${policy} are current`, async () => {
      rows = await this.rows(policy);
      return rows.every(({ sync }) => sync === 'current');
    });
    return rows;
  }

  /** Waits until the policy is applied, at this revision, on exactly these clusters. */
  async untilApplied(policy: string, revision: number, clusters: readonly string[]): Promise<void> {
    await until(`${policy}@${revision} is applied on ${clusters.join(', ')}`, async () => {
      const rows = await this.rows(policy);
      const isApplied = rows.every(({ state, reportedRevision }) => state === 'Applied' && reportedRevision >= revision);
      return (
        isApplied &&
        rows
          .map(({ cluster }) => cluster)
          .toSorted()
          .join() === [...clusters].toSorted().join()
      );
    });
  }

  /** What a thief with access to the cluster would find. */
  async credentialOf(cluster: string): Promise<SpokeCredential & { readonly desiredKeys: readonly string[] }> {
    const { body } = await this.kube(cluster, 'GET', '/api/v1/namespaces/accord-system/secrets/accord-spoke-credential');
    const fields = (body as { readonly data: Readonly<Record<string, string>> }).data;
    const text = (name: string): string => Buffer.from(fields[name] ?? '', 'base64').toString();
    return {
      seed: text('seed'),
      ...(JSON.parse(text('credential')) as Omit<SpokeCredential, 'seed'> & { readonly desiredKeys: readonly string[] }),
    };
  }

  async status(cluster: string, path: string): Promise<number> {
    return (await this.kube(cluster, 'GET', path)).status;
  }
}

/** Whether the bus lets this credential in. */
export async function canLogIn({ seed, id, jwt, servers, ca }: SpokeCredential): Promise<boolean> {
  const key = parseSeed('user', seed);
  const refused = new AbortController();
  try {
    const bus = await connectNatsBus({
      place: () => ({ servers, ca }),
      role: 'spoke',
      inboxPrefix: `_INBOX.${id}`,
      credential: () => ({ jwt, key }),
      onError: () => refused.abort(),
      signal: AbortSignal.any([refused.signal, AbortSignal.timeout(3_000)]),
    });
    await bus.close();
    return true;
  } catch {
    return false;
  }
}

/** Waits for a condition, and says what did not come true. It asks ever less often: questions take the time of those who are to answer. */
export async function until(what: string, condition: () => Promise<boolean>, limitMs = 30_000): Promise<void> {
  const endMs = performance.now() + limitMs;
  for (let pauseMs = 10; !(await condition().catch(() => false)); pauseMs = Math.min(pauseMs * 1.3, 100)) {
    if (performance.now() > endMs) throw new Error(`not within ${limitMs / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
