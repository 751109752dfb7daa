import type { ClusterId } from '@accord/proto/ids';
import { ManualClock } from '@accord/runtime/clock';
import { describe, expect, test } from 'vitest';
import { describeBusContract } from './bus-contract.ts';
import { MemoryBroker } from './memory-broker.ts';
import { MemoryBus } from './memory-bus.ts';

describeBusContract('memory', async () => {
  const clock = new ManualClock();
  const broker = new MemoryBroker(clock);
  return {
    hub: new MemoryBus(broker, clock),
    spoke: new MemoryBus(broker, clock),
    id: 'a'.repeat(26) as ClusterId,
    elapse: (ms) => clock.advance(ms),
    close: async () => undefined,
  };
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const document = (name: string) => ({ subject: `desired.all.${name}`, body: bytes(name) });
/** Lets everything that is on its way arrive. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function fleet() {
  const broker = new MemoryBroker();
  return { broker, hub: new MemoryBus(broker), spoke: new MemoryBus(broker), signal: new AbortController().signal };
}

describe('memory broker', () => {
  test('a client that is disconnected hears nothing and can do nothing, and the others go on', async () => {
    const { broker, hub, spoke, signal } = fleet();
    const heard: string[] = [];
    await spoke.subscribe('live.>', ({ subject }) => heard.push(subject), signal);
    spoke.onConnection((state) => heard.push(state), signal);
    broker.disconnect(spoke);
    await hub.append([document('a')], 'a');
    await expect(spoke.get('desired.all.a')).rejects.toMatchObject({ code: 'unavailable' });
    broker.connect(spoke);
    await hub.append([document('b')], 'b');
    await settle();
    expect(heard).toEqual(['connected', 'disconnected', 'connected', 'live.desired.all.b']);
  });

  test('a message on its way is lost with the connection', async () => {
    const { broker, hub, spoke, signal } = fleet();
    const heard: string[] = [];
    await spoke.subscribe('live.>', ({ subject }) => heard.push(subject), signal);
    hub.publish('live.tick', bytes(''));
    broker.disconnect(spoke);
    broker.connect(spoke);
    await settle();
    expect(heard).toEqual([]);
  });

  test('a request in flight is rejected when the connection breaks', async () => {
    const { broker, hub, spoke, signal } = fleet();
    const events: string[] = [];
    await hub.serve('rpc.*.renew', () => new Promise(() => undefined), signal);
    const answer = spoke.request('rpc.x.renew', bytes(''), { timeoutMs: 1_000 }).catch((error: unknown) => events.push(String(error)));
    await settle();
    broker.disconnect(spoke);
    await answer;
    expect(events).toEqual(['CodedError: request to rpc.x.renew: the connection broke before the answer']);
  });

  test('live messages are dropped for one client, while the rule holds', async () => {
    const { broker, hub, spoke, signal } = fleet();
    const heard: string[] = [];
    await spoke.subscribe('live.>', ({ subject }) => heard.push(subject), signal);
    broker.dropLive(spoke, ({ subject }) => subject.endsWith('.a'));
    await hub.append([document('a'), document('b')], 'a');
    broker.dropLive(spoke, () => false);
    await hub.append([document('c')], 'b');
    await settle();
    expect(heard).toEqual(['live.desired.all.b', 'live.desired.all.c']);
  });

  test('a server that is away keeps what it has stored, and followers go on', async () => {
    const { broker, hub, signal } = fleet();
    await hub.append([document('a')], 'a');
    const seen: string[] = [];
    const reading = (async () => {
      for await (const delivery of hub.follow({ stream: 'FLEET', filters: [], afterSeq: 0 }, signal)) {
        seen.push(delivery === 'caught-up' ? delivery : delivery.subject);
        if (seen.length === 3) return;
      }
    })();
    await settle();
    broker.stop();
    await expect(hub.append([document('b')], 'b')).rejects.toMatchObject({ code: 'unavailable' });
    broker.start();
    await hub.append([document('b')], 'b');
    await reading;
    expect(seen).toEqual(['desired.all.a', 'caught-up', 'desired.all.b']);
  });

  test('a writer whose answer is lost learns at its next attempt that the first one was stored', async () => {
    const { broker, hub } = fleet();
    const index = { subject: 'index.all', body: bytes('i'), expectSeq: 0 };
    broker.loseNextAnswer(hub);
    await expect(hub.append([document('a'), index], 'a')).rejects.toMatchObject({ code: 'timeout' });
    expect(await hub.append([document('a'), index], 'a')).toEqual({ seq: 2 });
  });

  test('a stream that is wiped, or restored, ends its followers with gone', async () => {
    const { broker, hub, signal } = fleet();
    const follow = async (act: () => void) => {
      for await (const delivery of hub.follow({ stream: 'FLEET', filters: [], afterSeq: 0 }, signal)) if (delivery === 'caught-up') act();
    };
    await hub.append([document('a')], 'a');
    const backup = broker.backup('FLEET');
    await expect(follow(() => broker.wipe('FLEET'))).rejects.toMatchObject({ code: 'gone' });
    expect(await hub.last('desired.all.a')).toBeUndefined();
    await expect(follow(() => broker.restore('FLEET', backup))).rejects.toMatchObject({ code: 'gone' });
    expect(await hub.last('desired.all.a')).toMatchObject({ seq: 1, tx: 'a' });
  });
});
