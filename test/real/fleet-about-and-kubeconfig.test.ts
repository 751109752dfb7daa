import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until, type FleetFixture } from './fleet-fixture.ts';
import { makeLoginPlugin } from './login-plugin.ts';
import { clusterPropertyDefinition } from './standard-definitions.ts';
import { StandardsFleet } from './standards-fleet.ts';

const run = promisify(execFile);
const properties = '/apis/about.k8s.io/v1beta1/clusterproperties';

let standards: StandardsFleet;
let it: FleetFixture;
beforeAll(async () => {
  standards = await StandardsFleet.start();
  ({ it } = standards);
});
afterAll(() => it.stop());

describe('ClusterProperties', () => {
  const valueOf = async (cluster: string, name: string): Promise<string | undefined> => {
    const { body } = await it.kube(cluster, 'GET', `${properties}/${name}`);
    return (body as { readonly spec?: { readonly value: string } }).spec?.value;
  };

  test('say which cluster it is and in which set, as soon as the kind is there', { timeout: 120_000 }, async () => {
    await standards.bind('eu-1', 'accord-spoke-about');
    await standards.install('eu-1', clusterPropertyDefinition());
    await until('the id is there', async () => (await valueOf('eu-1', 'cluster.clusterset.k8s.io')) === standards.idOf.get('eu-1'));
    await until('the set is there', async () => (await valueOf('eu-1', 'clusterset.k8s.io')) === 'default');
    await it.relabel('eu-1', { env: 'prod', 'set.accord.dev/shops': '' });
    await until('the set has changed', async () => (await valueOf('eu-1', 'clusterset.k8s.io')) === 'shops');
    await it.relabel('eu-1', { env: 'prod' });
  });

  test('of somebody else stay, and the other one is written', { timeout: 120_000 }, async () => {
    await standards.install('us-1', clusterPropertyDefinition());
    const theirs = {
      apiVersion: 'about.k8s.io/v1beta1',
      kind: 'ClusterProperty',
      metadata: { name: 'clusterset.k8s.io' },
      spec: { value: 'theirs' },
    };
    await until('the kind is served', async () => (await it.status('us-1', properties)) === 200);
    expect((await it.kube('us-1', 'POST', properties, theirs)).status).toBe(201);
    await standards.bind('us-1', 'accord-spoke-about');
    await standards.restartSpoke('us-1');
    await until('the id is there', async () => (await valueOf('us-1', 'cluster.clusterset.k8s.io')) === standards.idOf.get('us-1'));
    expect(await valueOf('us-1', 'clusterset.k8s.io')).toBe('theirs');
  });
});

describe('accord kubeconfig', () => {
  test('kubectl reaches each cluster with a plugin, and the file keeps what it had', { timeout: 120_000 }, async () => {
    const tokens: Record<string, string> = {};
    for (const cluster of ['eu-1', 'us-1']) await standards.tellEndpoint(cluster);
    for (const cluster of ['eu-1', 'us-1']) tokens[cluster] = await standards.account(cluster, 'default/caller', 'list', 'nodes');
    const command = makeLoginPlugin(join(it.home, 'plugin dir'), tokens);
    const file = join(it.home, 'kubeconfig');
    await run('kubectl', ['config', '--kubeconfig', file, 'set-context', 'mine', '--namespace=here']);
    const written = await standards.accord('kubeconfig', '-l', 'env=prod', '--exec', `'${command}' --sso`, '-o', file);
    expect(written).toEqual({ code: 0, out: `${file}: 2 of 2 clusters\n`, err: '' });
    const contexts = await run('kubectl', ['config', '--kubeconfig', file, 'get-contexts', '-o', 'name']);
    expect(contexts.stdout.trim().split('\n').toSorted()).toEqual(['eu-1', 'mine', 'us-1']);
    for (const cluster of ['eu-1', 'us-1']) {
      const { stderr } = await run('kubectl', ['--kubeconfig', file, '--context', cluster, 'get', 'nodes']);
      expect(stderr).toMatch(/No resources found/);
      const asked = JSON.parse(readFileSync(join(it.home, 'plugin dir', `${cluster}.asked.json`), 'utf8')) as {
        readonly spec: { readonly cluster: { readonly server: string; readonly config: object } };
        readonly argv: readonly string[];
      };
      expect(asked.spec.cluster).toMatchObject({
        server: it.fleet.controlPlanes.cluster(cluster).url,
        config: { clusterID: standards.idOf.get(cluster) },
      });
      expect(asked.argv).toEqual(['--sso']);
    }
    await standards.patch('us-1', { apiEndpoint: null });
    const again = await standards.accord('kubeconfig', '-l', 'env=prod', '--exec', command.replace(' ', '\\ '), '-o', file);
    expect(again.err).toMatch(/^us-1: left out, since it has no apiEndpoint; set it with: kubectl .* patch cluster us-1 /);
    const left = await run('kubectl', ['config', '--kubeconfig', file, 'get-contexts', '-o', 'name']);
    expect(left.stdout.trim().split('\n').toSorted()).toEqual(['eu-1', 'mine']);
  });
});
