import { rowsOfPolicy } from '@accord/core/status/policy-rows';
import type { JsonObject } from '@accord/proto/canonical';
import { objectKey, type ObjectKey } from '@accord/proto/ids';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FakeKube } from '../../packages/spoke/src/kube/fake-kube.ts';
import { evidenceIn } from './evidence-in.ts';
import { ScenarioFleet } from './scenario-fleet.ts';
import { turns } from './until-idle.ts';

// So many objects that the turn of each is five minutes long. Their names say which are first.
const objectsMax = 288;
const turnMs = 86_400_000 / objectsMax;
const keyOf = (name: string): ObjectKey => objectKey('', 'ConfigMap', 'shop', name);
const roleKey = (name: string): ObjectKey => objectKey('rbac.authorization.k8s.io', 'ClusterRole', undefined, name);

let fleet: ScenarioFleet;
let kube: FakeKube;
let dryRuns: ObjectKey[];
beforeEach(async () => {
  fleet = new ScenarioFleet();
  await fleet.startHub();
  await fleet.addCluster('eu', {});
  fleet.labelNamespace('eu', 'shop', { open: '' });
  ({ kube } = fleet.cluster('eu'));
  dryRuns = [];
  const apply = kube.apply.bind(kube);
  kube.apply = (ref, body, options, signal) => {
    const key = objectKey(ref.kind.group, ref.kind.kind, ref.namespace, ref.name);
    if (options.dryRun === true && ref.name !== 'accord-spoke-probe') dryRuns.push(key);
    return apply(ref, body, options, signal);
  };
});
afterEach(() => fleet.stop());

const mapOf = (name: string): JsonObject => ({
  ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' } },
  data: { value: '1' },
});
const specOf = (...names: readonly string[]): JsonObject => ({
  clusterSelector: {},
  objects: names.map((name) => ({ id: name, manifest: mapOf(name) })),
});
const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `z-${n}`);

async function passTurns(count: number): Promise<void> {
  // In steps that no lease can miss.
  for (let ms = 0; ms < count * turnMs; ms += 2_000) {
    fleet.clock.advance(2_000);
    await turns(15);
  }
  await fleet.settle();
}

const valuesOf = (...names: readonly string[]): readonly unknown[] =>
  names.map((name) => (kube.cluster.peek(keyOf(name))?.['data'] as JsonObject | undefined)?.['value']);

/** Of objects of policies, since it was last asked. */
function writes(): readonly string[] {
  const ofPolicies = kube.writes.splice(0).filter(({ key }) => key.startsWith(keyOf('')) || key.startsWith(roleKey('')));
  return ofPolicies.map(({ verb, key, outcome }) => `${verb} ${key.split('/').at(-1)} ${outcome}`);
}

function rows(): readonly string[] {
  const { registry, reported } = fleet.hub.projection;
  const sources = { registry, reported, connectionOf: () => ({ state: 'live' }) as const, syncOf: () => 'current' as const };
  const all = [...registry.policies.values()].flatMap((policy) => rowsOfPolicy(sources, policy));
  return all.map(({ policy, state, applied, problems }) => [policy, state, applied, ...problems.map(({ message }) => message)].join(' '));
}

test('what was changed so that no event tells of it is healed within a day, and reported; what is as it was is not written', async () => {
  await fleet.put('app', specOf('a', 'b', 'c'));
  // Within the second of our own apply, by somebody who says that he is us.
  const { metadata } = kube.cluster.peek(keyOf('b')) as { readonly metadata: JsonObject };
  const { labels = {}, annotations = {} } = metadata;
  kube.cluster.applyAs(
    { ...mapOf('b'), metadata: { name: 'b', namespace: 'shop', labels, annotations }, data: { value: 'forged' } },
    'accord',
  );
  await fleet.put('rest', specOf(...numbered(objectsMax - 3)));
  await fleet.pass(3);
  writes();
  kube.cluster.editStored(keyOf('a'), { data: { value: 'corrupt' } });
  await fleet.pass(2);
  expect([valuesOf('a', 'b', 'c'), writes(), dryRuns]).toEqual([['corrupt', 'forged', '1'], [], []]);
  await passTurns(4);
  expect(dryRuns.filter((key, at) => dryRuns.indexOf(key) === at)).toEqual([keyOf('a'), keyOf('b'), keyOf('c'), keyOf('z-0')]);
  expect([valuesOf('a', 'b', 'c'), writes()]).toEqual([
    ['1', '1', '1'],
    ['apply a changed', 'apply b changed'],
  ]);
  expect(evidenceIn(fleet)).toEqual([
    'eu healed ConfigMap shop/a: UnseenWrite: .data.value',
    'eu healed ConfigMap shop/b: UnseenWrite: .data.value',
  ]);
});

test('what is stopped, held or only compared is not asked about, and a refused dry run raises nothing', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  for (const name of names) await fleet.put(name, specOf(name));
  await fleet.put('rest', specOf(...numbered(objectsMax - names.length)));
  await fleet.pass(3);
  await fleet.suspend('a', true);
  await fleet.setMode('b', 'Inform');
  await fleet.hold('eu', { policy: 'c' }, 86_400);
  fleet.holdLocally('eu', keyOf('d'), '20000');
  kube.refuse(keyOf('e'), { outcome: 'refused', reason: 'BadRequest', because: 'admission webhook "x" does not support dry run' });
  await fleet.pass(3);
  const before = rows();
  writes();
  for (const name of names.filter((other) => other !== 'b')) kube.cluster.editStored(keyOf(name), { data: { value: 'corrupt' } });
  await passTurns(7);
  expect([...new Set(dryRuns)]).toEqual(['e', 'f', 'z-0'].map(keyOf));
  expect([valuesOf(...names), writes()]).toEqual([['corrupt', '1', 'corrupt', 'corrupt', 'corrupt', '1'], ['apply f changed']]);
  expect(rows()).toEqual(before);
});

test('an aggregationRule that somebody has given to a role of a policy is told, though it took nothing from us', async () => {
  const rolesMax = 96;
  const turnsOfRole = objectsMax / rolesMax;
  const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
  const roles = ['a', ...numbered(rolesMax - 1)].map((name) => ({ name, rules }));
  await fleet.put('roles', { clusterSelector: {}, clusterRoles: roles });
  await fleet.pass(3);
  kube.cluster.edit(roleKey('a'), 'kubectl', { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { x: 'y' } }] } });
  const because = 'clusterroles "a" is forbidden: must have cluster-admin privileges to use the aggregationRule';
  kube.refuse(roleKey('a'), { outcome: 'refused', reason: 'Escalation', because });
  await fleet.pass(3);
  expect(rows()).toEqual([`roles Applied ${rolesMax}`]);
  await passTurns(turnsOfRole);
  const [row = ''] = rows();
  expect(row).toMatch(/^roles Failed .* somebody has added an aggregationRule, which only an administrator takes away: /);
  // Their administrator takes it away.
  kube.cluster.edit(roleKey('a'), 'kubectl', { aggregationRule: null });
  kube.refuse(roleKey('a'), undefined);
  await passTurns(2);
  expect(rows()).toEqual([`roles Applied ${rolesMax}`]);
});
