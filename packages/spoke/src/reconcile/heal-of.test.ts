import { objectKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import { describe, expect, test } from 'vitest';
import { ExampleClusterOfStops, noStops, nowMs, policies, type Fleet, type Stops, type Wanted } from './example-cluster-of-stops.ts';
import { healOf } from './heal-of.ts';

const wanted: Wanted = {
  ...{ standing: 'present', priority: 100, namespace: 'n', maps: { a: '1' }, grantMinutes: undefined },
  ...{ single: true, deletion: 'Retain', confirmed: 0, forbids: false },
};
const nobody: Wanted = { ...wanted, standing: 'absent' };
const fleet: Fleet = { p: wanted, q: nobody, r: nobody };
const a = objectKey('', 'ConfigMap', 'n', 'a');
const single = objectKey('', 'ConfigMap', 'n', 'single');
const namespace = objectKey('', 'Namespace', undefined, 'n');

const world = (of: Fleet = fleet): ExampleClusterOfStops => new ExampleClusterOfStops().settle(of);
const ownerOf = (cluster: ExampleClusterOfStops, key: ObjectKey, stops: Stops = noStops, of: Fleet = fleet): string =>
  healOf(cluster.deps(of, stops), key)?.owner ?? 'nothing';

describe('what would be put back', () => {
  test('is what was applied last, merged of all who want it', () => {
    const both = { ...fleet, q: { ...wanted, maps: { b: '1' }, single: false } };
    const cluster = world(both);
    const [intent, namespaceIntent] = [a, namespace].map((key) => healOf(cluster.deps(both, noStops), key));
    expect([intent?.digest, intent?.owner]).toEqual([cluster.live.get(a)?.digest, 'p']);
    expect([namespaceIntent?.digest, namespaceIntent?.contributors]).toEqual([cluster.live.get(namespace)?.digest, ['p', 'q']]);
  });

  const held: readonly [string, Partial<Stops>][] = [
    ['suspended', { suspended: ['p'] }],
    ['in Inform', { inform: ['p'] }],
    ['on a paused cluster', { isPaused: true }],
    ['on a cluster in Inform', { isClusterInform: true }],
    ['held by an operator', { heldPolicies: ['p'] }],
    ['held with everything', { isAllHeld: true }],
    ['held as an object', { heldObjects: [a] }],
    ['held in the cluster', { held: [a] }],
    ['in a Namespace that is held there', { held: [namespace] }],
    ['frozen by the owner of the cluster', { guard: 'freeze' }],
    ['under a Guardrail that cannot be read', { guard: 'invalid' }],
  ];
  test.each(held)('is nothing of what is %s', (_what, stops) => {
    expect(ownerOf(world(), a, { ...noStops, ...stops })).toBe('nothing');
  });

  test('is there where only what is new waits', () => {
    expect([
      ownerOf(world(), a, { ...noStops, blocked: ['p'] as PolicyName[] }),
      ownerOf(world(), a, { ...noStops, guard: 'window' }),
    ]).toEqual(['p', 'p']);
  });

  test('is nothing of an object that is only compared, though its policy enforces', () => {
    const stops = { ...noStops, objectInform: ['p'] };
    expect([ownerOf(world(), single, stops), ownerOf(world(), a, stops)]).toEqual(['nothing', 'p']);
  });

  test('is nothing where something else is wanted now, where nobody wants it any more, and where it is known to have changed', () => {
    const cluster = world();
    const changed = { ...fleet, p: { ...wanted, maps: { a: '2' } } };
    expect(ownerOf(cluster, a, noStops, changed)).toBe('nothing');
    expect(ownerOf(cluster, a, noStops, { ...fleet, p: nobody })).toBe('nothing');
    const object = cluster.live.get(a) ?? expect.unreachable('an object');
    cluster.live.set(a, { ...object, intact: false });
    expect(ownerOf(cluster, a)).toBe('nothing');
  });

  test('takes no note of what is wanted: the next pass removes what it would have removed', () => {
    const cluster = world();
    const less = { ...fleet, p: { ...wanted, maps: {} } };
    for (const key of cluster.live.keys()) healOf(cluster.deps(less, noStops), key);
    const untouched = world();
    expect(cluster.gather(less, noStops, nowMs).plan).toEqual(untouched.gather(less, noStops, nowMs).plan);
    expect(policies.map((policy) => [...cluster.deps(less, noStops).contributions.keysOf(policy)])).toEqual(
      policies.map((policy) => [...untouched.deps(less, noStops).contributions.keysOf(policy)]),
    );
  });
});
