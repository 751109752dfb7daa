import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { FleetFixture } from './fleet-fixture.ts';

const run = promisify(execFile);
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** A fleet of two, `eu-1` and `us-1`, and what the tests of the standards do with it. */
export class StandardsFleet {
  readonly it: FleetFixture;
  readonly idOf: ReadonlyMap<string, string>;

  private constructor(it: FleetFixture, idOf: ReadonlyMap<string, string>) {
    this.it = it;
    this.idOf = idOf;
  }

  static async start(): Promise<StandardsFleet> {
    const names = ['eu-1', 'us-1'];
    const it = await FleetFixture.start(names.map((name) => ({ name, labels: { env: 'prod' } })));
    const ids = await Promise.all(names.map(async (name) => [name, (await it.credentialOf(name)).id] as const));
    return new StandardsFleet(it, new Map(ids));
  }

  /** As an administrator at the hub. */
  patch(name: string, spec: object): Promise<string> {
    return this.it.kubectl('hub', 'patch', 'cluster', name, '--type=merge', '-p', JSON.stringify({ spec }));
  }

  async alarmOf(cluster: string): Promise<string> {
    const { body } = await this.it.hub('GET', `/apis/accord.dev/v1alpha1/clusters/${cluster}`);
    return (body as { readonly status: { readonly alarms: readonly string[] } }).status.alarms.join('\n');
  }

  /** Runs the command that the alarm of a cluster ends in, as its owner. */
  async obeyAlarm(cluster: string): Promise<void> {
    const [, command = ''] = / with: (kubectl .*)$/.exec(await this.alarmOf(cluster)) ?? [];
    await run('sh', ['-c', command], { env: { ...process.env, KUBECONFIG: this.it.fleet.paths.cluster(cluster).kubeconfig } });
  }

  async install(cluster: string, definition: object): Promise<void> {
    const { name } = (definition as { readonly metadata: { readonly name: string } }).metadata;
    const path = `${definitions}/${name}`;
    const isThere = (await this.it.status(cluster, path)) === 200;
    const answer = await this.it.kube(cluster, isThere ? 'PATCH' : 'POST', isThere ? path : definitions, definition);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  }

  /** An account that may do nothing but this, and a token of it. */
  async account(cluster: string, at: string, verbs: string, resources: string): Promise<string> {
    const [namespace = '', name = ''] = at.split('/');
    const kubectl = (...words: readonly string[]): Promise<string> => this.it.kubectl(cluster, 'create', ...words);
    await kubectl('serviceaccount', name, '-n', namespace);
    await kubectl('clusterrole', name, `--verb=${verbs}`, `--resource=${resources}`);
    await kubectl('clusterrolebinding', name, `--clusterrole=${name}`, `--serviceaccount=${namespace}:${name}`);
    return (await kubectl('token', name, '-n', namespace)).trim();
  }

  /** Lets the spoke have one of its optional roles, across the cluster. */
  bind(cluster: string, role: string): Promise<string> {
    return this.it.kubectl(
      cluster,
      'create',
      'clusterrolebinding',
      role,
      `--clusterrole=${role}`,
      '--serviceaccount=accord-system:accord-spoke',
    );
  }

  async restartSpoke(cluster: string): Promise<void> {
    await this.it.fleet.killSpoke(cluster);
    await this.it.fleet.startSpoke(cluster);
  }

  /** Tells the hub how the cluster is really reached. */
  async tellEndpoint(cluster: string): Promise<void> {
    const { url, paths } = this.it.fleet.controlPlanes.cluster(cluster);
    const caBundle = readFileSync(paths.caFile).toString('base64');
    await this.patch(cluster, { apiEndpoint: url, caBundle, region: cluster.slice(0, 2) });
  }

  async accord(...words: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
    const env = { ...process.env, ACCORD_HOME: this.it.home, ACCORD_URL: '', ACCORD_TOKEN: '' };
    const child = spawn(new URL('../../accord', import.meta.url).pathname, words, { env });
    const [out, err] = [child.stdout, child.stderr].map((stream) => stream.setEncoding('utf8').toArray());
    const [code] = (await once(child, 'exit')) as [number];
    return { code, out: ((await out) ?? []).join(''), err: ((await err) ?? []).join('') };
  }
}
