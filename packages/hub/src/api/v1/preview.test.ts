import { readGuardrail } from '@accord/core/guard/guardrail';
import { tellGuardrail } from '@accord/core/guard/told-guardrail';
import { foldSummary } from '@accord/core/view/reported';
import type { Preview } from '@accord/proto/api';
import type { ClusterId } from '@accord/proto/ids';
import { summaryCodec } from '@accord/proto/messages';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startMemoryHub, type MemoryHub } from '../memory-hub.ts';

let hub: MemoryHub;
beforeEach(async () => {
  hub = await startMemoryHub();
  await hub.addCluster('dev', { env: 'dev' });
  await hub.addCluster('prod', { env: 'prod' });
});
afterEach(() => hub.stop());

const edit = { clusterRole: 'view', groups: ['team'] };
const policy = (spec: object = {}): object => ({
  apiVersion: 'accord.dev/v1alpha1',
  kind: 'ClusterPolicy',
  metadata: { name: 'pay' },
  spec: { clusterSelector: { matchLabels: { env: 'prod' } }, namespaces: [{ name: 'pay', bindings: [edit] }], ...spec },
});
const put = (spec: object = {}): Promise<unknown> =>
  hub.call('PUT', '/apis/accord.dev/v1alpha1/clusterpolicies/pay', { body: policy(spec) });

/** As if the spoke of that cluster had told it. */
function tell(id: ClusterId, guardrail: object): void {
  const facts = { guardrail: tellGuardrail(readGuardrail(guardrail), 1) };
  const summary = summaryCodec.decode(summaryCodec.encode({ lastBoot: 1, lastN: 1, facts } as never));
  foldSummary(hub.deps.projection.reported, id, summary, hub.deps.clock.now());
}

describe('preview', () => {
  const preview = async (spec: object): Promise<Preview> =>
    (await hub.call('POST', '/v1/preview', { body: { object: policy(spec) } })).body;

  test('says where, what and who, and stores nothing', async () => {
    const seen = await preview({});
    expect(seen.selected).toEqual(['prod']);
    expect(seen.notSelected).toEqual([{ cluster: 'dev', because: 'env is dev, wanted prod' }]);
    expect(seen.objects).toEqual({ prod: ['Namespace pay', 'RoleBinding pay/accord:pay:view'] });
    expect(seen.change).toEqual({ add: 2, change: 0, remove: 0 });
    expect(seen.access.gained).toEqual([{ cluster: 'prod', subject: 'Group team', role: 'ClusterRole view', namespace: 'pay' }]);
    expect((await hub.call('GET', '/v1/fleet')).body.policies).toBe(0);
  });

  test('lists clusters by name everywhere, in whatever order they joined', async () => {
    await hub.addCluster('a-prod', { env: 'prod' });
    const seen = await preview({});
    expect([seen.selected, seen.access.gained.map(({ cluster }) => cluster)]).toEqual([
      ['a-prod', 'prod'],
      ['a-prod', 'prod'],
    ]);
  });

  test('names what the owner of a cluster would refuse there, and nothing of clusters that it does not select', async () => {
    const ids = await Promise.all(['eu-1', 'us-1'].map((name) => hub.addCluster(name, { env: 'prod' })));
    tell(ids[0] as ClusterId, { bindableRoles: ['edit'] });
    tell(ids[1] as ClusterId, { bindableRoles: ['view'] });
    const dev = [...hub.deps.projection.registry.clusters.values()].find(({ body }) => body.name === 'dev');
    tell(dev?.body.id ?? expect.unreachable('it was added'), { maxLocalHold: 'long' });
    const seen = await preview({});
    expect(seen.refused).toEqual([
      {
        cluster: 'eu-1',
        object: 'RoleBinding pay/accord:pay:view',
        reason: 'BindableRoles',
        message: 'policies may not bind ClusterRole view',
      },
    ]);
    expect(seen.change.add).toBe(6);
    const shown = await Promise.all(['/apis/accord.dev/v1alpha1/clusters/eu-1', '/v1/clusters/eu-1'].map((url) => hub.call('GET', url)));
    const guardrail = { generation: 1, spec: { bindableRoles: ['edit'], maxObjects: 5_000, maxLocalHold: '8h' }, unlisted: {} };
    expect([shown[0]?.body.status.guardrail, shown[1]?.body.guardrail]).toEqual([guardrail, guardrail]);
  });

  test('compares with what is there: a policy that moves is removed here and added there', async () => {
    await put();
    const moved = await preview({ clusterSelector: { matchLabels: { env: 'dev' } } });
    // The namespace stays, because a namespace is given back and never deleted.
    expect(moved.change).toEqual({ add: 2, change: 0, remove: 1 });
    expect(moved.access.lost.map(({ cluster }) => cluster)).toEqual(['prod']);
    expect((await preview({})).change).toEqual({ add: 0, change: 0, remove: 0 });
  });

  test('says what differs from what is stored, and takes a default that is written out for none', async () => {
    expect((await preview({})).against).toMatchObject({
      revision: 0,
      differences: expect.arrayContaining([{ path: '.spec', to: expect.anything() }]),
    });
    await put();
    expect((await preview({ priority: 100 })).against).toEqual({ revision: 1, differences: [] });
    const path = '.spec.clusterSelector.matchLabels.env';
    const moved = await preview({ clusterSelector: { matchLabels: { env: 'dev' } } });
    expect(moved.against).toEqual({ revision: 1, differences: [{ path, from: 'prod', to: 'dev' }] });
  });

  test('names an entry for each namespace once, as only the cluster knows which it has', async () => {
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
    const objects = [{ id: 'a', eachNamespace: true, manifest }];
    const seen = await preview({ namespaces: [], namespaceSelector: { selector: {} }, objects });
    expect([seen.lint, seen.objects]).toEqual([
      [],
      { prod: ['ConfigMap a in each selected namespace: how many there are, only the cluster knows'] },
    ]);
    expect(seen.change).toEqual({ add: 1, change: 0, remove: 0 });
  });

  test('lists the faults of a policy that would be refused', async () => {
    const { lint, objects } = await preview({ clusterBindings: [{ clusterRole: 'cluster-admin', users: ['eve'] }] });
    expect([lint.map(({ code }) => code), objects]).toEqual([['ClusterAdmin'], {}]);
  });
});
