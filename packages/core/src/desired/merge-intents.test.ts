import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, hex, sha256, type JsonObject } from '@accord/proto/canonical';
import type { PolicyName } from '@accord/proto/ids';
import { compileObject } from '../policy/compile-object.ts';
import type { Deletion } from '../policy/lay-out.ts';
import { mergeIntents, type Contribution, type Merged } from './merge-intents.ts';

interface Wish {
  readonly policy: string;
  readonly manifest: JsonObject;
  readonly priority?: number;
  readonly createdAtMs?: number;
  readonly deletion?: Deletion;
  readonly order?: number;
}

function contribution({ policy, manifest, priority = 100, createdAtMs = 0, deletion = 'prune', order = 0 }: Wish): Contribution {
  return { policy: policy as PolicyName, priority, createdAtMs, object: compileObject({ manifest, paths: {}, order, deletion }) };
}

const merge = (...wishes: Wish[]): Merged => mergeIntents(wishes.map(contribution));
const map = (value: string, name = 'c'): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'n' },
  data: { x: value },
});
const space = (labels: Record<string, string>, annotations: Record<string, string> = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'n', labels, annotations },
});
const pss = (mode: string): string => `pod-security.kubernetes.io/${mode}`;

/** One line per intent, then what was overruled. */
function render({ intents, shadowed, weaker }: Merged): string[] {
  return [
    ...intents.map(
      ({ key, owner, contributors, retain, body }) =>
        `${key} ${JSON.stringify(body['data'] ?? {})} of ${owner} [${contributors.join(' ')}]${retain ? ' retained' : ''}`,
    ),
    ...shadowed.map(({ policy, key, owner }) => `${policy} shadowed by ${owner} at ${key}`),
    ...weaker.map(({ policy, mode, wanted, holds, by }) => `${policy} wanted ${mode} ${wanted}, ${by} holds ${holds}`),
  ];
}

function metadataOf({ intents: [intent] }: Merged): unknown {
  return intent?.body['metadata'];
}

describe('a Namespace that goes with its policies', () => {
  const word = (...deletions: Deletion[]): unknown => {
    const wishes = deletions.map((deletion, at) => ({ policy: `p${at}`, manifest: space({}), deletion }));
    return (metadataOf(merge(...wishes)) as { readonly annotations?: JsonObject }).annotations?.['accord.dev/deletion'];
  };
  const words: [deletions: Deletion[], word: string][] = [
    [['ifCreated'], 'DeleteIfCreated'],
    [['ifCreated', 'ifCreated'], 'DeleteIfCreated'],
    [['ifEmpty'], 'DeleteIfEmpty'],
    [['ifCreated', 'ifEmpty'], 'DeleteIfEmpty'],
    [['ifEmpty', 'ifCreated'], 'DeleteIfEmpty'],
    [['ifCreated', 'retain'], 'retain'],
  ];
  test.each(words)('is as all of them let it go: %j → %s', (deletions, expected) => expect(word(...deletions)).toBe(expected));
});

