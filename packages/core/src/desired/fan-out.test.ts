import type { NamespaceSelector } from '@accord/proto/selector';
import { renderKey, type PolicyName } from '@accord/proto/ids';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileObject, type CompiledObject } from '../policy/compile-object.ts';
import { entryOf, fanOut, fanOutMax, standingOf, type ClusterNamespace } from './fan-out.ts';

const policy = 'p' as PolicyName;
/** What the owner of the cluster says in its Guardrail. */
const isAllowed = (name: string): boolean => name !== 'vault';
const object = (name: string, namespace?: string): CompiledObject =>
  compileObject({
    manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...(namespace !== undefined && { namespace }) }, data: { name } },
    ...{ paths: {}, order: 3, deletion: 'retain', isCreateOnly: true },
    ...(namespace === undefined && { isEach: true as const }),
  });
const namespace = (name: string, labels: Readonly<Record<string, string>> = {}, isTerminating = false): ClusterNamespace => ({
  name,
  labels: { team: 'shop', 'accord.dev/allow': 'true', ...labels },
  isTerminating,
});
const shop: NamespaceSelector = { selector: { matchLabels: { team: 'shop' } } };

function made(objects: readonly CompiledObject[], namespaces: readonly ClusterNamespace[], selector = shop): string {
  const result = fanOut({ policy, selector, objects, isAllowed }, namespaces);
  if (result.outcome === 'too-many') return `too many: ${result.count}`;
  return `${result.objects.map(({ key }) => renderKey(key)).join(', ') || 'nothing'} (${result.leftOut} left out)`;
}

describe('standingOf', () => {
  const closed = { 'accord.dev/allow': 'false' };
  test.each<[claim: string, namespace: ClusterNamespace | undefined, standing: string]>([
    ['selected, and opened by its owner', namespace('a'), 'in'],
    ['selected, and managed by a policy', namespace('a', { ...closed, 'accord.dev/policy': 'other' }), 'in'],
    ['selected, and nobody said anything', namespace('a', closed), 'closed'],
    ['not selected', namespace('a', { team: 'pay' }), 'out'],
    ['protected, whatever its labels say', namespace('kube-system'), 'out'],
    ['being deleted', namespace('a', {}, true), 'going'],
    ['not there', undefined, 'going'],
  ])('a namespace that is %s', (_claim, given, standing) => expect(standingOf(shop, given)).toBe(standing));
});

describe('fanOut', () => {
  const cases: [claim: string, objects: CompiledObject[], namespaces: ClusterNamespace[], result: string][] = [
    ['nothing is made where there is no namespace', [object('x')], [], 'nothing (0 left out)'],
    [
      'an entry is made in each, in the order of the names',
      [object('x'), object('y')],
      [namespace('b'), namespace('a')],
      'ConfigMap a/x, ConfigMap b/x, ConfigMap a/y, ConfigMap b/y (0 left out)',
    ],
    [
      'what is no such entry stays as it is',
      [object('z', 'elsewhere'), object('x')],
      [namespace('a')],
      'ConfigMap elsewhere/z, ConfigMap a/x (0 left out)',
    ],
    [
      'an object that names the namespace itself stands before the entry',
      [object('x'), object('x', 'a')],
      [namespace('a'), namespace('b')],
      'ConfigMap a/x, ConfigMap b/x (0 left out)',
    ],
    [
      'closed namespaces are counted, and others are not',
      [object('x')],
      [
        namespace('a'),
        namespace('b', { 'accord.dev/allow': 'no' }),
        namespace('c', { team: 'pay' }),
        namespace('d', {}, true),
        namespace('kube-system'),
        namespace('vault'),
      ],
      'ConfigMap a/x (2 left out)',
    ],
    [
      'a namespace of its own that the policy gives back is left before',
      [object('x')],
      [
        namespace('a', { 'accord.dev/policy': 'p', 'accord.dev/allow': '' }),
        namespace('b', { 'accord.dev/policy': 'q', 'accord.dev/allow': '' }),
        namespace('c', { 'accord.dev/policy': 'p' }),
      ],
      'ConfigMap b/x, ConfigMap c/x (0 left out)',
    ],
    [
      'a namespace of its own that the policy still wants is as any other',
      [
        object('x'),
        compileObject({
          manifest: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } },
          paths: {},
          order: 0,
          deletion: 'retain',
        }),
      ],
      [namespace('a', { 'accord.dev/policy': 'p', 'accord.dev/allow': '' })],
      'Namespace a, ConfigMap a/x (0 left out)',
    ],
  ];
  test.each(cases)('%s', (_claim, objects, namespaces, result) => expect(made(objects, namespaces)).toBe(result));

  test('everything but its place is as the entry says', () => {
    const result = fanOut({ policy, selector: shop, isAllowed, objects: [object('x')] }, [namespace('a')]);
    const [copy] = result.outcome === 'made' ? result.objects : [];
    const { isEach: _each, ...entry } = object('x');
    const manifest = { ...entry.manifest, metadata: { name: 'x', namespace: 'a' } };
    expect(copy).toEqual({ ...entry, key: '/ConfigMap/a/x', namespace: 'a', manifest });
  });

  test('more than a cluster holds is nothing at all', () => {
    const namespaces = Array.from({ length: fanOutMax / 4 + 1 }, (_, at) => namespace(`n${at}`));
    const entries = ['w', 'x', 'y', 'z'].map((name) => object(name));
    expect(made(entries, namespaces)).toBe(`too many: ${fanOutMax + 4}`);
    expect(made(entries, namespaces.slice(1))).not.toContain('too many');
  });

  test('property: equal namespaces in any order give an equal list, each object once', () => {
    const anyNamespace = fc.record({
      name: fc.constantFrom('a', 'b', 'c', 'd', 'kube-public'),
      labels: fc.dictionary(fc.constantFrom('team', 'accord.dev/allow', 'accord.dev/policy'), fc.constantFrom('shop', 'true', 'pay')),
      isTerminating: fc.boolean(),
    });
    const namespaces = fc.uniqueArray(anyNamespace, { selector: ({ name }) => name });
    const shuffled = namespaces.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, ([all, inAnotherOrder]) => {
        const objects = [object('x'), object('y'), object('x', 'b')];
        const input = { policy, selector: shop, isAllowed, objects };
        const result = fanOut(input, all);
        expect(fanOut(input, inAnotherOrder)).toEqual(result);
        const keys = result.outcome === 'made' ? result.objects.map(({ key }) => key) : [];
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.length).toBeGreaterThan(0);
      }),
    );
  });

  test('an object is known again as what an entry made', () => {
    const [entry] = [object('x')];
    expect(entryOf('/ConfigMap/a/x' as never)).toEqual({ entry: entry?.key, namespace: 'a' });
  });
});
