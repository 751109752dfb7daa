import type { ObjectResult } from '@accord/core/apply/report-policy';
import type { JsonObject } from '@accord/proto/canonical';
import { objectKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import { appliedHashAnnotation, deletionAnnotation, fieldManager, originAnnotation, ownerLabel } from '@accord/proto/labels';
import { ManualClock } from '@accord/runtime/clock';
import { describe, expect, test, vi } from 'vitest';
import type { KindRef, ObjectMeta, ObjectRef, WatchEvent } from '../kube/kube.ts';
import { configMapKind } from '../kube/own-kinds.ts';
import { OwnedObjects } from './owned-objects.ts';

const policy = 'p' as PolicyName;
const refOf = (name: string): ObjectRef => ({ kind: configMapKind, namespace: 'team', name });
const keyOf = (name: string): ObjectKey => objectKey('', 'ConfigMap', 'team', name);
const metaOf = (version: number, fieldsV1: JsonObject = { 'f:data': {} }): ObjectMeta => ({
  ...{ uid: 'u', resourceVersion: String(version), deletionTimestamp: undefined },
  labels: { [ownerLabel]: policy },
  annotations: { [appliedHashAnnotation]: 'd', [originAnnotation]: 'Created' },
  managedFields: [{ manager: fieldManager, operation: 'Apply', apiVersion: 'v1', time: '', subresource: '', fieldsV1 }],
});

function world() {
  const clock = new ManualClock(1_000_000);
  const woken: string[] = [];
  const owned = new OwnedObjects(
    clock,
    {
      onDrift: (name) => woken.push(name),
      onEverything: () => woken.push('listed'),
      onSecretsGrant: () => undefined,
      longestHoldMs: () => 8 * 3_600_000,
    },
    new AbortController().signal,
  );
  const watch = (kind: KindRef = configMapKind): void => owned.expectListing(kind);
  const apply = (name: string, version: number, fields?: JsonObject): void =>
    owned.begin(keyOf(name))({ ref: refOf(name), meta: metaOf(version, fields) });
  const present = (name: string, version: number): void =>
    owned.onEvent(configMapKind, { type: 'present', key: keyOf(name), ref: refOf(name), meta: metaOf(version) });
  const gone = (name: string, version: number): void =>
    owned.onEvent(configMapKind, { type: 'gone', key: keyOf(name), ref: refOf(name), meta: metaOf(version) });
  const listed = (): void => owned.onEvent(configMapKind, { type: 'listed' });
  const heals = (...names: string[]): number =>
    owned.takeHeals(new Map(names.map((name): [ObjectKey, ObjectResult] => [keyOf(name), { outcome: 'done' }])), clock.now()).length;
  return { clock, woken, owned, watch, apply, present, gone, listed, heals };
}

describe('OwnedObjects', () => {
  test('an object that is being deleted tells its policy, again when others of its finalizers are left, and is drift once it is gone', () => {
    const { owned, woken, apply, gone, heals } = world();
    apply('going', 1);
    const going = (version: number, ...finalizers: readonly string[]): void => {
      const meta = { ...metaOf(version), deletionTimestamp: '2026-01-01T00:00:00Z', finalizers };
      owned.onEvent(configMapKind, { type: 'present', key: keyOf('going'), ref: refOf('going'), meta });
    };
    going(2, 'a', 'b');
    going(3, 'a', 'b');
    expect([woken.splice(0), owned.get(keyOf('going'))?.terminating]).toEqual([[policy], ['a', 'b']]);
    going(4, 'b');
    expect([woken.splice(0), owned.get(keyOf('going'))?.terminating, owned.driftsOpen]).toEqual([[policy], ['b'], 0]);
    gone('going', 5);
    expect([woken.splice(0), owned.get(keyOf('going')), owned.driftsOpen]).toEqual([[policy], undefined, 1]);
    apply('going', 6);
    expect([owned.get(keyOf('going'))?.terminating, heals('going')]).toEqual([undefined, 1]);
  });

  test('an object that was applied while its kind was being listed is looked at again, and is no drift', () => {
    const { owned, woken, watch, apply, listed, heals } = world();
    watch();
    expect(owned.isKnown()).toBe(false);
    apply('late', 7);
    listed();
    expect(owned.isKnown()).toBe(true);
    expect(owned.get(keyOf('late'))?.intact).toBe(false);
    expect(woken).toContain('listed');
    apply('late', 7);
    expect(heals('late')).toBe(0);
  });

  test('an object that was there and is deleted is drift, and its heal is told once', () => {
    const { owned, woken, watch, apply, present, listed, gone, heals } = world();
    watch();
    present('a', 3);
    listed();
    apply('a', 4);
    gone('a', 5);
    expect([owned.get(keyOf('a')), woken.at(-1)]).toEqual([undefined, policy]);
    apply('a', 6);
    expect([heals('a'), heals('a')]).toEqual([1, 0]);
  });

  describe('an object that somebody takes away again and again', () => {
    const wanted = { key: keyOf('a'), owner: policy, digest: 'd' };
    /** Healed and taken away six times; the last time is not healed. */
    function fight() {
      const there = world();
      const { owned, watch, apply, listed, gone, clock } = there;
      watch();
      listed();
      apply('a', 1);
      const undo = (version: number): void => gone('a', version);
      const heal = (version: number): void => apply('a', version);
      for (let version = 2; version < 14; version += 2) {
        undo(version);
        heal(version + 1);
      }
      const fought = (digest = 'd'): string => {
        const told = owned.fightFor({ ...wanted, digest }, clock.now());
        return told === undefined ? 'none' : `${told.times} times by ${told.manager} ${told.operation}, ${told.untilMs - clock.now()} ms`;
      };
      return { ...there, undo, heal, fought };
    }

    test('is put back after a pause, which new content does not wait for', () => {
      const { undo, fought } = fight();
      expect(fought()).toBe('none');
      undo(14);
      expect([fought(), fought('d2')]).toEqual(['7 times by  Delete, 5000 ms', 'none']);
    });

    test('is told at once, and looked at again when its pause is over', async () => {
      const { undo, fought, woken, clock, owned } = fight();
      woken.length = 0;
      undo(14);
      expect([woken, owned.fights]).toEqual([[policy], 1]);
      clock.advance(4_999);
      expect([woken, fought()]).toEqual([[policy], '7 times by  Delete, 1 ms']);
      clock.advance(1);
      await vi.waitFor(() => expect(woken).toEqual([policy, policy]));
      expect([fought(), owned.fights]).toEqual(['none', 0]);
    });

    test('is fought over no more once it is not taken away any more', () => {
      const { undo, heal, fought, clock, owned } = fight();
      undo(14);
      clock.advance(5_000);
      heal(15);
      expect([fought(), owned.driftsOpen, owned.fights]).toEqual(['none', 0, 0]);
    });
  });

  describe('a heal says', () => {
    const ours: JsonObject = { 'f:data': { 'f:a': {} } };
    const told = (of: (there: ReturnType<typeof world>) => void): unknown => {
      const there = world();
      there.watch();
      there.listed();
      there.apply('a', 4, ours);
      of(there);
      there.apply('a', 9, ours);
      const results = new Map<ObjectKey, ObjectResult>([[keyOf('a'), { outcome: 'done' }]]);
      const [{ cause, manager, operation, writtenMs, fields } = expect.unreachable('no heal')] = there.owned.takeHeals(results, 1);
      return [cause, manager, operation, writtenMs, ...fields];
    };
    const shows = ({ owned }: ReturnType<typeof world>, change: Partial<ObjectMeta>): void =>
      owned.onEvent(configMapKind, { type: 'present', key: keyOf('a'), ref: refOf('a'), meta: { ...metaOf(5, ours), ...change } });
    const entry = { manager: 'helm', operation: 'Update', apiVersion: 'v1', time: '1970-01-01T00:00:07Z', subresource: '', fieldsV1: ours };
    const mine = metaOf(5, ours).managedFields;

    test.each<[claim: string, of: (there: ReturnType<typeof world>) => void, told: unknown]>([
      [
        'who wrote a field, and when',
        (there) => shows(there, { managedFields: [...metaOf(5, { 'f:data': {} }).managedFields, entry] }),
        ['FieldsChanged', 'helm', 'Update', 7_000, '.data.a'],
      ],
      [
        'that somebody wrote under our name',
        (there) => shows(there, { managedFields: mine.map((of) => ({ ...of, time: '1970-01-01T00:00:08Z' })) }),
        ['ImpersonatedManager', 'accord', 'Apply', 8_000],
      ],
      ['that nobody is named any more', (there) => shows(there, { managedFields: [] }), ['ManagedFieldsReset', '', '', 0, '.data.a']],
      [
        'that it was made anew, and by whom',
        (there) => shows(there, { uid: 'v', managedFields: [entry] }),
        ['Recreated', 'helm', 'Update', 7_000],
      ],
      ['that it was taken away', ({ gone }) => gone('a', 5), ['Gone', '', 'Delete', 0]],
    ])('%s', (_claim, of, expected) => expect(told(of)).toEqual(expected));
  });

  test('what somebody undoes before the pass that healed it has ended is another drift', () => {
    const { owned, watch, apply, listed, gone, heals } = world();
    watch();
    listed();
    apply('a', 4);
    gone('a', 5);
    apply('a', 6);
    gone('a', 7);
    expect([heals('a'), owned.driftsOpen]).toEqual([1, 1]);
    apply('a', 8);
    expect([heals('a'), owned.driftsOpen]).toEqual([1, 0]);
  });

  describe('an element whose key somebody changed', () => {
    const element = (name: string): JsonObject => ({ [`k:{"name":"${name}"}`]: { '.': {}, 'f:name': {}, 'f:value': {} } });
    const list = (...names: string[]): JsonObject => ({ 'f:list': Object.assign({ '.': {} }, ...names.map(element)) as JsonObject });
    const shows = (version: number, ours: JsonObject, theirs: JsonObject): ObjectMeta => {
      const { managedFields, ...meta } = metaOf(version, ours);
      const entry = { manager: 'somebody', operation: 'Update', apiVersion: 'v1', time: '', subresource: '', fieldsV1: theirs };
      return { ...meta, managedFields: [...managedFields, entry] };
    };
    const turnedIn = (...events: readonly ObjectMeta[]): unknown => {
      const { owned, watch, apply, listed } = world();
      watch();
      listed();
      apply('a', 4, list('A', 'B'));
      for (const meta of events) owned.onEvent(configMapKind, { type: 'present', key: keyOf('a'), ref: refOf('a'), meta });
      const turned = owned.get(keyOf('a'))?.turned?.map(({ was, is }) => `${was} ${is}`);
      apply('a', 9, list('A', 'B'));
      expect(owned.get(keyOf('a'))?.turned).toBeUndefined();
      return turned;
    };
    const turned = ['k:{"name":"A"} k:{"name":"X"}'];

    test('is known until the next apply, whatever is written meanwhile', () => {
      expect(turnedIn(shows(5, list('B'), list('X')))).toEqual(turned);
      expect(turnedIn(shows(5, list('B'), list('X')), shows(6, list('B'), list('X', 'Y')))).toEqual(turned);
    });

    test('is not taken for what stood beside it before', () => {
      expect(turnedIn(shows(5, list('A', 'B'), list('X')), shows(6, list('B'), list('X')))).toBeUndefined();
    });
  });

  test('the wish of an owner to keep an object is heard, although it is no drift', () => {
    const { owned, woken, watch, apply, listed } = world();
    watch();
    listed();
    apply('a', 4);
    woken.length = 0;
    const says = (version: number, annotations: Readonly<Record<string, string>>): boolean | undefined => {
      const meta = metaOf(version);
      const event = {
        type: 'present',
        key: keyOf('a'),
        ref: refOf('a'),
        meta: { ...meta, annotations: { ...meta.annotations, ...annotations } },
      };
      owned.onEvent(configMapKind, event as WatchEvent);
      return owned.get(keyOf('a'))?.retain;
    };
    expect([says(5, { [deletionAnnotation]: 'retain' }), says(6, {}), woken]).toEqual([true, false, []]);
  });

  test('what we take away ourselves is no drift, and nothing of it is kept', () => {
    const { owned, watch, apply, listed, gone, woken } = world();
    watch();
    listed();
    apply('a', 4);
    woken.length = 0;
    const settle = owned.begin(keyOf('a'));
    gone('a', 5);
    owned.forget(keyOf('a'));
    settle(undefined);
    expect([woken, owned.remembered()]).toEqual([[], 1]);
  });

  test('what was deleted while it was applied is drift that is mended; what we made anew is not', () => {
    const { owned, watch, present, listed, heals } = world();
    watch();
    present('a', 4);
    listed();
    const settle = owned.begin(keyOf('a'));
    const meta = { ...metaOf(6), uid: 'another' };
    // The echo of our own apply takes the place of the deletion before it is looked at.
    owned.onEvent(configMapKind, { type: 'gone', key: keyOf('a'), ref: refOf('a'), meta: metaOf(5) });
    owned.onEvent(configMapKind, { type: 'present', key: keyOf('a'), ref: refOf('a'), meta });
    settle({ ref: refOf('a'), meta });
    expect([heals('a'), owned.tally.of(policy).heals, owned.get(keyOf('a'))?.intact]).toEqual([1, 0, true]);
    const settleAnew = owned.begin(keyOf('a'));
    owned.tookAway(keyOf('a'));
    settleAnew({ ref: refOf('a'), meta: metaOf(8) });
    expect([heals('a'), owned.driftsOpen]).toEqual([0, 0]);
  });

  test('a policy that has left is forgotten with the drift that nobody heals any more', () => {
    const { owned, watch, apply, listed, gone } = world();
    watch();
    listed();
    apply('a', 4);
    gone('a', 5);
    // One text of field sets stays: other objects have the same.
    expect(owned.remembered()).toBe(2);
    owned.forgetDrift(policy);
    expect(owned.remembered()).toBe(1);
  });

  test('texts of field sets that no object has any more are not kept', () => {
    const { owned, watch, apply, listed } = world();
    watch();
    listed();
    for (let version = 1; version <= 2_000; version += 1) apply('a', version, { [`f:key${version}`]: {} });
    expect(owned.remembered()).toBeLessThan(300);
  });

  test('heat that has cooled down long ago is not kept', () => {
    const { clock, owned, watch, apply, listed, gone, heals } = world();
    watch();
    listed();
    for (let at = 0; at < 2_000; at += 1) {
      clock.advance(60_000);
      apply(`a${at}`, 4);
      gone(`a${at}`, 5);
      apply(`a${at}`, 6);
      expect(heals(`a${at}`)).toBe(1);
      owned.notServed(configMapKind);
    }
    expect(owned.remembered()).toBeLessThan(300);
  });
});
