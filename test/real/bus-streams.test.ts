import { ensureStreams } from '@accord/bus/nats/ensure-streams';
import type { NatsBus } from '@accord/bus/nats/nats-bus';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectHub, id, item } from './bus-fleet.ts';
import { startNatsServer, type NatsServer } from './nats-server.ts';

describe('streams on a nats-server', () => {
  let server: NatsServer;
  let hub: NatsBus;
  beforeEach(async () => {
    server = await startNatsServer({ clusterId: id });
    hub = await connectHub(server);
  });
  afterEach(async () => {
    await hub.close();
    await server.stop();
  });

  test('are made once, and are as they should be the next time', async () => {
    await ensureStreams(hub, { replicas: 1 });
    await hub.append([item('intent.policy.p', '1')], 'a');
    await ensureStreams(hub, { replicas: 1 });
    expect(await hub.last('intent.policy.p')).toMatchObject({ seq: 1 });
  });

  test('readers that a killed hub left behind hold up no next one', async () => {
    await ensureStreams(hub, { replicas: 1 });
    const config = { ack_policy: 'none', inactive_threshold: 60_000_000_000, deliver_policy: 'all' };
    for (let n = 0; n < 16; n += 1)
      await hub.link.api(
        `CONSUMER.CREATE.INTENT.left${n}`,
        { stream_name: 'INTENT', config: { ...config, name: `left${n}` }, action: 'create' },
        'leave',
      );
    await ensureStreams(hub, { replicas: 1 });
    const stop = AbortSignal.timeout(5_000);
    let first: unknown;
    for await (const stored of hub.follow({ stream: 'INTENT', filters: [], afterSeq: 0 }, stop)) {
      first = stored;
      break;
    }
    expect(first).toBe('caught-up');
  });

  test('a difference that could lose messages is refused with both values', async () => {
    await hub.link.api(
      'STREAM.CREATE.OUTCOMES',
      { name: 'OUTCOMES', subjects: ['outcome.*'], storage: 'file', max_msgs_per_subject: 8, retention: 'limits' },
      'create',
    );
    const failure = expect(ensureStreams(hub, { replicas: 1 })).rejects;
    await failure.toMatchObject({ code: 'unsupported', message: expect.stringContaining('max_msgs_per_subject is 8 and should be 256') });
  });

  test('a difference on the list of allowed changes is made', async () => {
    await ensureStreams(hub, { replicas: 1 });
    const read = async () => (await hub.link.api<{ config: { duplicate_window: number } }>('STREAM.INFO.OUTCOMES', {}, 'read')).config;
    const made = await read();
    await hub.link.api('STREAM.UPDATE.OUTCOMES', { ...made, duplicate_window: 5_000_000_000 }, 'change');
    await ensureStreams(hub, { replicas: 1 });
    expect(await read()).toEqual(made);
  });
});
