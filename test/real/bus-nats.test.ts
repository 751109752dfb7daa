import { describeBusContract } from '@accord/bus/bus-contract';
import type { Item, Live } from '@accord/bus/bus';
import { ensureStreams } from '@accord/bus/nats/ensure-streams';
import type { NatsBus } from '@accord/bus/nats/nats-bus';
import { isCoded } from '@accord/proto/coded-error';
import { createKeyPair } from '@accord/proto/keys';
import type { Stream } from '@accord/proto/subjects';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TcpProxy } from '../tcp-proxy.ts';
import { bytes, connectHub, connectSpoke, id, ignore, item, startFleet, type Fleet } from './bus-fleet.ts';

describeBusContract('nats', async () => ({ ...(await startFleet()), id, elapse: ignore }));

const text = (body: Uint8Array): string => new TextDecoder().decode(body);

/** Tries again while the outcome is unknown or the server is away; a conflict ends it. */
async function repeat<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isCoded(error, 'unavailable', 'timeout') || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function lastSeq(hub: NatsBus, stream: Stream): Promise<number> {
  return (await hub.link.api<{ readonly state: { readonly last_seq: number } }>(`STREAM.INFO.${stream}`, {}, 'count')).state.last_seq;
}

describe('bus on a nats-server', () => {
  let fleet: Fleet;
  let stop: AbortController;
  beforeEach(async () => {
    fleet = await startFleet();
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    await fleet.close();
  });

  test('after a crash of the server everything goes on: what was stored is there, followers and subscriptions miss nothing new', async () => {
    const { server, hub, spoke } = fleet;
    await hub.append([item('desired.all.p', '1'), item('index.all', 'i', 0)], 'a');
    const followed: string[] = [];
    const reading = (async () => {
      for await (const delivery of hub.follow({ stream: 'FLEET', filters: ['desired.>'], afterSeq: 0 }, stop.signal)) {
        followed.push(delivery === 'caught-up' ? delivery : text(delivery.body));
      }
    })();
    const live: string[] = [];
    await spoke.subscribe('live.desired.all.>', ({ body }: Live) => live.push(text(body)), stop.signal);
    await vi.waitFor(() => expect(followed).toEqual(['1', 'caught-up']));
    const states: string[] = [];
    hub.onConnection((state) => states.push(`hub ${state}`), stop.signal);
    spoke.onConnection((state) => states.push(`spoke ${state}`), stop.signal);

    await server.kill();
    await vi.waitFor(() => expect(states).toHaveLength(4));
    await expect(hub.append([item('desired.all.p', '2')], 'b')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(spoke.get('index.all')).rejects.toMatchObject({ code: 'unavailable' });
    hub.publish('live.tick', bytes('dropped'));

    await server.start();
    await vi.waitFor(() => expect(states.slice(4).toSorted()).toEqual(['hub connected', 'spoke connected']), 5_000);
    expect((await hub.last('desired.all.p'))?.tx).toBe('a');
    await vi.waitFor(() => hub.append([item('desired.all.p', '2')], 'b'), 5_000);
    await vi.waitFor(() => expect(followed).toEqual(['1', 'caught-up', '2']), 5_000);
    await vi.waitFor(() => expect(live).toEqual(['2']), 5_000);
    stop.abort();
    await reading;
  }, 20_000);

  test('a writer that repeats what is unknown loses nothing and writes nothing twice, through three crashes', async () => {
    const { server, hub } = fleet;
    const changes = 150;
    let seq = 0;
    let stored = 0;
    const crashAt = new Set([30, 70, 110]);
    let crashing = Promise.resolve();
    for (let change = 1; change <= changes; change += 1) {
      const documents = Array.from({ length: 1 + (change % 2) }, (_, at) => item(`desired.all.p${at}`, `${change}`));
      if (crashAt.has(change)) crashing = server.kill().then(() => server.start());
      seq = (await repeat(() => hub.append([...documents, item('index.all', `${change}`, seq)], `change-${change}`))).seq;
      stored += documents.length + 1;
    }
    await crashing;
    // Each message takes one sequence, so one that was written twice would show here.
    expect(await lastSeq(hub, 'FLEET')).toBe(stored);
    expect(await hub.last('index.all')).toMatchObject({ tx: `change-${changes}` });
    expect(await hub.last('desired.all.p0')).toMatchObject({ tx: `change-${changes}` });
  }, 30_000);

  const kinds: [name: string, items: Item[]][] = [
    ['one message', [item('index.all', 'i', 0)]],
    ['a document and its index', [item('desired.all.p', 'p'), item('index.all', 'i', 0)]],
    ['a batch', [item('desired.all.p', 'p'), item('desired.all.q', 'q'), item('index.all', 'i', 0)]],
  ];
  test.each(kinds)('%s whose answer is lost with the connection is finished by its next attempt', async (_name, items) => {
    const { server, hub } = fleet;
    server.pause();
    const first = expect(hub.append(items, 'a')).rejects.toMatchObject({ code: 'timeout' });
    // By now the messages are on their way.
    await new Promise((resolve) => setImmediate(resolve));
    const back = hub.reconnect();
    await first;
    server.resume();
    await back;
    await vi.waitFor(async () => expect(await lastSeq(hub, 'FLEET')).toBeGreaterThan(0));
    const { seq } = await repeat(() => hub.append(items, 'a'));
    expect(await hub.last('index.all')).toMatchObject({ seq, tx: 'a' });
    for (const { subject } of items) expect(await hub.last(subject)).toMatchObject({ tx: 'a' });
    expect(await lastSeq(hub, 'FLEET')).toBe(items.length);
  });

  test('what is in flight when the server dies is rejected at once, and not after its timeout', async () => {
    const { server, hub, spoke } = fleet;
    await hub.serve('rpc.*.renew', () => new Promise(() => undefined), stop.signal);
    const answer = spoke.request(`rpc.${id}.renew`, bytes(''), { timeoutMs: 60_000 });
    // Another request on the same connection has gone there and back, so the first one is at the server.
    await spoke.get('index.all');
    const failure = expect(answer).rejects.toMatchObject({ code: 'timeout', message: expect.stringContaining('the connection broke') });
    await server.kill();
    await failure;
  }, 5_000);

  test('a spoke is told that it may not, and the same refusal is reported once', async () => {
    const { server, hub } = fleet;
    const reported: string[] = [];
    const guest = await connectSpoke(server, { role: 'spoke', onError: (error) => reported.push(error.message) });
    const forbidden = { code: 'forbidden' };
    await expect(guest.last('index.all')).rejects.toMatchObject(forbidden);
    await expect(guest.get('index.l.env.prod')).rejects.toMatchObject(forbidden);
    await expect(guest.get('index.l.env.prod')).rejects.toMatchObject(forbidden);
    await expect(guest.append([item('desired.all.p', 'forged')], 'a')).rejects.toMatchObject(forbidden);
    await expect(guest.subscribe('live.>', ignore, stop.signal)).rejects.toMatchObject(forbidden);
    await expect(guest.request(`outcome.${'b'.repeat(26)}`, bytes(''), { timeoutMs: 1_000 })).rejects.toMatchObject(forbidden);
    await vi.waitFor(() => expect(reported).toHaveLength(5));
    expect(await hub.last('desired.all.p')).toBeUndefined();
    await guest.close();
  });

  test('logs in again with the credential of that moment, and keeps its subscriptions', async () => {
    const { server, hub } = fleet;
    let key = server.hubKey;
    let logins = 0;
    const credential = () => {
      logins += 1;
      return { jwt: '', key };
    };
    const bus = await connectHub(server, { credential });
    const ticks: string[] = [];
    await bus.subscribe('live.tick', ({ body }) => ticks.push(text(body)), stop.signal);
    const states: string[] = [];
    bus.onConnection((state) => states.push(state), stop.signal);
    await bus.reconnect();
    await vi.waitFor(() => expect(states).toEqual(['connected', 'disconnected', 'connected']), 5_000);
    expect(logins).toBe(2);
    hub.publish('live.tick', bytes('1'));
    await vi.waitFor(() => expect(ticks).toEqual(['1']));

    // A key that nobody knows is refused, again and again, until there is a better one.
    key = createKeyPair('user');
    await bus.reconnect();
    await vi.waitFor(() => expect(logins).toBeGreaterThan(4), 5_000);
    expect(states.at(-1)).toBe('disconnected');
    key = server.hubKey;
    await vi.waitFor(() => expect(states.at(-1)).toBe('connected'), 5_000);
    await bus.close();
  }, 20_000);

  test('spokes that are cut right after their login come back one by one, and all of them soon', async () => {
    const { server } = fleet;
    const path = await TcpProxy.to(server.place.servers[0] ?? '');
    const place = () => ({ ...server.place, servers: [path.url] });
    const spokes = await Promise.all(Array.from({ length: 16 }, () => connectSpoke(server, { role: 'spoke', place })));
    const cut = new Set<NatsBus>();
    const backMs: number[] = [];
    for (const spoke of spokes)
      spoke.onConnection((state) => {
        if (state === 'disconnected') cut.add(spoke);
        else if (cut.has(spoke)) backMs.push(performance.now());
      }, stop.signal);
    path.drop();
    // Ten seconds, and a busy machine.
    await vi.waitFor(() => expect(backMs).toHaveLength(spokes.length), 14_000);
    expect(Math.max(...backMs) - Math.min(...backMs)).toBeGreaterThan(2_000);
    await Promise.all(spokes.map((spoke) => spoke.close()));
    path.close();
  }, 30_000);

  test('gives up the first connection only when it is told to', async () => {
    const { server } = fleet;
    const giveUp = new AbortController();
    const credential = () => ({ jwt: '', key: createKeyPair('user') });
    const connecting = expect(connectHub(server, { credential, signal: giveUp.signal })).rejects.toMatchObject({
      ...{ code: 'unavailable', cause: expect.objectContaining({ message: 'not today' }) },
    });
    giveUp.abort(new Error('not today'));
    await connecting;
  }, 5_000);

  test('a follower that ends leaves no consumer behind', async () => {
    const { hub } = fleet;
    const countConsumers = async () =>
      (await hub.link.api<{ state: { consumer_count: number } }>('STREAM.INFO.INTENT', {}, 'count')).state.consumer_count;
    for await (const delivery of hub.follow({ stream: 'INTENT', filters: [], afterSeq: 0 }, stop.signal)) {
      expect(delivery).toBe('caught-up');
      expect(await countConsumers()).toBe(1);
      break;
    }
    await vi.waitFor(async () => expect(await countConsumers()).toBe(0));
  });

  test('a follower whose consumer is deleted goes on with another one', async () => {
    const { hub } = fleet;
    const followed: string[] = [];
    for await (const delivery of hub.follow({ stream: 'INTENT', filters: [], afterSeq: 0 }, stop.signal)) {
      followed.push(delivery === 'caught-up' ? delivery : text(delivery.body));
      if (followed.length === 2) break;
      const { consumers } = await hub.link.api<{ readonly consumers: readonly string[] }>('CONSUMER.NAMES.INTENT', {}, 'names');
      for (const consumer of consumers) await hub.link.api(`CONSUMER.DELETE.INTENT.${consumer}`, {}, 'delete');
      await hub.append([item('intent.policy.p', '1')], 'a');
    }
    expect(followed).toEqual(['caught-up', '1']);
  });

  test('a follower of a stream that was made anew ends with gone', async () => {
    const { hub } = fleet;
    await hub.append([item('intent.policy.p', '1')], 'a');
    const following = (async () => {
      for await (const delivery of hub.follow({ stream: 'INTENT', filters: [], afterSeq: 0 }, stop.signal)) {
        if (delivery !== 'caught-up') continue;
        await hub.link.api('STREAM.DELETE.INTENT', {}, 'delete');
        await ensureStreams(hub, { replicas: 1 });
        for (const tx of ['b', 'c']) await hub.append([item('intent.policy.p', tx)], tx);
      }
    })();
    await expect(following).rejects.toMatchObject({ code: 'gone' });
  });

  test('two hubs share the requests: each is answered once', async () => {
    const { server, hub, spoke } = fleet;
    const other = await connectHub(server);
    const answered: string[] = [];
    for (const [name, bus] of [
      ['a', hub],
      ['b', other],
    ] as const) {
      await bus.serve('rpc.*.renew', async () => (answered.push(name), bytes(name)), stop.signal);
    }
    await Promise.all(Array.from({ length: 40 }, () => spoke.request(`rpc.${id}.renew`, bytes(''), { timeoutMs: 5_000 })));
    expect(answered).toHaveLength(40);
    expect(new Set(answered)).toEqual(new Set(['a', 'b']));
    await other.close();
  });
});
