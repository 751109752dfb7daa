import type { Intent } from '@accord/core/desired/intent';
import { dayMs } from '@accord/core/drift/daily-round';
import { objectKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import { appliedHashAnnotation, fieldManager, originAnnotation, ownerLabel } from '@accord/proto/labels';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { describe, expect, test } from 'vitest';
import { OwnedObjects } from '../drift/owned-objects.ts';
import type { ObjectMeta } from '../kube/kube.ts';
import { configMapKind } from '../kube/own-kinds.ts';
import { Backstop } from './backstop.ts';
import type { Tried } from './try-intent.ts';

const policy = 'p' as PolicyName;
const keyOf = (name: string): ObjectKey => objectKey('', 'ConfigMap', 'team', name);
const metaOf = (version: number): ObjectMeta => ({
  ...{ uid: 'u', resourceVersion: String(version), deletionTimestamp: undefined },
  labels: { [ownerLabel]: policy },
  annotations: { [appliedHashAnnotation]: 'd', [originAnnotation]: 'Created' },
  managedFields: [
    { manager: fieldManager, operation: 'Apply', apiVersion: 'v1', time: '', subresource: '', fieldsV1: { 'f:data': { 'f:a': {} } } },
  ],
});
const hourMs = 3_600_000;

function world(names: readonly string[], random = 0) {
  const clock = new ManualClock(1_000_000);
  const log = new ListLog();
  const stop = new AbortController();
  const marked: string[] = [];
  const tried: { readonly name: string; readonly atMs: number }[] = [];
  const answers = new Map<string, Tried | Promise<Tried>>();
  const left = new Set<string>();
  const state = { isIdle: true };
  const listeners = { onEverything: () => undefined, onSecretsGrant: () => undefined, longestHoldMs: () => 0 };
  const owned = new OwnedObjects(clock, { ...listeners, onDrift: (of) => marked.push(of) }, stop.signal);
  const apply = (name: string, version = 1): void =>
    owned.begin(keyOf(name))({ ref: { kind: configMapKind, namespace: 'team', name }, meta: metaOf(version) });
  for (const name of names) apply(name);
  const backstop = new Backstop({
    ...{ owned, clock, log, random: () => random, isIdle: () => state.isIdle },
    healOf: (key) => (owned.get(key)?.intact === true && !left.has(key) ? ({ key, owner: policy, digest: 'd' } as Intent) : undefined),
    tryIntent: async ({ intent }) => {
      const name = intent.key.split('/').at(-1) ?? '';
      tried.push({ name, atMs: clock.now() - 1_000_000 });
      return answers.get(name) ?? { outcome: 'as-applied' };
    },
  });
  const running = backstop.run(stop.signal);
  /** In steps that no pause is shorter than. */
  const pass = async (ms: number): Promise<void> => {
    for (const endMs = clock.now() + ms; clock.now() < endMs;) {
      clock.advance(Math.min(1_000, endMs - clock.now()));
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const end = async (): Promise<void> => (stop.abort(), running);
  return { clock, log, owned, apply, marked, tried, answers, left, state, pass, end };
}

describe('the daily look', () => {
  test('comes to each object once a day, in even turns, and marks nobody for what is as it was', async () => {
    const { tried, marked, pass, end } = world(['a', 'b', 'c', 'd']);
    await pass(dayMs + 6 * hourMs);
    expect(tried.map(({ name, atMs }) => `${name} ${Math.round(atMs / hourMs)}`)).toEqual(['a 6', 'b 12', 'c 18', 'd 24', 'a 30']);
    expect(marked).toEqual([]);
    await end();
  });

  test('does not begin with all of it at once, wherever in the day the process starts', async () => {
    const names = Array.from({ length: 480 }, (_, at) => `m${at}`);
    const { tried, pass, end } = world(names, 0.9);
    await pass(2 * 180_000);
    // One in three minutes: the first comes early, and each of the others in its turn.
    expect(tried.map(({ atMs }) => Math.round(atMs / 1_000))).toEqual([18, 198]);
    await end();
  });

  test('notices within a minute that there are more objects than there were', async () => {
    const { tried, apply, pass, end } = world(['a']);
    await pass(hourMs);
    for (let at = 0; at < 95; at += 1) apply(`b${at}`);
    await pass(60_000);
    expect(tried).toHaveLength(1);
    await end();
  });

  test('waits while a pass is on its way or nothing may be written, and catches up on nothing', async () => {
    const { tried, state, pass, end } = world(['a', 'b', 'c', 'd']);
    state.isIdle = false;
    await pass(dayMs);
    expect(tried).toEqual([]);
    state.isIdle = true;
    await pass(hourMs);
    expect(tried.map(({ name }) => name)).toEqual(['a']);
    await end();
  });

  test('asks about one object at a time', async () => {
    const { tried, answers, pass, end } = world(['a', 'b']);
    const { promise, resolve } = Promise.withResolvers<Tried>();
    answers.set('a', promise);
    await pass(dayMs);
    expect(tried).toHaveLength(1);
    resolve({ outcome: 'as-applied' });
    await pass(2_000);
    expect(tried).toHaveLength(2);
    await end();
  });

  test('leaves what a pass would leave alone, and comes to the next one in its turn', async () => {
    const { tried, left, pass, end } = world(['a', 'b']);
    left.add(keyOf('a'));
    await pass(dayMs);
    expect(tried.map(({ name, atMs }) => `${name} ${Math.round(atMs / hourMs)}`)).toEqual(['b 24']);
    await end();
  });
});

describe('what the daily look finds', () => {
  const changed: Tried = { outcome: 'changed', fields: ['.data.a'] };

  test('is drift that nobody has put a name to: its policy is marked, and its heal is told', async () => {
    const { clock, owned, answers, marked, log, apply, pass, end } = world(['a']);
    answers.set('a', changed);
    await pass(dayMs + 5_000);
    expect([marked, owned.get(keyOf('a'))?.intact, owned.driftsOpen]).toEqual([[policy], false, 1]);
    expect(log.lines.map(({ level, fields }) => [level, fields])).toEqual([
      ['warn', { policy, kind: 'ConfigMap', namespace: 'team', name: 'a' }],
    ]);
    apply('a', 2);
    const [heal] = owned.takeHeals(new Map([[keyOf('a'), { outcome: 'done' }]]), clock.now());
    expect(heal).toMatchObject({ policy, cause: 'UnseenWrite', manager: '', operation: '', fields: ['.data.a'] });
    await end();
  });

  test('is nothing where an event tells of it meanwhile', async () => {
    const { clock, owned, answers, apply, marked, pass, end } = world(['a']);
    answers.set('a', changed);
    const before = owned.get(keyOf('a'));
    await pass(dayMs);
    const at = before?.ref ?? expect.unreachable('an object');
    const foreign = { ...metaOf(2), managedFields: [{ ...metaOf(2).managedFields[0], manager: 'kubectl', operation: 'Update' }] };
    owned.onEvent(configMapKind, { type: 'present', key: keyOf('a'), ref: at, meta: foreign as ObjectMeta });
    apply('a', 3);
    marked.length = 0;
    await pass(10_000);
    expect([marked, owned.driftsOpen]).toEqual([[], 0]);
    const heals = owned.takeHeals(new Map([[keyOf('a'), { outcome: 'done' }]]), clock.now());
    expect(heals.map(({ cause }) => cause)).toEqual(['ManagedFieldsReset']);
    await end();
  });

  test('is nothing of what somebody holds meanwhile', async () => {
    const { left, answers, marked, pass, end } = world(['a']);
    answers.set('a', changed);
    await pass(dayMs);
    left.add(keyOf('a'));
    await pass(10_000);
    expect(marked).toEqual([]);
    await end();
  });

  test('is a line for whoever looks closely where it cannot be told', async () => {
    const { answers, marked, log, pass, end } = world(['a']);
    answers.set('a', { outcome: 'untold', because: 'no dry run' });
    await pass(dayMs + 5_000);
    expect(marked).toEqual([]);
    expect(log.lines.map(({ level, fields }) => [level, fields['because']])).toEqual([['debug', 'no dry run']]);
    await end();
  });
});
