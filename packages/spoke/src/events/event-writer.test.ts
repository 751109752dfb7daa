import type { PolicyEvent } from '@accord/core/events/events-of';
import { CodedError } from '@accord/proto/coded-error';
import type { JsonObject } from '@accord/proto/canonical';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { afterEach, expect, test } from 'vitest';
import type { Kube } from '../kube/kube.ts';
import { EventWriter } from './event-writer.ts';

let stop = new AbortController();
afterEach(() => {
  stop.abort();
  stop = new AbortController();
});

const event = (n: number): PolicyEvent => ({
  ...{ type: 'Normal', reason: 'DriftHealed', action: 'Heal', policy: 'team' as PolicyName },
  ...{ object: '/ConfigMap/payments/settings' as ObjectKey, note: `note ${n}` },
});
const many = (count: number): readonly PolicyEvent[] => Array.from({ length: count }, (_, n) => event(n));

function world() {
  const clock = new ManualClock(Date.UTC(2026, 0, 1));
  const state = { mayWrite: true, fails: false };
  const written: JsonObject[] = [];
  const apply = async (_ref: unknown, body: JsonObject) => {
    if (state.fails) throw new CodedError('unavailable', 'no answer');
    written.push(body);
    return { outcome: 'created', meta: {} };
  };
  const kube = { apply } as unknown as Pick<Kube, 'apply'>;
  const deps = { kube, uidOf: () => 'uid-1', instance: 'pod-1', mayWrite: () => state.mayWrite, clock, log: new ListLog() };
  const writer = new EventWriter(deps);
  void writer.loop.run(stop.signal);
  const elapse = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 250) {
      clock.advance(Math.min(250, left));
      for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
    }
  };
  return { state, written, writer, elapse };
}

test('an event regards the mirror of its policy, names the object, and waits until changes have gone first', async () => {
  const { written, writer, elapse } = world();
  await elapse(250);
  writer.add([event(1)]);
  expect(written).toEqual([]);
  await elapse(750);
  expect(written).toEqual([
    {
      ...{ apiVersion: 'events.k8s.io/v1', kind: 'Event' },
      metadata: { name: expect.stringMatching(/^team\.[0-9a-f]+\.1$/), namespace: 'default' },
      eventTime: '2026-01-01T00:00:00.250000Z',
      ...{ reportingController: 'accord.dev/spoke', reportingInstance: 'pod-1' },
      ...{ type: 'Normal', reason: 'DriftHealed', action: 'Heal', note: 'note 1' },
      regarding: { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', name: 'team', uid: 'uid-1' },
      related: { kind: 'ConfigMap', namespace: 'payments', name: 'settings' },
    },
  ]);
});

test('of a storm some are written at once, then one at a time, and the rest is dropped', async () => {
  const { written, writer, elapse } = world();
  writer.add(many(1_000));
  await elapse(1_000);
  expect(written.length).toBe(25);
  await elapse(20_000);
  expect(written.length).toBeLessThanOrEqual(36);
  await elapse(600_000);
  expect(written.length).toBe(100);
  expect(new Set(written.map(({ metadata }) => (metadata as JsonObject)['name'])).size).toBe(100);
});

test('a spoke that does not hold the lease writes none, and what the API server does not take is dropped', async () => {
  const { state, written, writer, elapse } = world();
  state.mayWrite = false;
  writer.add([event(1)]);
  await elapse(5_000);
  expect(written).toEqual([]);
  Object.assign(state, { mayWrite: true, fails: true });
  await elapse(5_000);
  state.fails = false;
  writer.add([event(2)]);
  await elapse(5_000);
  expect(written.map(({ note }) => note)).toEqual(['note 2']);
});
