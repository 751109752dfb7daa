/**
 * Two spokes in one cluster, as after a node that was suspended: the one that leads stands still with a write on its way until the
 * other one leads and has applied something newer. Then it goes on, and its old write arrives.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';
import { KillWorld } from './kill-world.ts';
import { KillableSpoke } from './killable-spoke.ts';

const cluster = 'twin';
const name = 'fenced';
const maps = '/api/v1/namespaces/kill-fenced/configmaps';
const mirror = `/apis/accord.dev/v1alpha1/clusterpolicies/${name}`;
const [lease, state] = [
  '/apis/coordination.k8s.io/v1/namespaces/accord-system/leases/accord-spoke',
  '/api/v1/namespaces/accord-system/configmaps/accord-spoke-state',
];
const names = ['spoke-a', 'spoke-b'];
const spokes = new Map<string, KillableSpoke>();
let it: FleetFixture;
let world: KillWorld;
let version = 0;

beforeAll(async () => {
  it = await FleetFixture.start([{ name: cluster, labels: {} }]);
  world = new KillWorld(it, cluster);
  await it.fleet.stopSpoke(cluster);
  for (const spoke of names) {
    spokes.set(spoke, await KillableSpoke.startBeside(it, cluster, spoke));
    await until('one of them leads', async () => names.includes(await leader()));
  }
});
afterAll(async () => {
  for (const spoke of spokes.values()) await spoke.stop();
  await it.stop();
});

const spokeOf = (instance: string): KillableSpoke => spokes.get(instance) ?? expect.unreachable(`${instance} never ran`);
const read = async (path: string): Promise<Record<string, unknown>> =>
  (await it.kube(cluster, 'GET', path)).body as Record<string, unknown>;
const leader = async (): Promise<string> => ((await read(lease))['spec'] as { readonly holderIdentity: string }).holderIdentity;
const valueOf = async (): Promise<string> => ((await read(`${maps}/settings`))['data'] as { readonly version: string }).version;
const mirrored = async (): Promise<unknown> => {
  const { epoch, revision, step } = (await read(mirror))['spec'] as Record<string, number>;
  return { epoch, revision, step };
};
const bootOf = async (): Promise<number> => {
  const { state: text } = (await read(state))['data'] as { readonly state: string };
  return (JSON.parse(text) as { readonly boot: number }).boot;
};

function put(more: readonly string[] = []): Promise<number> {
  version += 1;
  const configMaps = [{ name: 'settings', data: { version: String(version) } }, ...more.map((of) => ({ name: of, data: { ours: 'yes' } }))];
  return it.put(name, { clusterSelector: {}, namespaces: [{ name: 'kill-fenced', configMaps }] });
}

const oldWrites: readonly (readonly [what: string, isIt: (write: string) => boolean])[] = [
  ['an object', (write) => write.startsWith(`PATCH ${maps}/settings`)],
  ['a mirror', (write) => write.startsWith(`PATCH ${mirror}?`)],
  ['a deletion', (write) => write.startsWith(`DELETE ${maps}/going`)],
];

test.each(oldWrites)('an old write of %s takes nothing back, and one leads in the end', { timeout: 120_000 }, async (_what, isIt) => {
  await it.untilApplied(name, await put(['going']), [cluster]);
  const old = await leader();
  const next = names.find((other) => other !== old) ?? expect.unreachable();
  await world.makeGuarded(`${maps}/foreign-${version}`, { data: { mine: 'yes' } });

  const suspended = spokeOf(old).suspendAt(isIt);
  await put();
  const { sendLate } = await suspended;
  // What is to be deleted becomes somebody else's before the deletion arrives.
  if ((await it.status(cluster, `${maps}/going`)) === 200) await world.takeAway(`${maps}/going`, 'disown');
  await until(`${next} leads`, async () => (await leader()) === next, 40_000);
  const newer = await put();
  await it.untilApplied(name, newer, [cluster]);
  const [mirrorBefore, bootBefore] = [await mirrored(), await bootOf()];

  const written = spokeOf(old).goOn();
  await sendLate();
  expect(await mirrored()).toEqual(mirrorBefore);
  expect((await spokeOf(old).ended()).code).toBe(1);
  await until('the newer one holds', async () => (await valueOf()) === String(version));
  expect({ written, leader: await leader(), mirror: await mirrored(), boot: await bootOf() }).toEqual({
    ...{ written: [], leader: next, mirror: mirrorBefore, boot: bootBefore },
  });
  await it.untilApplied(name, newer, [cluster]);
  expect(await world.foreignFaults()).toEqual([]);
  await spokeOf(old).start();
  // It is his now; the next round makes another one.
  await it.kube(cluster, 'DELETE', `${maps}/going`);
});