describe('mergeIntents', () => {
  const cases: [claim: string, wishes: Wish[], merged: string[]][] = [
    ['nothing wanted, nothing to do', [], []],
    ['one wish is one intent', [{ policy: 'a', manifest: map('1') }], ['/ConfigMap/n/c {"x":"1"} of a [a]']],
    [
      'equal content is shared',
      [
        { policy: 'b', manifest: map('1') },
        { policy: 'a', manifest: map('1') },
      ],
      ['/ConfigMap/n/c {"x":"1"} of a [a b]'],
    ],
    [
      'the higher priority owns',
      [
        { policy: 'a', manifest: map('1') },
        { policy: 'b', manifest: map('2'), priority: 101 },
      ],
      ['/ConfigMap/n/c {"x":"2"} of b [b]', 'a shadowed by b at /ConfigMap/n/c'],
    ],
    [
      'of equal priority the older owns',
      [
        { policy: 'a', manifest: map('1'), createdAtMs: 2 },
        { policy: 'b', manifest: map('2'), createdAtMs: 1 },
      ],
      ['/ConfigMap/n/c {"x":"2"} of b [b]', 'a shadowed by b at /ConfigMap/n/c'],
    ],
    [
      'of equal age the name decides',
      [
        { policy: 'b', manifest: map('2') },
        { policy: 'a', manifest: map('1') },
      ],
      ['/ConfigMap/n/c {"x":"1"} of a [a]', 'b shadowed by a at /ConfigMap/n/c'],
    ],
    [
      'who says the same as the owner contributes, whatever its rank',
      [
        { policy: 'a', manifest: map('1'), priority: 3 },
        { policy: 'b', manifest: map('2'), priority: 2 },
        { policy: 'c', manifest: map('1'), priority: 1 },
      ],
      ['/ConfigMap/n/c {"x":"1"} of a [a c]', 'b shadowed by a at /ConfigMap/n/c'],
    ],
    [
      'one contributor that retains is enough',
      [
        { policy: 'a', manifest: map('1') },
        { policy: 'b', manifest: map('1'), deletion: 'retain' },
      ],
      ['/ConfigMap/n/c {"x":"1"} of a [a b] retained'],
    ],
    [
      'different objects stay apart',
      [
        { policy: 'a', manifest: map('1', 'd') },
        { policy: 'a', manifest: map('1', 'c') },
      ],
      ['/ConfigMap/n/c {"x":"1"} of a [a]', '/ConfigMap/n/d {"x":"1"} of a [a]'],
    ],
    [
      'order decides inside a stage',
      [
        { policy: 'a', manifest: map('1', 'c'), order: 1 },
        { policy: 'a', manifest: map('1', 'd') },
        { policy: 'a', manifest: space({}), deletion: 'retain', order: 9 },
      ],
      ['/Namespace//n {} of a [a] retained', '/ConfigMap/n/d {"x":"1"} of a [a]', '/ConfigMap/n/c {"x":"1"} of a [a]'],
    ],
    [
      'the weaker Pod Security level is overruled, and its author told',
      [
        { policy: 'a', manifest: space({ [pss('enforce')]: 'baseline' }), priority: 101 },
        { policy: 'b', manifest: space({ [pss('enforce')]: 'restricted' }) },
      ],
      ['/Namespace//n {} of a [a b]', 'a wanted enforce baseline, b holds restricted'],
    ],
  ];
  test.each(cases)('%s', (_claim, wishes, merged) => {
    expect(render(merge(...wishes))).toEqual(merged);
  });

  test('group and kind identify, not the version', () => {
    const cron = (version: string): JsonObject => ({
      apiVersion: `batch/${version}`,
      kind: 'CronJob',
      metadata: { name: 'c', namespace: 'n' },
    });
    expect(render(merge({ policy: 'a', manifest: cron('v1') }, { policy: 'b', manifest: cron('v1beta1') }))).toEqual([
      'batch/CronJob/n/c {} of a [a]',
      'b shadowed by a at batch/CronJob/n/c',
    ]);
  });

  test('a grant with an end is given back by no policy', () => {
    const grant = (annotations: JsonObject): JsonObject => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'g', namespace: 'n', annotations },
    });
    const kept = (annotations: JsonObject): unknown =>
      merge({ policy: 'a', manifest: grant(annotations), deletion: 'retain' }).intents.map(({ retain }) => retain);
    const asks = (annotations: JsonObject): unknown => metadataOf(merge({ policy: 'a', manifest: grant(annotations), deletion: 'retain' }));
    const ending = { 'accord.dev/until': '2100-01-01T00:00:00Z' };
    expect([kept({}), kept(ending)]).toEqual([[true], [false]]);
    expect([asks({}), asks(ending)]).toMatchObject([{ annotations: { 'accord.dev/deletion': 'retain' } }, { annotations: ending }]);
    expect(asks(ending)).not.toHaveProperty(['annotations', 'accord.dev/deletion']);
  });

  test('namespaces merge their labels and annotations; the better rank wins a key', () => {
    const merged = merge(
      { policy: 'low', manifest: space({ team: 'low', low: '1' }, { contact: 'low' }), priority: 1 },
      { policy: 'high', manifest: space({ team: 'high', high: '1' }, { note: 'high' }), priority: 2 },
    );
    expect(metadataOf(merged)).toEqual({
      name: 'n',
      labels: { team: 'high', low: '1', high: '1', 'accord.dev/policy': 'high' },
      annotations: { contact: 'low', note: 'high', 'accord.dev/policies': 'high,low' },
    });
    expect(merged.shadowed).toEqual([]);
  });

  test('a Pod Security version comes from a policy that wants the level that holds', () => {
    const merged = merge(
      { policy: 'a', manifest: space({ [pss('enforce')]: 'baseline', [pss('enforce-version')]: 'v1.30' }), priority: 9 },
      { policy: 'b', manifest: space({ [pss('enforce')]: 'restricted' }), priority: 8 },
      { policy: 'c', manifest: space({ [pss('enforce')]: 'restricted', [pss('enforce-version')]: 'v1.35' }), priority: 7 },
      { policy: 'd', manifest: space({ [pss('warn')]: 'privileged' }), priority: 1 },
    );
    expect(metadataOf(merged)).toMatchObject({
      labels: { [pss('enforce')]: 'restricted', [pss('enforce-version')]: 'v1.35', [pss('warn')]: 'privileged' },
    });
    expect(merged.weaker.map(({ policy, by }) => `${policy} < ${by}`)).toEqual(['a < b']);
  });

  test('the body carries the owner, and the contributors only when there are several', () => {
    expect(metadataOf(merge({ policy: 'a', manifest: map('1') }))).toEqual({
      name: 'c',
      namespace: 'n',
      labels: { 'accord.dev/policy': 'a' },
    });
    expect(metadataOf(merge({ policy: 'a', manifest: map('1') }, { policy: 'b', manifest: map('1') }))).toEqual({
      name: 'c',
      namespace: 'n',
      labels: { 'accord.dev/policy': 'a' },
      annotations: { 'accord.dev/policies': 'a,b' },
    });
  });

  test('the digest is that of the body', () => {
    const [intent] = merge({ policy: 'a', manifest: map('1') }).intents;
    expect(intent?.digest).toBe(hex(sha256(canonicalJson(intent?.body))));
  });

  test('property: the order of contributions does not matter', () => {
    const level = fc.constantFrom('privileged', 'baseline', 'restricted');
    const labels = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('x', 'y'));
    const namespace = fc.record({ labels, level: fc.option(level), version: fc.option(fc.constantFrom('v1.1', 'latest')) }).map((wish) =>
      space({
        ...wish.labels,
        ...(wish.level !== null && { [pss('enforce')]: wish.level }),
        ...(wish.level !== null && wish.version !== null && { [pss('enforce-version')]: wish.version }),
      }),
    );
    const manifest = fc.oneof(
      namespace,
      fc.tuple(fc.constantFrom('1', '2'), fc.constantFrom('c', 'd')).map(([value, name]) => map(value, name)),
    );
    const wish = fc.record({
      policy: fc.constantFrom('a', 'b', 'c', 'd'),
      manifest,
      priority: fc.nat(2),
      createdAtMs: fc.nat(2),
      deletion: fc.constantFrom('prune' as const, 'retain' as const),
    });
    // A policy names an object once.
    const wishes = fc.uniqueArray(wish, { selector: (one) => `${one.policy} ${contribution(one).object.key}`, maxLength: 8 });
    fc.assert(
      fc.property(wishes, fc.infiniteStream(fc.nat()), (given, random) => {
        const shuffled = given.map((one) => ({ one, at: random.next().value ?? 0 })).toSorted((a, b) => a.at - b.at);
        const merged = merge(...given);
        expect(canonicalJson(merge(...shuffled.map(({ one }) => one)))).toBe(canonicalJson(merged));
        expect(merged.intents.length).toBe(new Set(given.map((one) => contribution(one).object.key)).size);
      }),
    );
  });
});
