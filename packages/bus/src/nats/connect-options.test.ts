import { verifySignature, createKeyPair, parsePublicKey } from '@accord/proto/keys';
import { expect, test } from 'vitest';
import { connectOptions, type ConnectNatsBusOptions, type Switching } from './connect-options.ts';

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

test('never gives up, neither at a refused login nor after any number of attempts', () => {
  for (const role of ['hub', 'spoke'] as const) {
    expect(connectOptions(options(role), { isOn: false, attempts: 0 })).toMatchObject({
      maxReconnectAttempts: -1,
      waitOnFirstConnect: true,
      ignoreAuthErrorAbort: true,
    });
  }
});

const pauses: [name: string, role: 'hub' | 'spoke', switching: Switching, waits: 'not' | 'by itself' | 'by the client'][] = [
  ['a spoke that has lost its connection', 'spoke', { isOn: false, hasConnected: true, attempts: 0 }, 'by itself'],
  ['a spoke that does not get in again', 'spoke', { isOn: false, hasConnected: true, attempts: 1 }, 'by the client'],
  ['a spoke that dials for the first time', 'spoke', { isOn: false, attempts: 0 }, 'by the client'],
  ['a spoke that does not get in for the first time', 'spoke', { isOn: false, attempts: 1 }, 'by the client'],
  ['a spoke that changes its token', 'spoke', { isOn: true, hasConnected: true, attempts: 0 }, 'not'],
  ['a spoke that does not get in with its new token', 'spoke', { isOn: true, hasConnected: true, attempts: 1 }, 'by the client'],
  ['a hub that has lost its connection', 'hub', { isOn: false, hasConnected: true, attempts: 0 }, 'by the client'],
  ['a hub that changes its token', 'hub', { isOn: true, hasConnected: true, attempts: 0 }, 'not'],
];
test.each(pauses)('%s waits, if at all, only once', (_name, role, switching, waits) => {
  const rounds = Array.from({ length: 20 }, () => {
    const { reconnectToServer, reconnectDelayHandler } = connectOptions(options(role), { ...switching });
    const byClient = reconnectDelayHandler?.() ?? 0;
    const choice = reconnectToServer?.(pool, null);
    return { byClient, byItself: choice && 'delay' in choice ? choice.delay : 0 };
  });
  expect(new Set(rounds.map(({ byItself }) => byItself)).size > 1).toBe(waits === 'by itself');
  expect(new Set(rounds.map(({ byClient }) => byClient)).size > 1).toBe(waits === 'by the client');
  for (const { byClient, byItself } of rounds) expect(byClient + byItself).toBeLessThanOrEqual(10_000);
});

test('signs the nonce of the server with the key of that moment', () => {
  const { authenticator } = connectOptions(options('hub'), { isOn: false, attempts: 0 });
  const auth = typeof authenticator === 'function' ? authenticator('nonce') : undefined;
  expect(auth).toMatchObject({ jwt: 'token', nkey: key.publicKey });
  const { sig } = auth as { readonly sig: string };
  expect(verifySignature(parsePublicKey('user', key.publicKey), Buffer.from('nonce'), Buffer.from(sig, 'base64url'))).toBe(true);
});

test('asks for TLS from the first byte, with the authorities of that moment', () => {
  const place = { servers: ['tls://127.0.0.1:4222'], ca: 'first' };
  const { tls } = connectOptions(options('spoke', { place: () => place }), { isOn: false, attempts: 0 });
  expect(tls).toMatchObject({ handshakeFirst: true, minVersion: 'TLSv1.3', ca: 'first' });
  place.ca = 'second';
  expect(tls).toMatchObject({ ca: 'second' });
});
