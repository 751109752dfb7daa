import { rowsOfPolicy } from '@accord/core/status/policy-rows';
import { objectKey, type PolicyName } from '@accord/proto/ids';
import type { SealedSecret } from '@accord/proto/sealed-secret';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ScenarioFleet } from './scenario-fleet.ts';
import { sealFor } from './seal-for.ts';

// Ciphertext is different each time, so that this is no text that can be compared as a whole.
const secret = objectKey('', 'Secret', 'shop', 'db');
const grant = objectKey('rbac.authorization.k8s.io', 'RoleBinding', 'shop', 'accord-spoke-secrets');

let fleet: ScenarioFleet;
beforeEach(async () => {
  fleet = new ScenarioFleet();
  await fleet.startHub();
  await fleet.addCluster('eu', {});
  await fleet.pass(3);
});
afterEach(() => fleet.stop());

const factsOf = () => [...fleet.hub.projection.reported.clusters.values()].map(({ facts }) => facts);
const live = (key = secret) => fleet.cluster('eu').kube.cluster.peek(key);
const valueOf = (): string => Buffer.from((live()?.['data'] as { readonly password?: string })?.password ?? '', 'base64').toString();

const seal = (value: string): Promise<SealedSecret> => sealFor(fleet, { namespace: 'shop', name: 'db', value }, ['eu']);

async function put(change: object, ...sealedSecrets: readonly SealedSecret[]): Promise<void> {
  await fleet.put('pay', { clusterSelector: {}, namespaces: [{ name: 'shop', sealedSecrets }], ...change });
}

function row(): string {
  const { registry, reported } = fleet.hub.projection;
  const policy = registry.policies.get('pay' as PolicyName) ?? expect.unreachable('a policy');
  const sources = { registry, reported, connectionOf: () => ({ state: 'live' }) as const, syncOf: () => 'current' as const };
  return rowsOfPolicy(sources, policy)
    .map(({ state, reason, problems }) => [state, reason, ...problems.map(({ object, message }) => `${object}: ${message}`)].join(' '))
    .join('\n');
}

test('a cluster tells what it is, and its key, also while it has no policy', () => {
  expect(factsOf().map((facts) => [facts?.kubernetesVersion, facts?.sealingKeys.length])).toEqual([['v1.36.3', 1]]);
});

/** Opening takes threads, and so real time: the time of the fleet passes until it is so. */
const until = (says: () => unknown, wanted: unknown): Promise<void> =>
  vi.waitFor(
    async () => {
      await fleet.pass(1);
      expect(says()).toEqual(wanted);
    },
    { timeout: 20_000, interval: 1 },
  );

test('a sealed secret is healed, held like any other object, and leaves before the grant of the spoke', async () => {
  await put({}, await seal('hunter2'));
  await until(() => [row(), valueOf()], ['Applied Applied', 'hunter2']);
  const edit = (password: string): void => fleet.cluster('eu').kube.cluster.edit(secret, 'kubectl', { data: { password } });
  edit('AAAA');
  await until(valueOf, 'hunter2');
  fleet.holdLocally('eu', secret, '3600');
  edit('AAAA');
  await fleet.delete('pay');
  await fleet.pass(2);
  expect([live() !== undefined, live(grant) !== undefined]).toEqual([true, true]);
  fleet.holdLocally('eu', secret, '');
  await until(() => [live(), live(grant)], [undefined, undefined]);
});

test('what only compares opens nothing', async () => {
  const sealed = await seal('hunter2');
  await put({ mode: 'Inform' }, sealed);
  await until(row, expect.stringContaining('/Secret/shop/db: has not been applied here'));
  expect(live()).toBeUndefined();
  await put({}, sealed);
  await until(row, 'Applied Applied');
  await put({ mode: 'Inform' }, sealed);
  await until(row, 'Applied Applied');
  fleet.cluster('eu').kube.cluster.edit(secret, 'kubectl', { data: { password: 'AAAA' } });
  await until(row, 'Drifted Inform /Secret/shop/db: was changed here');
});

test('a key that is gone leaves the Secret as it is and says so, until the values are sealed again', async () => {
  await put({}, await seal('hunter2'));
  await until(valueOf, 'hunter2');
  await fleet.stopSpoke('eu');
  fleet.cluster('eu').kube.cluster.drop(objectKey('', 'Secret', 'accord-system', 'accord-spoke-sealing-keys'));
  await fleet.startSpoke('eu');
  await until(row, 'Blocked KeyUnknown /Secret/shop/db: its values are sealed for a key that this cluster does not have');
  expect(valueOf()).toBe('hunter2');
  await put({}, await seal('hunter3'));
  await until(() => [row(), valueOf()], ['Applied Applied', 'hunter3']);
});
