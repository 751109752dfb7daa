import { CodedError } from '@accord/proto/coded-error';
import { objectKey } from '@accord/proto/ids';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { describe, expect, test } from 'vitest';
import type { KindRef, Selection, WatchEvent } from '../kube/kube.ts';
import { watchCauses, type IsMeant } from './watch-causes.ts';

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

async function world() {
  const clock = new ManualClock(1_000_000);
  const stop = new AbortController();
  const open = new Map<string, { readonly kind: KindRef; readonly onEvent: (event: WatchEvent) => void; fail: (error: Error) => void }>();
  const watch = (kind: KindRef, { fieldSelector = kind.kind }: Selection, onEvent: (event: WatchEvent) => void): Promise<void> =>
    new Promise((_resolve, reject) => open.set(fieldSelector, { kind, onEvent, fail: reject }));
  const told: IsMeant[] = [];
  void watchCauses({ kube: { watch }, clock, log: new ListLog(), onChange: (isMeant) => told.push(isMeant) }, stop.signal);
  const show = async (name: string, cause: string, type: 'present' | 'gone' = 'present'): Promise<void> => {
    const { kind, onEvent } = open.get(cause) ?? expect.fail(cause);
    const meta = { uid: 'u', resourceVersion: '1', labels: {}, annotations: {}, managedFields: [], deletionTimestamp: undefined };
    onEvent({ type, key: objectKey(kind.group, kind.kind, undefined, name), ref: { kind, namespace: undefined, name }, meta });
    clock.advance(0);
    await settle();
  };
  const elapse = async (ms: number): Promise<void> => {
    for (let step = 0; step < ms; step += 100) {
      clock.advance(100);
      await settle();
    }
  };
  const listed = (cause: string): void => open.get(cause)?.onEvent({ type: 'listed' });
  return { open, told, show, elapse, listed, stop };
}
const crds = 'CustomResourceDefinition';
const widget = objectKey('example.com', 'Widget', 'team', 'a');

describe('watchCauses', () => {
  test('what is there from the start is no news; what comes later wakes who misses a kind of that group', async () => {
    const { told, show, listed, stop } = await world();
    await show('widgets.example.com', crds);
    expect(told).toEqual([]);
    listed(crds);
    await show('widgets.example.com', crds);
    const [isMeant] = told;
    expect([
      isMeant?.('NoSuchKind', widget),
      isMeant?.('NotReady', widget),
      isMeant?.('Forbidden', widget),
      isMeant?.('NoSuchKind', objectKey('other.example.com', 'Widget', 'team', 'a')),
    ]).toEqual([true, true, false, false]);
    stop.abort();
  });

  test('it is told a few times, as the server is behind its own events for a moment, and then no more', async () => {
    const { told, show, elapse, listed, stop } = await world();
    listed(crds);
    await show('widgets.example.com', crds);
    await elapse(1_000);
    expect(told.length).toBe(3);
    await elapse(60_000);
    expect(told.length).toBe(5);
    stop.abort();
  });

  const causes = ['accord-spoke-manifests', 'accord-spoke-ceiling', 'accord-spoke-apply', 'accord-spoke-rbacadmin'];
  test.each(causes)('a change of the role or binding %s wakes whoever was refused', async (name) => {
    const { told, show, listed, stop } = await world();
    listed(`metadata.name=${name}`);
    await show(name, `metadata.name=${name}`);
    const reasons = ['Forbidden', 'GuardRail', 'Escalation', 'Invalid', 'NoSuchKind'];
    expect(reasons.map((reason) => told[0]?.(reason, widget))).toEqual([true, true, true, false, false]);
    stop.abort();
  });

  test('a watch that is refused is opened again', async () => {
    const { open, told, show, elapse, listed, stop } = await world();
    open.get(crds)?.fail(new CodedError('forbidden', 'no'));
    open.delete(crds);
    await elapse(61_000);
    listed(crds);
    await show('widgets.example.com', crds);
    expect(told.length).toBeGreaterThan(0);
    stop.abort();
  });
});
