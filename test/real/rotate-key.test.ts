/** Keys of spokes are replaced in a running fleet: real hub, nats-server, control planes and spokes. */
import { parseSeed } from '@accord/proto/keys';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canLogIn, FleetFixture, until } from './fleet-fixture.ts';
import { PresenceWatch } from './presence-watch.ts';

const names = ['eu-1', 'us-1'];
let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start(names.map((name) => ({ name, labels: { env: 'prod' } })));
  await write('before');
});
afterAll(() => it.stop());

async function write(word: string): Promise<void> {
  const configMaps = [{ name: 'kept', data: { word } }];
  await it.untilApplied('keeps', await it.put('keeps', { clusterSelector: {}, namespaces: [{ name: 'kept', configMaps }] }), names);
}

const keyOf = async (cluster: string): Promise<string> => parseSeed('user', (await it.credentialOf(cluster)).seed).publicKey;

/** Actions on this cluster that the audit tells of, the last first. */
async function audit(cluster: string): Promise<readonly string[]> {
  const { body } = await it.hub('GET', '/v1/audit');
  const items = (body as { readonly items: readonly { readonly action: string; readonly change: string }[] }).items;
  return items.filter(({ change }) => change.startsWith(`cluster/${cluster}@`)).map(({ action }) => action);
}

test(
  'spokes replace their keys while everybody stays connected, and the old keys open nothing any more',
  { timeout: 120_000 },
  async () => {
    const old = await Promise.all(names.map((name) => it.credentialOf(name)));
    const watch = new PresenceWatch(it);
    expect(await it.accord('cluster', 'rotate-key', ...names, '--reason', 'yearly')).toMatch(/is told to replace key U/);
    for (const [at, name] of names.entries()) {
      await until(`${name} has another key`, async () => (await it.credentialOf(name)).seed !== old[at]?.seed);
      await until(`the old key of ${name} is revoked`, async () => (await audit(name))[0] === 'OldKeyRevoked');
    }
    await write('after');
    expect(await watch.stop()).toEqual([]);
    for (const credential of old) expect(await canLogIn(credential)).toBe(false);
    for (const name of names) expect(await canLogIn(await it.credentialOf(name))).toBe(true);
    expect((await audit('eu-1')).slice(0, 3)).toEqual(['OldKeyRevoked', 'KeyReplaced', 'KeyReplacementAsked']);
  },
);

test('a hub that starts again believes what the old keys had signed', { timeout: 120_000 }, async () => {
  await it.fleet.killHub();
  await it.fleet.startHub();
  await write('after a start');
  expect(await it.alarms()).toEqual([]);
});

test('a spoke that is killed at any moment of it ends with one key, which counts', { timeout: 240_000 }, async () => {
  for (let round = 0; round < 6; round += 1) {
    const before = await keyOf('eu-1');
    await it.accord('cluster', 'rotate-key', 'eu-1');
    // The spoke looks every second; from before it has begun to after the end.
    const endMs = performance.now() + round * 250;
    while (performance.now() < endMs) await new Promise((resolve) => setImmediate(resolve));
    await it.fleet.killSpoke('eu-1');
    await it.fleet.startSpoke('eu-1');
    await until('it has another key', async () => (await keyOf('eu-1')) !== before, 60_000);
    await until('the old key is revoked', async () => (await audit('eu-1'))[0] === 'OldKeyRevoked', 60_000);
    await write(`round ${round}`);
    expect(await canLogIn(await it.credentialOf('eu-1'))).toBe(true);
  }
});
