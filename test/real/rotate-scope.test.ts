/** The key that signs tokens of spokes is replaced in a running fleet: real hub, nats-server, control planes and spokes. */
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

async function issuerOf(cluster: string): Promise<string> {
  const { jwt } = await it.credentialOf(cluster);
  return (JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as { readonly iss: string }).iss;
}

const keyNow = async (): Promise<string> => (await it.accord('keys', 'show')).split(/\s+/)[1] ?? '';

const untilNobodyIsWaitedFor = (): Promise<void> =>
  until(
    'every spoke uses a token of the next key',
    async () => (await it.accord('keys', 'show')).includes('every connected cluster has renewed'),
    60_000,
  );

test(
  'everybody moves to the next key and stays connected; the tokens of the old one are worth nothing then',
  { timeout: 180_000 },
  async () => {
    const old = await Promise.all(names.map((name) => it.credentialOf(name)));
    const before = await keyNow();
    const watch = new PresenceWatch(it);
    expect(await it.accord('keys', 'rotate', 'spokes-scope', '--reason', 'yearly')).toContain(`spokes-scope  ${before}\n  replaced by A`);
    await untilNobodyIsWaitedFor();
    // Both keys count until the old one is taken out.
    for (const credential of old) expect(await canLogIn(credential)).toBe(true);
    expect(await it.accord('keys', 'rotate', 'spokes-scope', '--finish')).toMatch(/^spokes-scope {2}A/);
    await write('after');
    expect(await watch.stop()).toEqual([]);
    const after = await keyNow();
    expect(after).not.toBe(before);
    for (const credential of old) expect(await canLogIn(credential)).toBe(false);
    for (const name of names) expect(await issuerOf(name)).toBe(after);
  },
);

test('a hub that is killed in the middle goes on; a cluster that is away renews when it is back', { timeout: 180_000 }, async () => {
  await it.fleet.stopSpoke('us-1');
  const before = await keyNow();
  await it.accord('keys', 'rotate', 'spokes-scope');
  await it.fleet.killHub();
  await it.fleet.startHub();
  expect(await keyNow()).toBe(before);
  await untilNobodyIsWaitedFor();
  await it.accord('keys', 'rotate', 'spokes-scope', '--finish');
  expect(await keyNow()).not.toBe(before);
  await it.fleet.startSpoke('us-1');
  await write('after it was away');
  expect(await issuerOf('us-1')).toBe(await keyNow());
});

test('after a theft the old key is taken out at once, and everybody comes back over HTTPS', { timeout: 180_000 }, async () => {
  const old = await it.credentialOf('eu-1');
  await it.accord('keys', 'rotate', 'spokes-scope');
  expect(await it.accord('keys', 'rotate', 'spokes-scope', '--finish', '--force', '--yes')).toMatch(/^spokes-scope {2}A/);
  expect(await canLogIn(old)).toBe(false);
  await write('after a theft');
  for (const name of names) expect(await issuerOf(name)).toBe(await keyNow());
});
