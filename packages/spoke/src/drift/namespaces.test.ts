import type { ClusterNamespace } from '@accord/core/desired/fan-out';
import { CodedError } from '@accord/proto/coded-error';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { describe, expect, test } from 'vitest';
import type { Kube, ObjectMeta, WatchEvent } from '../kube/kube.ts';
import { namespaceKind } from '../kube/own-kinds.ts';
import { keyOf } from '../kube/ref-key.ts';
import { Namespaces } from './namespaces.ts';
import { watchNamespaces } from './watch-namespaces.ts';

const event = (type: 'present' | 'gone', name: string, labels: object = {}, more: Partial<ObjectMeta> = {}): WatchEvent => {
  const ref = { kind: namespaceKind, namespace: undefined, name };
  const meta = { uid: name, resourceVersion: '1', labels: { ...labels }, annotations: {}, managedFields: [], deletionTimestamp: undefined };
  return { type, key: keyOf(ref), ref, meta: { ...meta, ...more } };
};

const startMs = 1_000_000;
const longestMs = 3_600_000;
const held = (minutes: number, more: object = {}): Partial<ObjectMeta> => ({
  annotations: { 'accord.dev/hold-until': new Date(startMs + minutes * 60_000).toISOString(), ...more },
});

function listened() {
  const said: string[] = [];
  const word = (namespace: ClusterNamespace | undefined): string =>
    namespace === undefined
      ? 'nothing'
      : `${namespace.name}${JSON.stringify(namespace.labels)}${namespace.isTerminating ? ' terminating' : ''}`;
  const clock = new ManualClock(startMs);
  const namespaces = new Namespaces(clock, {
    onChange: (before, after) => said.push(`${word(before)} → ${word(after)}`),
    onKnown: () => said.push('known'),
    onHold: () => said.push('hold'),
    longestHoldMs: () => longestMs,
  });
  return { namespaces, clock, said: () => said.splice(0) };
}

