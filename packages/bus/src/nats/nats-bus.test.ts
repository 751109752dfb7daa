import { createKeyPair } from '@accord/proto/keys';
import { expect, test } from 'vitest';
import { connectNatsBus } from './nats-bus.ts';

test('whoever stops it while it dials hears that it was not there, and no bug', async () => {
  const stop = new AbortController();
  const key = createKeyPair('user');
  // Nobody listens on the port of discard.
  const options = { place: () => ({ servers: ['127.0.0.1:9'] }), role: 'spoke', inboxPrefix: '_INBOX', signal: stop.signal } as const;
  const connecting = connectNatsBus({ ...options, credential: () => ({ jwt: 'jwt', key }), onError: () => undefined });
  stop.abort();
  await expect(connecting).rejects.toThrow(expect.objectContaining({ code: 'unavailable' }));
});
