import { verifySignature, createKeyPair, parsePublicKey } from '@accord/proto/keys';
import type { ServerInfo } from '@nats-io/transport-node';
import { expect, test } from 'vitest';
import { connectOptions, type ConnectNatsBusOptions } from './connect-options.ts';

const key = createKeyPair('user');
const options = (role: 'hub' | 'spoke', more: Partial<ConnectNatsBusOptions> = {}): ConnectNatsBusOptions => ({
  place: () => ({ servers: ['tls://127.0.0.1:4222'] }),
  role,
  inboxPrefix: '_INBOX',
  credential: () => ({ jwt: 'token', key }),
  onError: () => undefined,
  ...more,
});
const pool = [
  {
    hostname: '127.0.0.1',
    port: 4222,
    listen: '127.0.0.1:4222',
    src: '',
    tlsName: '',
    reconnects: 0,
    lastConnect: 0,
    gossiped: false,
    didConnect: true,
  },
];
const info = {} as ServerInfo;

test('never gives up, neither at a refused login nor after any number of attempts', () => {
  for (const role of ['hub', 'spoke'] as const) {
    expect(connectOptions(options(role), { isOn: false, hasDialled: false })).toMatchObject({
      maxReconnectAttempts: -1,
      waitOnFirstConnect: true,
      ignoreAuthErrorAbort: true,
    });
  }
});

const pauses: [name: string, role: 'hub' | 'spoke', info: ServerInfo | null, isSwitching: boolean, isDelayed: boolean][] = [
  ['a spoke that has lost its connection waits', 'spoke', info, false, true],
  ['a spoke that connects for the first time does not wait', 'spoke', null, false, false],
  ['a spoke that changes its token does not wait', 'spoke', info, true, false],
  ['a hub does not wait', 'hub', info, false, false],
];
test.each(pauses)('%s', (_name, role, known, isSwitching, isDelayed) => {
  const { reconnectToServer } = connectOptions(options(role), { isOn: isSwitching, hasDialled: false });
  const choices = Array.from({ length: 20 }, () => reconnectToServer?.(pool, known));
  const delays = choices.map((choice) => (choice && 'delay' in choice ? choice.delay : 0));
  expect(new Set(delays).size > 1).toBe(isDelayed);
  expect(Math.max(...delays)).toBeLessThan(10_000);
});

test('signs the nonce of the server with the key of that moment', () => {
  const { authenticator } = connectOptions(options('hub'), { isOn: false, hasDialled: false });
  const auth = typeof authenticator === 'function' ? authenticator('nonce') : undefined;
  expect(auth).toMatchObject({ jwt: 'token', nkey: key.publicKey });
  const { sig } = auth as { readonly sig: string };
  expect(verifySignature(parsePublicKey('user', key.publicKey), Buffer.from('nonce'), Buffer.from(sig, 'base64url'))).toBe(true);
});

test('asks for TLS from the first byte, with the authorities of that moment', () => {
  const place = { servers: ['tls://127.0.0.1:4222'], ca: 'first' };
  const { tls } = connectOptions(options('spoke', { place: () => place }), { isOn: false, hasDialled: false });
  expect(tls).toMatchObject({ handshakeFirst: true, minVersion: 'TLSv1.3', ca: 'first' });
  place.ca = 'second';
  expect(tls).toMatchObject({ ca: 'second' });
});
