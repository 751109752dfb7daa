/** The keys that only the hub and its nats-server know are replaced in a running fleet: real hub, nats-server, control planes and spokes. */
import { join } from 'node:path';
import { writeOperator } from '@accord/hub/identity/claims-files';
import { adoptNextKey, makeNextKey, openKeyRing, type KeyRing } from '@accord/hub/identity/key-ring';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';
import { KeyThief } from './key-thief.ts';
import { PolicyTraffic } from './policy-traffic.ts';
import { PresenceWatch } from './presence-watch.ts';

const names = ['eu-1', 'us-1'];
let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start(names.map((name) => ({ name, labels: { env: 'prod' } })));
});
afterAll(() => it.stop());

const keyNow = async (key: string): Promise<string> =>
  new RegExp(`^${key} {2}(\\S+)`, 'm').exec(await it.accord('keys', 'show'))?.[1] ?? '';

const rotated = (key: string): RegExp => new RegExp(`^${key} {2}\\S+\\n$`);

test(
  'while policies change, all of them are replaced; nobody is offline, no change is lost, and the old ones open nothing',
  { timeout: 180_000 },
  async () => {
    const thief = KeyThief.of(it);
    const before = await Promise.all(['hub-signing', 'sys-signing', 'operator'].map(keyNow));
    const [watch, traffic] = [new PresenceWatch(it), new PolicyTraffic(it, 'keeps')];
    const inside = await Promise.all((['hub', 'sys'] as const).map((role) => thief.enter(thief.login(role))));
    for (const client of inside) expect(await client.settle()).toEqual([]);
    expect(await thief.isLetIn(await thief.pushAccount())).toBe(true);
    // A server that starts with these lets nobody in, and the next rotation starts it.
    await thief.pushForeignClaims();
    for (const key of ['operator', 'hub-signing', 'sys-signing'])
      expect(await it.accord('keys', 'rotate', key, '--reason', 'yearly')).toContain(`the hub uses it: accord keys rotate ${key} --finish`);
    // Both keys count until the old one is taken out.
    expect(await thief.isLetIn(thief.login('hub'))).toBe(true);
    expect(await thief.isLetIn(await thief.pushAccount())).toBe(true);
    expect(await it.accord('keys', 'rotate', 'operator', '--finish')).toMatch(rotated('operator'));
    expect(await thief.isLetIn(await thief.pushAccount())).toBe(false);
    const late = await Promise.all((['hub', 'sys'] as const).map((role) => thief.enter(thief.login(role))));
    for (const key of ['hub-signing', 'sys-signing']) expect(await it.accord('keys', 'rotate', key, '--finish')).toMatch(rotated(key));
    for (const client of [...inside, ...late]) await client.until(() => client.isClosed, 'the end of who was inside');
    expect([await thief.isLetIn(thief.login('hub')), await thief.isLetIn(thief.login('sys'))]).toEqual([false, false]);
    await traffic.stop(names);
    const revisions = traffic.accepted.map((_, at) => (traffic.accepted[0] ?? 0) + at);
    expect(traffic.accepted).toEqual(revisions);
    expect(await watch.stop()).toEqual([]);
    for (const key of await Promise.all(['hub-signing', 'sys-signing', 'operator'].map(keyNow))) expect(before).not.toContain(key);
  },
);

/** The hub dies, having done this much to its keys, and starts again. */
async function diedHaving(did: (keysDir: string) => void): Promise<void> {
  await it.fleet.killHub();
  did(join(it.fleet.paths.hub, 'keys'));
  await it.fleet.startHub();
}

/** The token of the operator is written before the first of its keys is replaced. */
function nameNextOperator(keysDir: string): void {
  const { operatorNext, operatorSigningNext, ...rest } = openKeyRing(keysDir, { mayCreate: false });
  const next = { operator: operatorNext ?? rest.operator, operatorSigning: operatorSigningNext ?? rest.operatorSigning };
  writeOperator(join(keysDir, '..', 'claims'), { ...rest, ...next }, Date.now());
}

async function untilUsed(key: string): Promise<void> {
  await until(`${key} is where it was`, async () => (await it.accord('keys', 'rotate', key)).includes('the hub uses it'));
}

test('a hub that dies at any step goes on, or has it done at its next start', { timeout: 180_000 }, async () => {
  const { keys: old } = KeyThief.of(it);
  const [watch, traffic] = [new PresenceWatch(it), new PolicyTraffic(it, 'keeps')];
  const isIn = (role: 'hub' | 'sys', before: Partial<KeyRing> = {}): Promise<boolean> => {
    const thief = KeyThief.of(it, before);
    return thief.isLetIn(thief.login(role));
  };
  const isAccountUsed = async (before: Partial<KeyRing>): Promise<boolean> => {
    const thief = KeyThief.of(it, before);
    return thief.isLetIn(await thief.pushAccount());
  };

  await diedHaving((dir) => void [makeNextKey(dir, 'hubSigning'), makeNextKey(dir, 'sysSigning'), makeNextKey(dir, 'operator')]);
  for (const key of ['hub-signing', 'sys-signing']) await untilUsed(key);
  const { hubSigningNext: hubSigning = old.hubSigning, sysSigningNext: sysSigning = old.sysSigning } = KeyThief.of(it).keys;
  expect([hubSigning === old.hubSigning, sysSigning === old.sysSigning]).toEqual([false, false]);
  expect([await isIn('hub', { hubSigning }), await isIn('sys', { sysSigning })]).toEqual([true, true]);
  expect([await isIn('hub', old), await isIn('sys', old), await isAccountUsed(old)]).toEqual([true, true, true]);

  await diedHaving((dir) => void [adoptNextKey(dir, 'hubSigning'), makeNextKey(dir, 'operatorSigning')]);
  await untilUsed('operator');
  await until('the old key of HUB is out', async () => !(await isIn('hub', old)));
  expect([await isIn('hub'), await isIn('sys', old), await isAccountUsed(old)]).toEqual([true, true, true]);
  const { operatorSigningNext: operatorSigning = old.operatorSigning } = KeyThief.of(it).keys;
  expect([operatorSigning === old.operatorSigning, await isAccountUsed({ operatorSigning })]).toEqual([false, true]);

  await diedHaving((dir) => void [adoptNextKey(dir, 'sysSigning'), nameNextOperator(dir), adoptNextKey(dir, 'operator')]);
  await untilUsed('operator');
  await until('the old key of SYS is out', async () => !(await isIn('sys', old)));
  expect(await isAccountUsed({ operatorSigning: old.operatorSigning })).toBe(true);

  await diedHaving((dir) => void [nameNextOperator(dir), adoptNextKey(dir, 'operatorSigning')]);
  expect(await isAccountUsed({ operatorSigning: old.operatorSigning })).toBe(false);
  expect([await isAccountUsed({}), await isIn('hub'), await isIn('sys')]).toEqual([true, true, true]);
  await traffic.stop(names);
  expect(await watch.stop()).toEqual([]);
});
