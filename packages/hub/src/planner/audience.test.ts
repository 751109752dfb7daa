import type { ClusterFact } from '@accord/core/registry/facts';
import { emptyRegistry, type Recorded } from '@accord/core/registry/registry';
import type { Link } from '@accord/core/view/connections';
import { clusterIdOf } from '@accord/proto/ids';
import { anchorAll, clusterAnchor, labelAnchor, setAnchor } from '@accord/proto/subjects';
import { ManualClock } from '@accord/runtime/clock';
import { expect, test } from 'vitest';
import { Audience } from './audience.ts';

test('who is connected is counted at each anchor that he reads, anew after five', () => {
  const registry = emptyRegistry();
  const ids = [0, 1, 2].map((byte) => clusterIdOf(new Uint8Array(16).fill(byte)));
  for (const [at, id] of ids.entries()) {
    const body = { id, name: `c-${at}`, publicKey: `U${at}`, labels: { env: at === 0 ? 'prod' : 'dev' } } as unknown as ClusterFact;
    registry.clusters.set(id, { body } as Recorded<ClusterFact>);
  }
  const connected = new Set(['U0', 'U1']);
  const clock = new ManualClock(0);
  const linkOf = (key: string): Link => ({ open: connected.has(key) ? 1 : 0, openedAt: undefined, closedAt: undefined });
  const { readersOf } = new Audience({ registry, connections: { linkOf }, clock });
  const counts = (): readonly number[] =>
    [anchorAll, labelAnchor('env', 'dev'), setAnchor('default'), ...ids.map(clusterAnchor), setAnchor('nobody')].map(readersOf);
  expect(counts()).toEqual([2, 1, 2, 1, 1, 0, 0]);
  connected.add('U2');
  expect(counts()).toEqual([2, 1, 2, 1, 1, 0, 0]);
  clock.advance(5_000);
  expect(counts()).toEqual([3, 2, 3, 1, 1, 1, 0]);
});
