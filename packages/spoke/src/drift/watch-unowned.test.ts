import { CodedError } from '@accord/proto/coded-error';
import { objectKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import type { ManagedFieldsEntry } from '@accord/proto/managed-fields-entry';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { describe, expect, test } from 'vitest';
import type { KindRef, Kube, Selection, WatchEvent } from '../kube/kube.ts';
import { configMapKind } from '../kube/own-kinds.ts';
import { WatchUnowned } from './watch-unowned.ts';

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
const config = (name: string): ObjectKey => objectKey('', 'ConfigMap', 'shop', name);
const policy = (name: string): PolicyName => name as PolicyName;
const entry = (time: string, subresource = ''): ManagedFieldsEntry => ({
  ...{ manager: 'kubectl', operation: 'Update', apiVersion: 'v1', time, subresource, fieldsV1: {} },
});

/** A server that serves ConfigMaps, once it does, and shows what the test says. */
function world() {
  const clock = new ManualClock(1_000_000);
  const stop = new AbortController();
  const woken: string[] = [];
  const open: { readonly selection: Selection; readonly onEvent: (event: WatchEvent) => void }[] = [];
  let asked = 0;
  let fault: CodedError | undefined;
  const watch = async (_kind: KindRef, selection: Selection, onEvent: (event: WatchEvent) => void, signal: AbortSignal): Promise<void> => {
    asked += 1;
    if (fault !== undefined) throw fault;
    const stream = { selection, onEvent };
    open.push(stream);
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    open.splice(open.indexOf(stream), 1);
  };
  const servedAs = async ({ kind }: { readonly kind: string }) => (kind === 'ConfigMap' ? configMapKind : undefined);
  const kube = { watch, servedAs } as unknown as Kube;
  const unowned = new WatchUnowned({ kube, mark: (all) => woken.push(...all), clock, log: new ListLog() }, stop.signal);
  let version = 0;
  const show = (name: string, type: 'present' | 'gone', ...managedFields: ManagedFieldsEntry[]): void => {
    version += 1;
    const meta = {
      ...{ uid: 'u', labels: {}, annotations: {}, deletionTimestamp: undefined },
      resourceVersion: `${version}`,
      managedFields,
    };
    const ref = { kind: configMapKind, namespace: 'shop', name };
    for (const { selection, onEvent } of open)
      if (selection.isTold?.(config(name)) !== false) onEvent({ type, key: config(name), ref, meta });
  };
  return {
    ...{ unowned, open, show, stop, asked: () => asked },
    wakes: () => woken.splice(0),
    concern: async (name: string, ...keys: readonly ObjectKey[]) => {
      unowned.concern(policy(name), keys);
      await settle();
    },
    listed: () => open.forEach(({ onEvent }) => onEvent({ type: 'listed' })),
    fail: (now: CodedError | undefined) => (fault = now),
    elapse: async (ms: number) => {
      clock.advance(ms);
      await settle();
    },
  };
}

describe('WatchUnowned', () => {
  test('watches a kind once, without a selector, for as long as it concerns a policy', async () => {
    const { unowned, open, concern, stop } = world();
    await concern('a', config('x'), config('y'));
    await concern('b', config('y'));
    expect([open.length, open[0]?.selection.labelSelector, unowned.size]).toEqual([1, undefined, { kinds: 1, objects: 2 }]);
    await concern('a');
    expect([open.length, unowned.size]).toEqual([1, { kinds: 1, objects: 1 }]);
    await concern('b');
    expect([open.length, unowned.size]).toEqual([0, { kinds: 0, objects: 0 }]);
    stop.abort();
  });

  test('keeps nothing of what concerns nobody, and asks to be told nothing of it', async () => {
    const { unowned, open, show, concern, listed, wakes, stop } = world();
    await concern('a', config('x'));
    listed();
    wakes();
    expect([open[0]?.selection.isTold?.(config('x')), open[0]?.selection.isTold?.(config('other'))]).toEqual([true, false]);
    for (let at = 0; at < 1_000; at += 1) show(`other-${at}`, 'present', entry('1'));
    expect([unowned.size, wakes()]).toEqual([{ kinds: 1, objects: 1 }, []]);
    stop.abort();
  });

  test('wakes exactly the policies that an object concerns, when it is written, made or taken away', async () => {
    const { show, concern, listed, wakes, elapse, stop } = world();
    await concern('a', config('x'));
    await concern('b', config('y'));
    show('x', 'present', entry('1'));
    // What is there at first is looked at once the list is complete: it may be older than what was seen of it.
    expect(wakes()).toEqual([]);
    listed();
    expect(wakes()).toEqual(['a', 'b']);
    show('x', 'present', entry('2'));
    expect(wakes()).toEqual(['a']);
    await elapse(5_000);
    show('x', 'gone');
    expect(wakes()).toEqual(['a']);
    await elapse(5_000);
    show('y', 'present', entry('1'));
    expect(wakes()).toEqual(['b']);
    stop.abort();
  });

  test('a status that is written all the time wakes nobody', async () => {
    const { show, concern, listed, wakes, stop } = world();
    await concern('a', config('x'));
    show('x', 'present', entry('1'), entry('1', 'status'));
    listed();
    wakes();
    for (let time = 2; time < 9; time += 1) show('x', 'present', entry('1'), entry(`${time}`, 'status'));
    expect(wakes()).toEqual([]);
    stop.abort();
  });

  test('what is written all the time wakes a policy at once, and then once in five seconds', async () => {
    const { show, concern, listed, wakes, elapse, stop } = world();
    await concern('a', config('x'));
    listed();
    wakes();
    for (let time = 0; time < 9; time += 1) show('x', 'present', entry(`${time}`));
    expect(wakes()).toEqual(['a']);
    await elapse(4_999);
    expect(wakes()).toEqual([]);
    await elapse(1);
    expect(wakes()).toEqual(['a']);
    await elapse(60_000);
    expect(wakes()).toEqual([]);
    stop.abort();
  });

  test('an object that is new to a watch that runs may have changed before, so that its policy is looked at once more', async () => {
    const { concern, listed, wakes, stop } = world();
    await concern('a', config('x'));
    listed();
    wakes();
    await concern('b', config('y'));
    expect(wakes()).toEqual(['b']);
    await concern('b', config('y'));
    expect(wakes()).toEqual([]);
    stop.abort();
  });

  test('a list that is taken anew wakes everybody whom the kind concerns: something may have gone meanwhile', async () => {
    const { concern, listed, wakes, stop } = world();
    await concern('a', config('x'), config('y'));
    listed();
    listed();
    expect(wakes()).toEqual(['a', 'a']);
    stop.abort();
  });

  test('Secrets, pods, events and leases are not watched', async () => {
    const { unowned, concern, stop } = world();
    const kinds = [
      ['', 'Secret'],
      ['', 'Pod'],
      ['', 'Event'],
      ['events.k8s.io', 'Event'],
      ['coordination.k8s.io', 'Lease'],
    ];
    await concern('a', ...kinds.map(([group = '', kind = '']) => objectKey(group, kind, 'shop', 'x')));
    expect(unowned.size).toEqual({ kinds: 0, objects: 0 });
    stop.abort();
  });

  test('what may not be watched is tried again after a minute', async () => {
    const { concern, asked, fail, elapse, open, stop } = world();
    fail(new CodedError('forbidden', 'watch configmaps: not permitted'));
    await concern('a', config('x'));
    expect(asked()).toBe(1);
    fail(undefined);
    await elapse(60_000);
    expect([asked(), open.length]).toEqual([2, 1]);
    stop.abort();
  });
});
