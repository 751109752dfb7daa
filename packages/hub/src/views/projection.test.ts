import { foldFact } from '@accord/core/registry/registry';
import { clusterIdOf } from '@accord/proto/ids';
import { intentSubject } from '@accord/proto/subjects';
import { ManualClock } from '@accord/runtime/clock';
import { expect, test } from 'vitest';
import { Projection } from './projection.ts';

const id = clusterIdOf(new Uint8Array(16));

test('a cluster that has just joined is not called offline before it can have been heard', () => {
  const clock = new ManualClock(1_000_000);
  const projection = new Projection(clock, new Map());
  clock.advance(600_000);
  const body = { id, name: 'eu-1', publicKey: 'U', labels: {}, createdAtMs: clock.now() };
  const change = { id: 'cluster/eu-1@1', traceparent: '' };
  foldFact(projection.registry, intentSubject('cluster', id), { body, seq: 1, digest: new Uint8Array(), atMs: 0, actor: '', change });
  clock.advance(14_000);
  expect(projection.connectionOf(id).state).toBe('unknown');
  clock.advance(2_000);
  expect(projection.connectionOf(id)).toEqual({ state: 'offline', sinceMs: 1_600_000 });
});
