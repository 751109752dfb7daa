import { CodedError, type ErrorCode } from '@accord/proto/coded-error';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { describe, expect, test } from 'vitest';
import type { KindRef, Kube, Selection, WatchEvent } from '../kube/kube.ts';
import { secretsGrantKey } from '@accord/core/policy/sealed-secrets';
import { objectKey } from '@accord/proto/ids';
import { ownerLabel } from '@accord/proto/labels';
import { configMapKind, policyKinds } from '../kube/own-kinds.ts';
import { OwnedObjects } from './owned-objects.ts';
import { WatchOwned } from './watch-owned.ts';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const gadgetKind: KindRef = { group: 'example.com', version: 'v1', kind: 'Gadget', resource: 'gadgets', namespaced: true };

/** A server that refuses watches of a kind until it is told to serve them. */
function world(code: ErrorCode) {
  const clock = new ManualClock(1_000_000);
  const stop = new AbortController();
  const owned = new OwnedObjects(
    clock,
    { onDrift: () => undefined, onEverything: () => undefined, onSecretsGrant: () => undefined, longestHoldMs: () => 0 },
    stop.signal,
  );
  let isServed = false;
  let asked = 0;
  const watch = async (_kind: unknown, _selection: unknown, onEvent: (event: WatchEvent) => void, signal: AbortSignal): Promise<void> => {
    asked += 1;
    await settle();
    if (!isServed && code === 'unavailable') await new Promise((resolve) => signal.addEventListener('abort', resolve));
    if (!isServed) throw new CodedError(code, 'watch configmaps: no');
    onEvent({ type: 'listed' });
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  };
  const servedAs = async (): Promise<KindRef | undefined> => (isServed ? gadgetKind : undefined);
  const watches = new WatchOwned({ kube: { watch, servedAs } as unknown as Kube, owned, clock, log: new ListLog() }, stop.signal);
  const elapse = async (seconds: number): Promise<void> => {
    await settle();
    clock.advance(seconds * 1_000);
    for (let turn = 0; turn < 5; turn += 1) await settle();
  };
  return { owned, watches, elapse, asked: () => asked, serve: () => (isServed = true), stop };
}

describe('WatchOwned', () => {
  test('a kind that could not be watched is watched as soon as the server lets it, and nothing else waits for that', async () => {
    const { owned, watches, elapse, asked, serve, stop } = world('forbidden');
    watches.watch(configMapKind);
    // Before anybody knows what is there nothing is applied; what cannot be seen at all is no reason to wait.
    expect(owned.isKnown()).toBe(false);
    await elapse(1);
    expect([asked(), owned.isKnown()]).toEqual([1, true]);
    serve();
    await elapse(120);
    expect([asked(), owned.isKnown()]).toEqual([2, true]);
    stop.abort();
  });

  test('a kind that the server does not serve has no objects, so nothing waits for its list', async () => {
    const { owned, watches, elapse, stop } = world('not-found');
    watches.watch(configMapKind);
    await elapse(1);
    expect(owned.isKnown()).toBe(true);
    stop.abort();
  });

  test('a kind that is met when something is applied holds up nothing while it is listed', async () => {
    const { owned, watches, stop } = world('unavailable');
    watches.watch(gadgetKind, { isLate: true });
    expect(owned.isKnown()).toBe(true);
    stop.abort();
  });

  test('a kind that does not answer at the start holds up everything for ten seconds and no longer', async () => {
    const { owned, watches, elapse, stop } = world('unavailable');
    watches.watch(gadgetKind);
    await elapse(9);
    expect(owned.isKnown()).toBe(false);
    await elapse(1);
    expect(owned.isKnown()).toBe(true);
    stop.abort();
  });

  test('what typed parts make is waited for, however long it takes: somebody may hold it', async () => {
    const { owned, watches, elapse, stop } = world('unavailable');
    watches.watch(configMapKind);
    await elapse(60);
    expect(owned.isKnown()).toBe(false);
    stop.abort();
  });

  test('a kind that is gone holds up nothing, and is watched again as soon as one of it is applied', async () => {
    const { owned, watches, elapse, asked, serve, stop } = world('not-found');
    watches.watch(gadgetKind);
    await elapse(1);
    for (let minutes = 0; minutes < 3; minutes += 1) {
      await elapse(61);
      expect([asked(), owned.isKnown()]).toEqual([1, true]);
    }
    serve();
    watches.watch(gadgetKind, { isLate: true });
    await elapse(1);
    expect([asked(), owned.isKnown()]).toEqual([2, true]);
    stop.abort();
  });
});

