import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get, type RequestOptions } from 'node:https';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMemoryHub, type MemoryHub } from './memory-hub.ts';
import { createServingCertificate, type ServingCertificate } from '../identity/self-signed.ts';

const nowMs = Date.parse('2026-01-01T00:00:00Z');

describe('the certificate', () => {
  let made: ServingCertificate;
  let read: X509Certificate;
  beforeAll(async () => {
    made = await createServingCertificate(nowMs);
    read = new X509Certificate(made.cert);
  });

  test('is for the loopback alone, for ten years', () => {
    expect(read.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
    expect([read.validFromDate, read.validToDate].map((date) => date.toISOString())).toEqual([
      '2025-12-31T00:00:00.000Z',
      '2035-12-30T00:00:00.000Z',
    ]);
    expect([read.checkHost('localhost'), read.checkIP('127.0.0.1'), read.checkHost('example.com')]).toEqual([
      'localhost',
      '127.0.0.1',
      undefined,
    ]);
  });

  test('is signed by the key that it names, and never the same twice', async () => {
    expect(read.verify(read.publicKey)).toBe(true);
    expect(made.key).toContain('PRIVATE KEY');
    expect((await createServingCertificate(nowMs)).cert).not.toBe(made.cert);
  });
});

describe('one port', () => {
  let certificate: ServingCertificate;
  let hub: MemoryHub;
  let port: number;
  beforeAll(async () => {
    certificate = await createServingCertificate(Date.now());
    hub = await startMemoryHub({ certificate });
    port = Number(new URL(await hub.app.listen({ host: '127.0.0.1', port: 0 })).port);
  });
  afterAll(() => hub.stop());

  const secureStatus = (options: RequestOptions): Promise<number | string> =>
    new Promise((resolve) => {
      const request = get({ host: '127.0.0.1', port, path: '/healthz', ...options }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });

  test('speaks HTTP and HTTPS', async () => {
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    expect(await secureStatus({ ca: certificate.cert })).toBe(200);
    expect(await secureStatus({ ca: certificate.cert, host: 'localhost', family: 4 })).toBe(200);
  });

  test('whoever pins another certificate does not talk to it', async () => {
    expect(await secureStatus({ ca: (await createServingCertificate(Date.now())).cert })).toMatch(/SELF_SIGNED|SIGNATURE/);
  });

  test('garbage ends its own connection and no other', async () => {
    for (const bytes of [Buffer.of(0x16, 1, 2, 3), Buffer.of(0), Buffer.from('GARBAGE\r\n\r\n')]) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.write(bytes, resolve));
      socket.destroy();
    }
    expect(await secureStatus({ ca: certificate.cert })).toBe(200);
  });

  test('a handshake that stops half-way, and a caller that says nothing, do not hold up the end', async () => {
    const other = await startMemoryHub({ certificate });
    const { port: there } = new URL(await other.app.listen({ host: '127.0.0.1', port: 0 }));
    for (const bytes of [Buffer.of(0x16, 3, 1), Buffer.of()]) {
      const socket = connect(Number(there), '127.0.0.1', () => socket.end(bytes));
      socket.on('error', () => undefined);
    }
    await other.stop();
  });

  test('closing ends open connections of both kinds', async () => {
    const other = await startMemoryHub({ certificate });
    const url = new URL(await other.app.listen({ host: '127.0.0.1', port: 0 }));
    const headers = { authorization: `Bearer ${other.adminToken}` };
    // Both have their answer begun: a connection that is only accepted may be reset, which nobody who listens would see as an end.
    const plain = await fetch(`${url.origin}/v1/events`, { headers });
    const secure = await new Promise<IncomingMessage>((resolve, reject) => {
      get({ host: '127.0.0.1', port: url.port, path: '/v1/events', headers, ca: certificate.cert }, resolve).once('error', reject);
    });
    const ended = [plain.text().catch(() => 'cut off'), once(secure.resume(), 'close').catch(() => 'cut off')];
    await other.stop();
    await Promise.all(ended);
  });
});
