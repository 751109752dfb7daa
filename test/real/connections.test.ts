/** Who is connected, as the hub knows it: a real hub and a real nats-server. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { natsMonitor } from '@accord/hub/connections/nats-monitor';
import { describeMonitor } from '@accord/hub/connections/monitor-contract';
import type { Fleet } from '@accord/proto/api';
import { createKeyPair } from '@accord/proto/keys';
import { HubProgram } from '../chaos/hub-program.ts';
import { until } from './fleet-fixture.ts';
import { HubMember } from './hub-member.ts';
import { startRealm, type Realm } from './identity-realm.ts';

describe('natsMonitor', () => {
  const realms: Realm[] = [];
  afterAll(async () => {
    for (const realm of realms) await realm.stop();
  });
  describeMonitor(async () => {
    const realm = await startRealm();
    realms.push(realm);
    const members = [realm.member(), realm.member()] as const;
    const login = async (key: string) => {
      const member = members.find((one) => one.key.publicKey === key);
      if (member === undefined) throw new Error(`nobody has ${key}`);
      const client = await realm.login(member);
      expect(await client.settle()).toEqual([]);
      return { member, client };
    };
    return {
      monitor: natsMonitor(realm.sys, realm.identity.accounts.SPOKES),
      keys: [members[0].key.publicKey, members[1].key.publicKey],
      connect: async (key) => {
        const { member, client } = await login(key);
        return {
          send: async (messages) => {
            for (let n = 0; n < messages; n += 1) client.publish(`beat.${member.id}`);
            await client.settle();
          },
          close: async () => client.close(),
        };
      },
      knock: async () => {
        const thief = createKeyPair('user');
        const client = await realm.login({ jwt: members[0].jwt, key: thief });
        expect(await client.settle()).toContain('Authorization Violation');
        return thief.publicKey;
      },
    };
  });
});

interface ClusterStatus {
  readonly connection: string;
  readonly conditions: readonly { readonly reason: string }[];
  readonly alarms: readonly string[];
}

/** One hub for all; its clusters do not know each other. */
describe.concurrent('a hub', () => {
  const home = mkdtempSync(join(tmpdir(), 'accord-connections-'));
  let hub: HubProgram;
  const members: HubMember[] = [];
  beforeAll(async () => {
    hub = await HubProgram.at(join(home, 'hub'));
    await hub.start();
    await until('the hub is ready', async () => (await hub.readiness()) === 'ok');
  });
  afterAll(async () => {
    for (const member of members) member.close();
    await hub.stop();
    rmSync(home, { recursive: true, force: true });
  });

  /** Joined and logged in; it beats as a spoke does until `quiet`. */
  async function spoke(name: string) {
    const member = await HubMember.join(hub, name);
    members.push(member);
    const client = await member.login();
    member.beat(client);
    const timer = setInterval(() => member.beat(client), 500);
    await untilShown(name, 'live Connected');
    return { member, client, quiet: () => clearInterval(timer) };
  }

  async function statusOf(name: string): Promise<ClusterStatus> {
    const { body } = await hub.client.send('GET', `/apis/accord.dev/v1alpha1/clusters/${name}`);
    return (body as { readonly status: ClusterStatus }).status;
  }

  async function shown(name: string): Promise<string> {
    const { connection, conditions } = await statusOf(name);
    return `${connection} ${conditions[0]?.reason}`;
  }

  const untilShown = (name: string, wanted: string, limitMs?: number): Promise<void> =>
    until(`${name} is ${wanted}`, async () => (await shown(name)).replace('Behind', 'Connected') === wanted, limitMs);

  const untilAlarm = (name: string, text: string, limitMs?: number): Promise<void> =>
    until(`alarm of ${name}: ${text}`, async () => (await statusOf(name)).alarms.some((alarm) => alarm.includes(text)), limitMs);

  test('knows within seconds that a spoke hung up, long before its beats are missed', async () => {
    const { member, client, quiet } = await spoke('hangs-up');
    quiet();
    member.beat(client);
    await client.settle();
    const startMs = performance.now();
    client.close();
    await untilShown('hangs-up', 'offline Offline');
    const ms = performance.now() - startMs;
    console.log(`offline ${(ms / 1_000).toFixed(1)} s after the end of its connection`);
    expect(ms).toBeGreaterThan(2_500);
    expect(ms).toBeLessThan(7_900);
  });

  test('does not call a spoke offline that logs in anew', async () => {
    const { member, client, quiet } = await spoke('switches');
    const states = new Set<string>();
    for (let times = 0; times < 5; times += 1) {
      client.close();
      const next = await member.login();
      expect(await next.settle()).toEqual([]);
      const endMs = performance.now() + 800;
      while (performance.now() < endMs) {
        member.beat(next);
        states.add((await statusOf('switches')).connection);
      }
      next.close();
    }
    quiet();
    expect([...states]).toEqual(['live']);
  });

  test('tells a spoke that hangs from one that is away', async () => {
    const { quiet, member, client } = await spoke('hangs');
    quiet();
    await untilShown('hangs', 'offline NotAnswering');
    member.beat(client);
    await untilShown('hangs', 'live Connected');
  });

  test('tells of a message that another key signed, and believes none of it', async () => {
    const { member, client, quiet } = await spoke('forged');
    member.tell(client, { by: createKeyPair('user'), object: '/ConfigMap/n/forged' });
    await untilAlarm('forged', 'that its key did not sign');
    member.tell(client, { object: '/ConfigMap/n/true' });
    const healed = async (): Promise<readonly string[]> => {
      const { body } = await hub.client.send('GET', '/v1/fleet');
      return (body as Fleet).heals.map(({ object }) => object).filter((object) => object.startsWith('/ConfigMap/n/'));
    };
    await until('the true one is believed', async () => (await healed()).length > 0);
    expect(await healed()).toEqual(['/ConfigMap/n/true']);
    quiet();
  });

  test('tells who knocks with a revoked key, and from where', async () => {
    const { member, quiet } = await spoke('knocks');
    quiet();
    await hub.client.send('POST', '/v1/clusters/knocks/revoke');
    expect(await member.tryLogin()).toContain('Authorization Violation');
    await untilAlarm('knocks', 'somebody at 127.0.0.1 tries to log in with its revoked key');
  });

  test('tells of a key that is in use twice, and of nobody who logs in anew', { timeout: 150_000 }, async () => {
    const { member, quiet } = await spoke('twice');
    const second = await member.login();
    expect(await second.settle()).toEqual([]);
    await untilAlarm('twice', 'its key is in use twice at once', 120_000);
    second.close();
    await until('the alarm is over', async () => (await statusOf('twice')).alarms.length === 0);
    quiet();
  });

  test('cuts off a spoke that floods the bus, and gives it no credential', { timeout: 120_000 }, async () => {
    const { member, client, quiet } = await spoke('floods');
    const flood = setInterval(() => {
      for (let n = 0; n < 500; n += 1) member.beat(client);
    }, 100);
    await client.until(() => client.isClosed, 'the cut', 60_000);
    clearInterval(flood);
    quiet();
    await untilAlarm('floods', 'it flooded the bus');
    // It is cut before its tokens are dead.
    await until('its login is refused', async () => (await member.tryLogin()).includes('Authorization Violation'));
    expect(await member.renewOverHttps()).toMatchObject({ status: 429, body: { code: 'busy' } });
  });

  test('cuts off a key with more connections than any spoke has', { timeout: 60_000 }, async () => {
    const { member, client, quiet } = await spoke('crowds');
    const more = await Promise.all(Array.from({ length: 10 }, () => member.login()));
    for (const one of [client, ...more]) await one.until(() => one.isClosed, 'the cut', 40_000);
    quiet();
    await untilAlarm('crowds', 'connections at once');
  });
});

