/** What everybody is told of a cluster that is live and takes nothing that is published. */
import { askAfterMs, stuckAfterMs } from '@accord/core/view/lag';
import { beatCodec } from '@accord/proto/messages';
import { ManualClock } from '@accord/runtime/clock';
import { expect, test } from 'vitest';
import { startMemoryHub } from './memory-hub.ts';

const lacking = beatCodec.decode(beatCodec.encode({ syncDigest: new Uint8Array(32).fill(7) }));

test('it is counted as stuck and not as applied, wherever it is shown, until it takes something', async () => {
  const clock = new ManualClock(1_700_000_000_000);
  const hub = await startMemoryHub({ clock });
  const read = async (url: string) => (await hub.call('GET', url)).body;
  try {
    const id = await hub.addCluster('eu-1', { env: 'prod' });
    const spec = { clusterSelector: { matchLabels: { env: 'prod' } } };
    const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name: 'pay' }, spec };
    await hub.call('PUT', '/apis/accord.dev/v1alpha1/clusterpolicies/pay', { body });
    hub.report('eu-1', 'pay', 'Applied');
    const told = async () => {
      const [fleet, row] = [await read('/v1/fleet'), (await read('/v1/policies/pay/clusters')).items[0]];
      const { status } = await read('/apis/accord.dev/v1alpha1/clusters/eu-1');
      const policy = await read('/apis/accord.dev/v1alpha1/clusterpolicies/pay');
      const conditions = [status, policy.status].map(({ conditions: [ready] }) => `${ready.status} ${ready.reason}`);
      return [row.sync, JSON.stringify(fleet.rows), `${fleet.clusters.behind} behind, ${fleet.clusters.stuck} stuck`, ...conditions];
    };
    for (let ms = 0; ms <= askAfterMs + stuckAfterMs; ms += 2_000) {
      hub.deps.projection.beat(id, lacking);
      hub.deps.projection.takeLagging();
      clock.advance(2_000);
    }
    expect(await told()).toEqual(['stuck', '{"Stuck":1}', '0 behind, 1 stuck', 'True Stuck', 'Unknown Stuck']);
    expect((await read('/v1/clusters?sync=stuck')).total).toBe(1);
    hub.report('eu-1', 'pay', 'Applied');
    expect(await told()).toEqual(['current', '{"Applied":1}', '0 behind, 0 stuck', 'True Connected', 'True Applied']);
  } finally {
    await hub.stop();
  }
});
