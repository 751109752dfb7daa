import type { AccessRow } from '@accord/proto/api-access';
import { ManualClock } from '@accord/runtime/clock';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMemoryHub, type MemoryHub } from '../memory-hub.ts';

const clock = new ManualClock(Date.UTC(2026, 0, 1));
const policies = '/apis/accord.dev/v1alpha1/clusterpolicies';
let hub: MemoryHub;

function report(): void {
  hub.report('prod-1', 'shop', 'Applied');
  hub.report('prod-2', 'shop', 'Failed', 'it says no');
  hub.report('dev-1', 'shop', 'Applied');
}
const put = (name: string, spec: object): Promise<unknown> =>
  hub.call('PUT', `${policies}/${name}`, {
    body: { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name }, spec },
  });

beforeAll(async () => {
  hub = await startMemoryHub({ clock });
  for (const name of ['dev-1', 'prod-1', 'prod-2']) await hub.addCluster(name, { env: name.slice(0, -2) });
  const ci = { namespace: 'ci', name: 'bot' };
  await put('shop', {
    clusterSelector: {},
    namespaces: [{ name: 'shop', bindings: [{ clusterRole: 'view', groups: ['team'], serviceAccounts: [ci] }] }],
    overrides: [
      {
        clusterSelector: { matchLabels: { env: 'dev' } },
        patch: { namespaces: [{ name: 'shop', bindings: [{ clusterRole: 'edit', groups: ['team'] }] }] },
      },
    ],
  });
  await put('base', {
    clusterSelector: { matchLabels: { env: 'prod' } },
    clusterBindings: [{ clusterRole: 'view', users: ['carol'], until: '2026-01-01T02:00:00Z' }],
  });
  await put('gone', { clusterSelector: {}, clusterBindings: [{ clusterRole: 'view', users: ['mallory'] }] });
  hub.report('prod-1', 'gone', 'Applied');
  await hub.call('DELETE', `${policies}/gone`);
  report();
});
afterAll(() => hub.stop());

const tell = ({ subject, role, namespace, policy, until = '', clusters }: AccessRow): string =>
  [
    `${subject.kind} ${subject.namespace ?? ''}/${subject.name} ${role.kind} ${role.name} in ${namespace || '*'} by ${policy}`,
    ...(until === '' ? [] : [`until ${until}`]),
    `on ${clusters.names.join(' ')}, ${clusters.applied} of ${clusters.total}`,
  ].join(' ');

const carol = 'User /carol ClusterRole view in * by base until 2026-01-01T02:00:00.000Z on prod-1 prod-2, 0 of 2';
const edit = 'Group /team ClusterRole edit in shop by shop on dev-1, 1 of 1';
const view = 'Group /team ClusterRole view in shop by shop on prod-1 prod-2, 1 of 2';
const bot = 'ServiceAccount ci/bot ClusterRole view in shop by shop on prod-1 prod-2, 1 of 2';

async function rows(query = '', token = hub.adminToken): Promise<readonly string[]> {
  const { status, body } = await hub.call('GET', `/v1/access?${query}`, { token });
  expect([status, body.total]).toEqual([200, body.items.length]);
  return body.items.map(tell);
}

describe('GET /v1/access', () => {
  test.each([
    ['', [edit, view, bot, carol]],
    ['subject=team', [edit, view]],
    ['subject=Group/team&role=ClusterRole/edit', [edit]],
    ['subject=ServiceAccount/ci/bot', [bot]],
    ['subject=User/team', []],
    ['role=view', [view, bot, carol]],
    ['role=Role/view', []],
    ['namespace=shop&policy=base', [carol]],
    ['namespace=other', [carol]],
    ['policy=shop', [edit, view, bot]],
    ['cluster=dev-1', [edit]],
    ['cluster=prod-1&subject=carol', [carol.replace('prod-1 prod-2, 0 of 2', 'prod-1, 0 of 1')]],
    ['subject=mallory', []],
    ['subject=&role=&cluster=', [edit, view, bot, carol]],
  ])('%s gives the rows that hold', async (query, expected) => expect(await rows(query)).toEqual(expected));

  test('pages hold every row once, whatever their size', async () => {
    const paged: string[] = [];
    let next: string | undefined = '';
    while (next !== undefined) {
      const { body } = await hub.call('GET', `/v1/access?limit=1&continue=${next}`);
      expect([body.items.length, body.total]).toEqual([1, 4]);
      paged.push(...body.items.map(tell));
      next = body.continue;
    }
    expect(paged).toEqual([edit, view, bot, carol]);
  });

  test.each([
    ['cluster=prod-3', 404, 'Did you mean prod-1?'],
    ['cluster=elsewhere', 404, 'See what there is: kubectl get clusters'],
    ['policy=shup', 404, 'Did you mean shop?'],
    ['policy=gone', 404, 'See what there is: kubectl get clusterpolicies'],
    ['role=Clusterole/view', 400, 'Did you mean ClusterRole/view?'],
    ['subject=ServiceAccount/bot', 400, 'Write ServiceAccount/NAMESPACE/NAME.'],
    ['namespace=No_Name', 400, 'Write it as kubectl does.'],
    ['limit=many', 400, 'Write a number from 1 to 1000.'],
    ['continue=abc', 400, 'List again from the start.'],
  ])('%s is refused', async (query, status, help) => {
    const { status: answered, body } = await hub.call('GET', `/v1/access?${query}`);
    expect([answered, body.help]).toEqual([status, help]);
  });

  test('shows whoever is bound nothing from outside, and counts nothing else', async () => {
    const token = await hub.tokenWith({ role: 'viewer', clusters: { matchLabels: { env: 'prod' } }, policies: ['shop'] });
    expect(await rows('', token)).toEqual([view, bot]);
    expect(await rows('subject=carol', token)).toEqual([]);
    for (const query of ['cluster=dev-1', 'policy=base', 'policy=bas', 'cluster=dev-2']) {
      const { status, body } = await hub.call('GET', `/v1/access?${query}`, { token });
      expect([status, String(body.help).startsWith('See what there is')]).toEqual([404, true]);
    }
  });

  test('follows what changes: a grant that ends, clusters that fall silent, a label, a policy', async () => {
    clock.advance(2 * 3_600_000);
    expect(await rows()).toEqual([edit, view, bot].map((row) => row.replace(/\d of/, '0 of')));
    report();
    expect(await rows()).toEqual([edit, view, bot]);
    const { body } = await hub.call('GET', '/apis/accord.dev/v1alpha1/clusters/prod-2');
    await hub.call('PUT', '/apis/accord.dev/v1alpha1/clusters/prod-2', {
      body: { ...body, metadata: { ...body.metadata, labels: { env: 'dev' } } },
    });
    expect(await rows('subject=team')).toEqual([
      edit.replace('dev-1, 1 of 1', 'dev-1 prod-2, 1 of 2'),
      view.replace('prod-1 prod-2, 1 of 2', 'prod-1, 1 of 1'),
    ]);
    await put('shop', { clusterSelector: {}, clusterBindings: [{ clusterRole: 'view', groups: ['team'] }] });
    expect(await rows()).toEqual(['Group /team ClusterRole view in * by shop on dev-1 prod-1 prod-2, 0 of 3']);
  });
});
