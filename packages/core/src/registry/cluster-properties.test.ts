import { clusterIdOf, type ClusterName } from '@accord/proto/ids';
import { expect, test } from 'vitest';
import { planProperty, type PropertyName, type StandingProperty } from './cluster-properties.ts';

const id = clusterIdOf(new Uint8Array(16));
const inSets = (...sets: readonly string[]) => ({
  id,
  name: 'eu-1' as ClusterName,
  labels: Object.fromEntries(sets.map((set) => [`set.accord.dev/${set}`, ''])),
  spec: { mode: 'Enforce' as const },
});
const said = (value: string): StandingProperty => ({ labels: { 'accord.dev/policy': '' }, value });
const own = 'cluster.clusterset.k8s.io';
const set = 'clusterset.k8s.io';

test.each<[claim: string, name: PropertyName, sets: readonly string[], standing: StandingProperty | undefined, value: string | undefined]>([
  ['the id of a cluster is its name in the set', own, ['default'], undefined, id],
  ['what is right is not written again', own, ['default'], said(id), undefined],
  ['what is wrong is', own, ['default'], said('x'), id],
  ['what somebody else wrote stays', own, ['default'], { labels: {}, value: 'x' }, undefined],
  ['also when a policy did', own, ['default'], { labels: { 'accord.dev/policy': 'p' }, value: 'x' }, undefined],
  ['the set is named', set, ['shops'], undefined, 'shops'],
  ['of several the first', set, ['b', 'a'], undefined, 'a'],
  ['one that is true stays, whatever comes before it', set, ['b', 'a'], said('b'), undefined],
  ['one that is left is replaced', set, ['a'], said('b'), 'a'],
  ['a cluster in no set says none', set, [], undefined, undefined],
])('%s', (_claim, name, sets, standing, value) => expect(planProperty(name, inSets(...sets), standing)).toBe(value));