describe('a version that is not served any more', () => {
  const older: KindRef = { ...gadgetKind, version: 'v1beta1' };

  /** A server with one gadget of a policy that serves what `served` says; undefined while it does not answer. */
  function versionsWorld() {
    const clock = new ManualClock(1_000_000);
    const stop = new AbortController();
    const woken: string[] = [];
    const listeners = { onEverything: () => undefined, onSecretsGrant: () => undefined, longestHoldMs: () => 0 };
    const owned = new OwnedObjects(clock, { ...listeners, onDrift: (policy) => woken.push(policy) }, stop.signal);
    let answers: KindRef | 'nothing' | undefined = older;
    const watched: string[] = [];
    let end = new AbortController();
    const ref = { kind: older, namespace: 'shop', name: 'a' };
    const key = objectKey(older.group, older.kind, 'shop', 'a');
    const meta = { uid: 'u', resourceVersion: '1', labels: { [ownerLabel]: 'p' }, annotations: {}, managedFields: [] };
    const watch = async (kind: KindRef, _selection: unknown, onEvent: (event: WatchEvent) => void): Promise<void> => {
      watched.push(kind.version);
      onEvent({ type: 'present', key, ref: { ...ref, kind }, meta: { ...meta, deletionTimestamp: undefined } });
      onEvent({ type: 'listed' });
      await new Promise((resolve) => end.signal.addEventListener('abort', resolve));
      throw new CodedError('not-found', 'watch gadgets: status 404');
    };
    const servedAs = async (): Promise<KindRef | undefined> => {
      if (answers === undefined) throw new CodedError('unavailable', 'no answer');
      return answers === 'nothing' ? undefined : answers;
    };
    const watches = new WatchOwned({ kube: { watch, servedAs } as unknown as Kube, owned, clock, log: new ListLog() }, stop.signal);
    watches.watch(older);
    owned.begin(key)({ ref, meta: { ...meta, deletionTimestamp: undefined } });
    woken.splice(0);
    const serve = async (now: KindRef | 'nothing' | undefined): Promise<void> => {
      answers = now;
      const ending = end;
      end = new AbortController();
      ending.abort();
      for (let turn = 0; turn < 5; turn += 1) await settle();
    };
    return { owned, watches, watched, woken, serve, stop, held: () => owned.get(key) };
  }

  test('is watched in the one that is served, and its objects stay known and are looked at', async () => {
    const { watches, watched, woken, serve, stop, held } = versionsWorld();
    await serve(gadgetKind);
    expect([watched, watches.kinds().map(({ apiVersion }) => apiVersion)]).toEqual([['v1beta1', 'v1'], ['example.com/v1']]);
    expect([held()?.ref.kind.version, held()?.intact, new Set(woken)]).toEqual(['v1', false, new Set(['p'])]);
    stop.abort();
  });

  test('is given up only where the server serves none: an answer that does not come says nothing', async () => {
    const { serve, stop, held } = versionsWorld();
    await serve(undefined);
    expect(held()?.ref.kind.version).toBe('v1beta1');
    stop.abort();
    const gone = versionsWorld();
    await gone.serve('nothing');
    expect(gone.held()).toBeUndefined();
    gone.stop.abort();
  });
});

describe('Secrets', () => {
  const bindingKind = policyKinds.find(({ kind }) => kind === 'RoleBinding') ?? configMapKind;

  function secretsWorld() {
    const stop = new AbortController();
    const open: string[] = [];
    const tell = new Map<string, (event: WatchEvent) => void>();
    const watch = async (
      kind: { readonly kind: string },
      { namespace = '*' }: Selection,
      onEvent: (event: WatchEvent) => void,
      signal: AbortSignal,
    ) => {
      const name = `${kind.kind} in ${namespace}`;
      open.push(name);
      tell.set(name, onEvent);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      open.splice(open.indexOf(name), 1);
    };
    const owned: OwnedObjects = new OwnedObjects(
      new ManualClock(1),
      {
        onDrift: () => undefined,
        onEverything: () => undefined,
        longestHoldMs: () => 0,
        onSecretsGrant: (namespace, isGranted) => watches.watchSecrets(namespace, isGranted),
      },
      stop.signal,
    );
    const watches: WatchOwned = new WatchOwned(
      { kube: { watch } as unknown as Kube, owned, clock: new ManualClock(1), log: new ListLog() },
      stop.signal,
    );
    const ref = { kind: bindingKind, namespace: 'shop', name: 'accord-spoke-secrets' };
    const meta = (resourceVersion: string) => ({
      ...{ uid: 'u', resourceVersion, annotations: {}, managedFields: [], deletionTimestamp: undefined },
      labels: { [ownerLabel]: 'p' },
    });
    const bindings = 'RoleBinding in *';
    const binding = (type: 'present' | 'gone', version: string): void =>
      tell.get(bindings)?.({ type, key: secretsGrantKey('shop'), ref, meta: meta(version) });
    const listed = (name: string): void => tell.get(name)?.({ type: 'listed' });
    watches.watch(bindingKind);
    return { owned, watches, stop, open, binding, listed, bindings };
  }

  test('are watched in the namespaces that the spoke may read, for as long as it may', async () => {
    const { open, binding, listed, bindings, owned, watches, stop } = secretsWorld();
    expect(open).toEqual([bindings]);
    binding('present', '1');
    expect(open).toEqual([bindings, 'Secret in shop']);
    // What was there before this process is looked at before anything is applied or removed.
    listed(bindings);
    expect(owned.isKnown()).toBe(false);
    listed('Secret in shop');
    expect(owned.isKnown()).toBe(true);
    expect(watches.kinds().map(({ kind }) => kind)).toEqual(['RoleBinding']);
    binding('gone', '2');
    await settle();
    expect([open, owned.isKnown()]).toEqual([[bindings], true]);
    stop.abort();
  });

  test('in a namespace that is opened later make nobody wait', async () => {
    const { binding, listed, bindings, owned, open, stop } = secretsWorld();
    listed(bindings);
    binding('present', '1');
    expect([open.length, owned.isKnown()]).toEqual([2, true]);
    stop.abort();
  });
});