describe('Namespaces', () => {
  test('are known only when all have been listed', () => {
    const { namespaces, said } = listened();
    namespaces.onEvent(event('present', 'a'));
    expect([namespaces.isListed(), namespaces.isKnown(), namespaces.all()]).toEqual([false, false, undefined]);
    namespaces.onEvent({ type: 'listed' });
    expect([namespaces.isListed(), [...(namespaces.all() ?? [])].map(({ name }) => name)]).toEqual([true, ['a']]);
    expect(said()).toEqual(['nothing → a{}', 'known']);
  });

  test('tell of what changes a label or is being deleted, and of nothing else', () => {
    const { namespaces, said } = listened();
    namespaces.onEvent(event('present', 'a', { team: 'shop' }));
    said();
    namespaces.onEvent(event('present', 'a', { team: 'shop' }, { resourceVersion: '2', annotations: { more: 'x' } }));
    expect(said()).toEqual([]);
    namespaces.onEvent(event('present', 'a', { team: 'pay' }));
    namespaces.onEvent(event('present', 'a', { team: 'pay' }, { deletionTimestamp: '2026-01-01T00:00:00Z' }));
    namespaces.onEvent(event('gone', 'a'));
    namespaces.onEvent(event('gone', 'a'));
    expect(said()).toEqual([
      'a{"team":"shop"} → a{"team":"pay"}',
      'a{"team":"pay"} → a{"team":"pay"} terminating',
      'a{"team":"pay"} terminating → nothing',
    ]);
  });

  test('keep of five thousand no more than name, labels and whether they are being deleted', () => {
    const { namespaces } = listened();
    const managedFields = [{ manager: 'm', operation: 'Apply', apiVersion: 'v1', time: '', subresource: '', fieldsV1: {} }];
    for (let at = 0; at < 5_000; at += 1)
      namespaces.onEvent(event('present', `n${at}`, { team: 'shop' }, { managedFields, annotations: { long: 'x'.repeat(100) } }));
    namespaces.onEvent({ type: 'listed' });
    const all = [...(namespaces.all() ?? [])];
    expect(all).toHaveLength(5_000);
    expect(new Set(all.flatMap((namespace) => Object.keys(namespace)))).toEqual(new Set(['name', 'labels', 'isTerminating']));
    for (let at = 0; at < 5_000; at += 1) namespaces.onEvent(event('gone', `n${at}`));
    expect([...(namespaces.all() ?? [])]).toEqual([]);
  });

  test('that somebody holds are held until then, whoever made them, and tell when that begins and ends', () => {
    const { namespaces, clock, said } = listened();
    namespaces.onEvent(event('present', 'a', {}, held(10, { 'accord.dev/hold-reason': 'INC-1' })));
    expect(said()).toEqual(['hold', 'nothing → a{}']);
    expect(namespaces.holdOf('a')).toMatchObject({ endMs: startMs + 600_000, reason: 'INC-1' });
    // Other changes of it begin nothing anew.
    clock.advance(60_000);
    namespaces.onEvent(event('present', 'a', {}, { ...held(10), resourceVersion: '2' }));
    namespaces.noteEnds(clock.now());
    expect(said()).toEqual([]);
    clock.advance(540_000);
    namespaces.noteEnds(clock.now());
    namespaces.noteEnds(clock.now());
    expect(said()).toEqual(['hold']);
    namespaces.onEvent(event('present', 'a', {}, held(900)));
    expect([said(), namespaces.holdOf('a')?.endMs]).toEqual([['hold'], clock.now() + longestMs]);
    namespaces.onEvent(event('present', 'a'));
    expect([said(), namespaces.holdOf('a')]).toEqual([['hold'], undefined]);
  });

  test('that are held and go while nobody looks hold nothing', () => {
    const { namespaces, said } = listened();
    namespaces.onEvent(event('present', 'a', {}, held(10)));
    namespaces.onEvent({ type: 'listed' });
    namespaces.expectListing();
    said();
    namespaces.onEvent({ type: 'listed' });
    expect([said(), namespaces.holdOf('a')]).toEqual([['hold', 'a{} → nothing', 'known'], undefined]);
  });

  test('that went while nobody looked are gone when the next list is complete', () => {
    const { namespaces, said } = listened();
    namespaces.onEvent(event('present', 'a'));
    namespaces.onEvent(event('present', 'b'));
    namespaces.onEvent({ type: 'listed' });
    said();
    namespaces.expectListing();
    namespaces.onEvent(event('present', 'b'));
    expect([namespaces.isListed(), namespaces.get('a')?.name]).toEqual([false, 'a']);
    namespaces.onEvent({ type: 'listed' });
    expect(said()).toEqual(['a{} → nothing', 'known']);
  });
});

describe('watchNamespaces', () => {
  test('a spoke that may not see them waits no longer, does not call them listed, and asks again', async () => {
    const { namespaces } = listened();
    const clock = new ManualClock(1_000_000);
    const stop = new AbortController();
    let isAllowed = false;
    const watch: Kube['watch'] = async (kind, selection, onEvent, signal) => {
      expect([kind, selection]).toEqual([namespaceKind, {}]);
      if (!isAllowed) throw new CodedError('forbidden', 'watch namespaces: not permitted');
      onEvent({ type: 'listed' });
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    };
    const settle = async (): Promise<void> => {
      for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    };
    const running = watchNamespaces({ kube: { watch } as Kube, namespaces, clock, log: new ListLog() }, stop.signal);
    await settle();
    expect([namespaces.isListed(), namespaces.isKnown()]).toEqual([false, true]);
    isAllowed = true;
    clock.advance(61_000);
    await settle();
    expect([namespaces.isListed(), namespaces.isKnown()]).toEqual([true, true]);
    namespaces.cannotWatch();
    expect([namespaces.isListed(), namespaces.isKnown()]).toEqual([false, true]);
    stop.abort();
    clock.advance(61_000);
    await running;
  });
});
