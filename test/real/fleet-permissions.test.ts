import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';

let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([{ name: 'eu-1', labels: { env: 'prod' } }]);
});
afterAll(() => it.stop());

const role = 'accord-spoke-rbacadmin';
const bind = (name: string) =>
  it.kubectl('eu-1', 'create', 'clusterrolebinding', name, `--clusterrole=${role}`, '--serviceaccount=accord-system:accord-spoke');
const unbind = (name: string) => it.kubectl('eu-1', 'delete', 'clusterrolebinding', name);
const permissions = async (where: 'hub' | 'eu-1'): Promise<string> => {
  const path = '/apis/accord.dev/v1alpha1/clusters/eu-1';
  const { body } = where === 'hub' ? await it.hub('GET', path) : await it.kube('eu-1', 'GET', path);
  return (body as { readonly status: { readonly spoke: { readonly permissions: string } } }).status.spoke.permissions;
};
const untilTier = (tier: string) =>
  until(`both say ${tier}`, async () => (await permissions('hub')) === tier && (await permissions('eu-1')) === tier, 60_000);

test('a tier that is bound or taken away while the spoke runs is seen at once', { timeout: 180_000 }, async () => {
  await untilTier('Standard');
  await bind(role);
  await untilTier('RBACAdmin');
  await unbind(role);
  await untilTier('Standard');
});

test('under a name that nobody knows it is seen with the next refusal', { timeout: 120_000 }, async () => {
  await bind('as-the-owner-calls-it');
  const spec = {
    rules: [
      {
        host: 'shop.example',
        http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'a', port: { number: 80 } } } }] },
      },
    ],
  };
  const manifest = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'shop', namespace: 'shop' }, spec };
  expect(await permissions('hub')).toBe('Standard');
  await it.put('shop', { clusterSelector: {}, namespaces: [{ name: 'shop' }], objects: [{ id: 'shop', manifest }] });
  await until('it is refused', async () => (await it.rows('shop')).some(({ reason }) => reason === 'Forbidden'), 60_000);
  await untilTier('RBACAdmin');
});
