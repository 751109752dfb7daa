import type { Browser } from 'playwright-core';
import { FleetFixture, until } from '../real/fleet-fixture.ts';
import { Visit, type VisitOptions } from './visit.ts';

/** What every browser test looks at: three clusters, of which one refuses what another takes. */
export async function startConsoleFleet(): Promise<FleetFixture> {
  const it = await FleetFixture.start([
    { name: 'prod-eu-1', labels: { env: 'prod', region: 'eu' } },
    { name: 'prod-us-1', labels: { env: 'prod', region: 'us' } },
    { name: 'dev-eu-1', labels: { env: 'dev', region: 'eu' } },
  ]);
  const guardrail = { apiVersion: 'accord.dev/v1alpha1', kind: 'Guardrail', metadata: { name: 'default' } };
  const spec = { allowedKinds: ['core/*', 'rbac.authorization.k8s.io/*'] };
  await it.kube('prod-us-1', 'POST', '/apis/accord.dev/v1alpha1/guardrails', { ...guardrail, spec });
  return it;
}

export const prod = { clusterSelector: { matchLabels: { env: 'prod' } } };

/** A namespace with a quota, on production. */
export const shop = {
  ...prod,
  namespaces: [{ name: 'shop', quota: { hard: { pods: '5' } }, bindings: [{ clusterRole: 'view', groups: ['team'] }] }],
};

/** Has a kind that the owner of `prod-us-1` does not allow. */
export const walled = { ...prod, namespaces: [{ name: 'walled', networkPolicies: [{ name: 'deny', spec: { podSelector: {} } }] }] };

/** Waits until a policy stands like this on the clusters: `prod-eu-1 Applied`. */
export async function untilStands(it: FleetFixture, policy: string, wanted: readonly string[]): Promise<void> {
  await until(`${policy} stands as ${wanted.join(', ')}`, async () => {
    const rows = await it.rows(policy);
    const settled = rows.every(({ reportedRevision, revision, sync }) => reportedRevision === revision && sync === 'current');
    return settled && rows.map(({ cluster, state }) => `${cluster} ${state}`).join() === wanted.join();
  });
}

/** By a link as the command line makes it. */
export async function signIn(it: FleetFixture, browser: Browser, options: VisitOptions = {}): Promise<Visit> {
  const { body } = await it.hub('POST', '/v1/console/links');
  const visit = await Visit.begin(browser, options);
  await visit.open((body as { readonly url: string }).url);
  return visit;
}
