/** Events of a policy, for whoever looks with kubectl in the cluster. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';

const cluster = 'dev-1';
let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([{ name: cluster, labels: {} }]);
});
afterAll(() => it.stop());

interface KubeEvent {
  readonly reason: string;
  readonly type: string;
  readonly note: string;
  readonly regarding: { readonly name: string };
}
const events = async (policy: string): Promise<readonly string[]> => {
  const { body } = await it.kube(cluster, 'GET', '/apis/events.k8s.io/v1/namespaces/default/events?limit=500');
  const { items } = body as { readonly items: readonly KubeEvent[] };
  return items.filter(({ regarding }) => regarding.name === policy).map(({ reason, type, note }) => `${type} ${reason}: ${note}`);
};
const shows = (policy: string, what: RegExp): Promise<void> =>
  until(`an event ${String(what)}`, async () => (await events(policy)).some((event) => what.test(event)));
const policy = (value: string) => ({
  clusterSelector: {},
  namespaces: [{ name: 'shop', configMaps: [{ name: 'a', data: { a: value } }] }],
});
const path = '/api/v1/namespaces/shop/configmaps/a';

test('what a policy does, what others do to it, and what holds it up is in kubectl describe', async () => {
  await it.untilApplied('shop', await it.put('shop', policy('1')), [cluster]);
  await shows('shop', /^Normal Applied: revision 1 is in: 2 created, 0 changed, 0 removed$/);
  await it.edit(cluster, 'somebody-else', path, [{ op: 'replace', path: '/data/a', value: 'x' }]);
  await shows('shop', /^Normal DriftHealed: ConfigMap shop\/a: somebody-else changed \.data\.a, put back after \d+ ms$/);
  const described = await it.kubectl(cluster, 'describe', 'clusterpolicy', 'shop');
  expect(described).toMatch(/Normal\s+Applied\s.*revision 1 is in/);
  expect(described).toContain('accord.dev/spoke');
});

test('a policy that is refused says why, and one that leaves that it has', async () => {
  await it.put('broken', { clusterSelector: {}, namespaces: [{ name: 'shop', quota: { hard: { 'no such thing': '1' } } }] });
  await shows('broken', /^Warning ApplyFailed: revision 1 is not in: ResourceQuota shop\/accord-broken: .*no such thing/);
  await it.delete('broken');
  await shows('broken', /^Normal (Removed|Released): has left/);
});
