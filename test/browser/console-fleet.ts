import type { Row } from '@accord/proto/api';
import type { Browser } from 'playwright-core';
import { ensureConsole } from '@accord/local/builds/console-bundle';
import type { FleetCluster } from '@accord/local/fleet/fleet-clusters';
import { FleetFixture, until } from '../real/fleet-fixture.ts';
import { Visit, type VisitOptions } from './visit.ts';

/** A fleet with the console as it stands in the sources. */
export async function startWithConsole(clusters: readonly FleetCluster[]): Promise<FleetFixture> {
  await ensureConsole(new AbortController().signal);
  return await FleetFixture.start(clusters);
}

/** Three clusters, of which the owner of one refuses what the others take. */
export async function startConsoleFleet(): Promise<FleetFixture> {
  const it = await startWithConsole([
    { name: 'prod-eu-1', labels: { env: 'prod', region: 'eu' } },
    { name: 'prod-us-1', labels: { env: 'prod', region: 'us' } },
    { name: 'dev-eu-1', labels: { env: 'dev', region: 'eu' } },
  ]);
  await guardAgainst(it, 'prod-us-1');
  return it;
}

/** As the owner of the cluster, who allows nothing but what is there at least; resolves when the spoke knows. */
export async function guardAgainst(it: FleetFixture, cluster: string): Promise<void> {
  const guardrails = '/apis/accord.dev/v1alpha1/guardrails';
  const spec = { allowedKinds: ['core/*', 'rbac.authorization.k8s.io/*'] };
  const guardrail = { apiVersion: 'accord.dev/v1alpha1', kind: 'Guardrail', metadata: { name: 'default' }, spec };
  await it.kube(cluster, 'DELETE', `${guardrails}/default`);
  await it.kube(cluster, 'POST', guardrails, guardrail);
  await until('the spoke has read the Guardrail', async () => {
    const { body } = await it.kube(cluster, 'GET', `${guardrails}/default`);
    return (body as { readonly status?: { readonly conditions?: unknown } }).status?.conditions !== undefined;
  });
}

export const prod = { clusterSelector: { matchLabels: { env: 'prod' } } };

/** A namespace with a quota and a binding, on production. */
export const shopIn = (name: string): object => ({
  ...prod,
  namespaces: [{ name, quota: { hard: { pods: '5' } }, bindings: [{ clusterRole: 'view', groups: ['team'] }] }],
});
export const shop = shopIn('shop');

/** Has a kind that the owner of `prod-us-1` does not allow. */
export const walled = { ...prod, namespaces: [{ name: 'walled', networkPolicies: [{ name: 'deny', spec: { podSelector: {} } }] }] };

/** Waits until a policy stands like this on the clusters: `prod-eu-1 Applied`. */
export async function untilStands(it: FleetFixture, policy: string, wanted: readonly string[]): Promise<void> {
  let seen: readonly Row[] = [];
  await until(`${policy} stands as ${wanted.join(', ')}`, async () => {
    seen = await it.rows(policy);
    const settled = seen.every(({ reportedRevision, revision, sync }) => reportedRevision === revision && sync === 'current');
    return settled && seen.map(({ cluster, state }) => `${cluster} ${state}`).join() === wanted.join();
  }).catch((cause: unknown) => {
    throw new Error(`${policy} stands so: ${seen.map(({ sentence, sync }) => `${sentence} (${sync})`).join(' ')}`, { cause });
  });
}

/** By a link as the command line makes it. */
export async function signIn(it: FleetFixture, browser: Browser, options: VisitOptions = {}): Promise<Visit> {
  const { body } = await it.hub('POST', '/v1/console/links');
  const visit = await Visit.begin(browser, options);
  await visit.open((body as { readonly url: string }).url);
  return visit;
}