/** Alone, as nobody answers meanwhile. */
describe('a hub that does not get to run', () => {
  test('calls nobody offline for it, nor does the next one after a crash', { timeout: 120_000 }, async () => {
    const home = mkdtempSync(join(tmpdir(), 'accord-frozen-'));
    const hub = await HubProgram.at(join(home, 'hub'));
    await hub.start();
    const member = await HubMember.join(hub, 'eu-1');
    const client = await member.login();
    const timer = setInterval(() => member.beat(client), 500);
    const states = new Set<string>();
    const look = async (forMs: number): Promise<void> => {
      const endMs = performance.now() + forMs;
      while (performance.now() < endMs) {
        const { body } = await hub.client.send('GET', '/apis/accord.dev/v1alpha1/clusters/eu-1');
        states.add((body as { readonly status: ClusterStatus }).status.connection);
      }
    };
    try {
      await until('it is heard', async () => {
        const { body } = await hub.client.send('GET', '/apis/accord.dev/v1alpha1/clusters/eu-1');
        return (body as { readonly status: ClusterStatus }).status.connection === 'live';
      });
      const events = await fetch(`${hub.url}/v1/events`, { headers: { authorization: `Bearer ${hub.token}` } });
      const told = tellConnections(events, states);
      const { pid } = JSON.parse(readFileSync(join(hub.dataDir, 'hub.json'), 'utf8')) as { readonly pid: number };
      process.kill(pid, 'SIGSTOP');
      const frozenUntilMs = performance.now() + 12_000;
      await until('twelve seconds have passed', async () => performance.now() > frozenUntilMs);
      process.kill(pid, 'SIGCONT');
      await look(3_000);
      expect([...states]).toEqual(['live']);
      await hub.kill();
      await told;
      await hub.start();
      await look(3_000);
      expect([...states].toSorted()).toEqual(expect.not.arrayContaining(['offline']));
    } finally {
      clearInterval(timer);
      member.close();
      await hub.stop();
      rmSync(home, { recursive: true, force: true });
    }
  });
});

/** What the event stream says of connections, until it breaks: it tells in the very moment in which the hub runs again. */
async function tellConnections(events: Response, states: Set<string>): Promise<void> {
  try {
    for await (const chunk of events.body ?? [])
      for (const [, state] of new TextDecoder().decode(chunk as Uint8Array).matchAll(/"connection":"(\w+)"/g)) states.add(state ?? '');
  } catch {
    // The hub was killed.
  }
}
