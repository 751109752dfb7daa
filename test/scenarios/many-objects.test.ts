import { checksPerPass } from '@accord/core/apply/put-off-checks';
import { rowsOfPolicy } from '@accord/core/status/policy-rows';
import { objectKey } from '@accord/proto/ids';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ScenarioFleet } from './scenario-fleet.ts';

// Too many objects for a text that is compared as a whole.
const policies = ['a', 'b', 'c'];
const objectsEach = checksPerPass * 0.8;
const urgent = objectKey('', 'ConfigMap', 'shop', 'urgent');

let fleet: ScenarioFleet;
beforeEach(async () => {
  fleet = new ScenarioFleet();
  await fleet.startHub();
  await fleet.addCluster('eu', {});
  fleet.labelNamespace('eu', 'shop', { open: '' });
  for (const policy of policies)
    await put(
      policy,
      Array.from({ length: objectsEach }, (_, n) => `${policy}-${n}`),
    );
  await fleet.pass(3);
});
afterEach(() => fleet.stop());

async function put(policy: string, names: readonly string[]): Promise<void> {
  const objects = names.map((name) => ({
    id: name,
    manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, data: { n: '1' } },
  }));
  await fleet.put(policy, { clusterSelector: {}, objects });
}

function states(): readonly string[] {
  const { registry, reported } = fleet.hub.projection;
  const sources = { registry, reported, connectionOf: () => ({ state: 'live' }) as const, syncOf: () => 'current' as const };
  return [...registry.policies.values()].flatMap((policy) =>
    rowsOfPolicy(sources, policy).map(({ policy: name, state, applied }) => `${name} ${state} ${applied}`),
  );
}

test('a change that comes while a spoke that was started anew looks at what it holds does not wait for all of it', async () => {
  const { kube } = fleet.cluster('eu');
  await fleet.stopSpoke('eu');
  kube.writes.length = 0;
  const apply = kube.apply.bind(kube);
  kube.apply = async (ref, ...rest) => {
    if (ref.namespace === 'shop') {
      kube.apply = apply;
      await put('urgent', ['urgent']);
    }
    return apply(ref, ...rest);
  };
  await fleet.startSpoke('eu');
  await fleet.pass(60);
  const keys = kube.writes.map(({ key }) => key).filter((key) => key.startsWith(objectKey('', 'ConfigMap', 'shop', '')));
  const before = keys.indexOf(urgent);
  expect(keys).toHaveLength(policies.length * objectsEach + 1);
  expect([before > 0, before <= 2 * checksPerPass]).toEqual([true, true]);
  expect(states()).toEqual([...policies.map((policy) => `${policy} Applied ${objectsEach}`), 'urgent Applied 1']);
});
