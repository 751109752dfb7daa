import { MemoryBroker } from '@accord/bus/memory-broker';
import { MemoryBus } from '@accord/bus/memory-bus';
import { CodedError } from '@accord/proto/coded-error';
import { describe, expect, test } from 'vitest';
import { askOverBus } from './ask-over-bus.ts';

const { signal } = new AbortController();
const request = { cluster: 'a'.repeat(26), publicKey: 'UA', tsMs: 1, nonce: 'n'.repeat(22), proof: 'p' };

async function answering(answer: (asked: string) => Promise<string>) {
  const broker = new MemoryBroker();
  await new MemoryBus(broker).serve(
    'rpc.*.renew',
    async ({ body }) => new TextEncoder().encode(await answer(new TextDecoder().decode(body))),
    signal,
  );
  return new MemoryBus(broker);
}

describe('askOverBus', () => {
  test('asks as itself, and hands on the answer', async () => {
    const bus = await answering(async (asked) => JSON.stringify({ statement: asked, signature: '', publicKey: '' }));
    expect(JSON.parse((await askOverBus(bus, request)).statement)).toEqual(request);
  });

  test('a refusal keeps its code', async () => {
    const bus = await answering(async () => {
      throw new CodedError('unauthenticated', 'no member');
    });
    await expect(askOverBus(bus, request)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('an answer that is no JSON is a failure of the peer, not a bug', async () => {
    const bus = await answering(async () => 'hello');
    await expect(askOverBus(bus, request)).rejects.toMatchObject({ code: 'garbage' });
  });
});
