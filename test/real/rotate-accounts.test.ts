/** The keys that only the hub and its nats-server know are replaced in a running fleet: real hub, nats-server, control planes and spokes. */
import { join } from 'node:path';
import { adoptNextKey, makeNextKey } from '@accord/hub/identity/key-ring';
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

const keyNow = async (key: string): Promise<string> => new RegExp(`^${key} {2}(\\S+)`, 'm').exec(await it.accord('keys', 'show'))?.[1] ?? '';

const rotated = (key: string): RegExp => new RegExp(`^${key} {2}\\S+\\n$`);

test('while policies change, all of them are replaced; nobody is offline, no change is lost, and the old ones open nothing', { timeout: 180_000 }, async () => {
  const thief = KeyThief.of(it);
  const before = await Promise.all(['hub-signing', 'sys-signing', 'operator'].map(keyNow));
  const [watch, traffic] = [new PresenceWatch(it), new PolicyTraffic(it, 'keeps')];
  const inside = await Promise.all((['hub', 'sys'] as const).map((role) => thief.enter(thief.login(role))));
  for (const client of inside) expect(await client.settle()).toEqual([]);
  expect(await thief.isLetIn(await thief.pushAccount())).toBe(true);
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
  console.log(traffic.accepted.length, traffic.refused);
  expect(traffic.accepted).toEqual(revisions);
  expect(await watch.stop()).toEqual([]);
  for (const key of await Promise.all(['hub-signing', 'sys-signing', 'operator'].map(keyNow))) expect(before).not.toContain(key);
});
void until; void join; void adoptNextKey; void makeNextKey;
