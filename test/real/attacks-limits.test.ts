import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStage, type Stage } from './attack-stage.ts';

let stage: Stage;
const came: Connection[] = [];
const went: Connection[] = [];
const stop = new AbortController();

interface Connection {
  readonly client: { readonly user: string; readonly id: number };
  readonly reason?: string;
}

beforeAll(async () => {
  stage = await startStage();
  const { sys, identity } = stage.realm;
  const listen = (kind: string, list: Connection[]): Promise<void> =>
    sys.subscribe(
      `$SYS.ACCOUNT.${identity.accounts.SPOKES}.${kind}`,
      ({ body }) => list.push(JSON.parse(new TextDecoder().decode(body)) as Connection),
      stop.signal,
    );
  await listen('CONNECT', came);
  await listen('DISCONNECT', went);
});
afterAll(async () => {
  stop.abort();
  await stage.stop();
});

const named = (text: string): string => text.replaceAll('SELF', stage.attacker.id).replaceAll('OTHER', stage.victim.id);

test('more than 96 subscriptions are refused, and the connection stays', async () => {
  const raw = await stage.realm.login(stage.attacker);
  for (let number = 1; number <= 96; number += 1) raw.subscribe(named(`_INBOX.SELF.many${number}.*`));
  expect(await raw.settle()).toEqual([]);
  raw.subscribe(named('_INBOX.SELF.onemore.*'));
  expect(await raw.settle()).toEqual(['maximum subscriptions exceeded']);
  expect((await raw.request(named('report.SELF.summary'), named('_INBOX.SELF.many96.1'))).body).toContain('"stream":"REPORTS"');
});

test('who does not read is cut, and the hub hears why', async () => {
  const member = stage.realm.member();
  const raw = await stage.realm.login(member);
  raw.subscribe('live.desired.all.>');
  expect(await raw.settle()).toEqual([]);
  raw.pause();
  const body = new Uint8Array(1_900_000);
  const isCut = (): boolean => went.some(({ client }) => client.user === member.key.publicKey);
  // 16 MB pending in the server, and what the two sockets hold.
  for (let number = 0; number < 40 && !isCut(); number += 1)
    await stage.realm.hub.append([{ subject: 'desired.all.large', body }], `large-${number}`);
  await expect
    .poll(() => went.find(({ client }) => client.user === member.key.publicKey)?.reason, { timeout: 15_000 })
    .toMatch(/^Slow Consumer/);
  expect(await stage.victimRaw.settle()).toEqual([]);
});

describe('the server does not limit', () => {
  test('connections with one token: the hub counts them by the key that the server has checked', async () => {
    const before = came.length;
    const many = await Promise.all(Array.from({ length: 50 }, () => stage.realm.login(stage.attacker)));
    expect(await Promise.all(many.map((raw) => raw.settle()))).toEqual(many.map(() => []));
    await expect.poll(() => came.length - before).toBe(50);
    expect(new Set(came.slice(before).map(({ client }) => client.user))).toEqual(new Set([stage.attacker.key.publicKey]));
    for (const raw of many) raw.close();
  });

  test('the rate of its own messages: a flood replaces only its own', async () => {
    const before = await stage.stored();
    for (let number = 0; number < 2_000; number += 1) stage.raw.publish(named('report.SELF.drift'), { body: `${number}` });
    expect(await stage.raw.settle()).toEqual([]);
    const last = async (): Promise<string> => new TextDecoder().decode((await stage.realm.hub.last(named('report.SELF.drift')))?.body);
    await expect.poll(last, { timeout: 30_000 }).toBe('1999');
    expect(await stage.stored()).toEqual(before);
  });

  test('its outcomes, of which the stream keeps the last 256', async () => {
    for (let number = 0; number < 300; number += 1) stage.raw.publish(named('outcome.SELF'), { body: `${number}` });
    expect(await stage.raw.settle()).toEqual([]);
    const count = async (): Promise<number | undefined> => {
      const info = await stage.realm.hub.link.api<{ readonly state: { readonly subjects?: Readonly<Record<string, number>> } }>(
        'STREAM.INFO.OUTCOMES',
        { subjects_filter: named('outcome.SELF') },
        'look',
      );
      const text = new TextDecoder().decode((await stage.realm.hub.last(named('outcome.SELF')))?.body);
      return text === '299' ? info.state.subjects?.[named('outcome.SELF')] : undefined;
    };
    await expect.poll(count, { timeout: 30_000 }).toBe(256);
  });
});

test('100,000 heartbeats with a reply subject leave nothing behind in the server', async () => {
  const beat = Buffer.from(`PUB beat.${stage.attacker.id} _INBOX.${stage.attacker.id}.x.1 0\r\n\r\n`);
  const thousand = Buffer.concat(Array.from({ length: 1_000 }, () => beat));
  const flood = async (thousands: number): Promise<void> => {
    for (let number = 0; number < thousands; number += 1) {
      stage.raw.write(thousand);
      expect(await stage.raw.settle()).toEqual([]);
    }
  };
  // Buffers that the server keeps for any traffic are there before the first look.
  await flood(20);
  const before = residentBytes(stage.realm.identity.nats.pid);
  await flood(100);
  // As a service each would be a pending answer of about 780 bytes: 78 MB.
  expect(residentBytes(stage.realm.identity.nats.pid) - before).toBeLessThan(30e6);
});

/** `VmRSS` of proc_pid_status(5). */
function residentBytes(pid: number): number {
  return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

describe('a spoke', () => {
  test('writes its own report and outcome, and beats', async () => {
    const member = stage.realm.member();
    const bus = await stage.realm.spokeBus(member);
    for (const kind of ['summary', 'drift', 'inventory'])
      await bus.request(`report.${member.id}.${kind}`, new TextEncoder().encode(kind), { timeoutMs: 5_000 });
    await bus.request(`outcome.${member.id}`, new TextEncoder().encode('done'), { timeoutMs: 5_000, msgId: 'x' });
    bus.publish(`beat.${member.id}`, new Uint8Array());
    expect(new TextDecoder().decode((await stage.realm.hub.last(`report.${member.id}.drift`))?.body)).toBe('drift');
    expect(new TextDecoder().decode((await stage.realm.hub.last(`outcome.${member.id}`))?.body)).toBe('done');
    await expect.poll(() => stage.heardByHub).toContain(`beat.${member.id}`);
  });

  test('gets the answer of the hub to its renewal', async () => {
    const member = stage.realm.member();
    const bus = await stage.realm.spokeBus(member);
    const answer = await bus.request(`rpc.${member.id}.renew`, new Uint8Array(), { timeoutMs: 5_000 });
    expect(new TextDecoder().decode(answer)).toBe('renewed');
  });
});
