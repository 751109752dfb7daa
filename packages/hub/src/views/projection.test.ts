import { anchorsOfFact } from '@accord/core/cluster/anchors-of';
import { syncDigest } from '@accord/core/cluster/sync-digest';
import type { PublishedFleet } from '@accord/core/fleet/plan-fleet';
import { Entries } from '@accord/core/follow/entries';
import type { ClusterFact } from '@accord/core/registry/facts';
import { foldFact } from '@accord/core/registry/registry';
import { clusterIdOf } from '@accord/proto/ids';
import { beatCodec, type Beat } from '@accord/proto/messages';
import { anchorAll, clusterAnchor, intentSubject, type Anchor } from '@accord/proto/subjects';
import { ManualClock } from '@accord/runtime/clock';
import { expect, test } from 'vitest';
import { Projection } from './projection.ts';

const id = clusterIdOf(new Uint8Array(16));
const change = { id: 'cluster/eu-1@1', traceparent: '' };

function world() {
  const clock = new ManualClock(1_000_000);
  const published: PublishedFleet = new Map();
  const projection = new Projection(clock, published);
  clock.advance(600_000);
  const body = { id, name: 'eu-1', publicKey: 'U', labels: { env: 'prod' }, createdAtMs: clock.now() } as unknown as ClusterFact;
  foldFact(projection.registry, intentSubject('cluster', id), { body, seq: 1, digest: new Uint8Array(), atMs: 0, actor: '', change });
  const publish = (anchor: Anchor, version: number): void =>
    void published.set(anchor, { epoch: 1, version, seq: version, entries: new Entries() });
  const beatOf = (versions: Readonly<Record<Anchor, number>>): Beat => {
    const positions = anchorsOfFact(body).flatMap((anchor) => ({ anchor, epoch: 1, version: versions[anchor] ?? 0 }));
    return beatCodec.decode(beatCodec.encode({ epoch: 1, syncDigest: syncDigest(positions) }));
  };
  return { clock, projection, publish, beatOf };
}

test('a cluster that has just joined is not called offline before it can have been heard', () => {
  const { clock, projection } = world();
  clock.advance(14_000);
  expect(projection.connectionOf(id).state).toBe('unknown');
  clock.advance(2_000);
  expect(projection.connectionOf(id)).toEqual({ state: 'offline', sinceMs: 1_600_000 });
});

test('a cluster is behind as soon as something is published where it reads, and nowhere else', () => {
  const { projection, publish, beatOf } = world();
  publish(anchorAll, 3);
  projection.beat(id, beatOf({ [anchorAll]: 3 }));
  publish(clusterAnchor(clusterIdOf(new Uint8Array(16).fill(9))), 1);
  expect(projection.syncOf(id)).toBe('current');
  publish(anchorAll, 4);
  expect(projection.syncOf(id)).toBe('behind');
  projection.beat(id, beatOf({ [anchorAll]: 4 }));
  expect(projection.syncOf(id)).toBe('current');
});

test('a cluster that keeps up with what is published all the time is not asked', () => {
  const { clock, projection, publish, beatOf } = world();
  for (let version = 1; version < 10; version += 1) {
    publish(anchorAll, version);
    projection.beat(id, beatOf({ [anchorAll]: version }));
    publish(anchorAll, version + 1);
    clock.advance(2_000);
    expect([projection.syncOf(id), projection.takeLagging()]).toEqual(['behind', []]);
  }
});

/** Beats of two seconds, as long as `beats`; what the hub says of it then, and how often it was asked. */
function beatOn({ clock, projection }: ReturnType<typeof world>, beats: number, beat: (n: number) => Beat): string {
  let asked = 0;
  for (let n = 0; n < beats; n += 1) {
    projection.beat(id, beat(n));
    clock.advance(2_000);
    asked += projection.takeLagging().length;
  }
  return `${projection.syncOf(id)}, asked ${asked} times`;
}

test('a cluster that lacks something is asked to look again, and is stuck when that does not help', () => {
  const it = world();
  it.publish(anchorAll, 4);
  const lacking = () => it.beatOf({ [anchorAll]: 3 });
  expect(beatOn(it, 4, lacking)).toBe('behind, asked 0 times');
  expect(beatOn(it, 15, lacking)).toBe('behind, asked 3 times');
  expect(beatOn(it, 1, lacking)).toBe('stuck, asked 1 times');
  it.publish(anchorAll, 5);
  expect(it.projection.syncOf(id)).toBe('stuck');
  it.projection.beat(id, it.beatOf({ [anchorAll]: 5 }));
  expect(it.projection.syncOf(id)).toBe('current');
});

test('one that takes something all the time is behind for as long as it lasts, and not stuck', () => {
  const it = world();
  it.publish(anchorAll, 1_000);
  expect(beatOn(it, 60, (n) => it.beatOf({ [anchorAll]: n + 1 }))).toBe('behind, asked 12 times');
});

test('one that is not heard any more is offline and behind, and not stuck, and when it comes back it is on its way', () => {
  const it = world();
  it.publish(anchorAll, 4);
  expect(beatOn(it, 30, () => it.beatOf({ [anchorAll]: 3 }))).toContain('stuck');
  it.clock.advance(10_000);
  expect([it.projection.connectionOf(id).state, it.projection.syncOf(id)]).toEqual(['offline', 'behind']);
  it.projection.beat(id, it.beatOf({ [anchorAll]: 3 }));
  expect([it.projection.connectionOf(id).state, it.projection.syncOf(id)]).toEqual(['live', 'behind']);
});
