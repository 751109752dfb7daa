import { createServer as createPlainServer, type AddressInfo, type Server } from 'node:net';
import { createServer } from 'node:tls';
import { once } from 'node:events';
import { createAuthority, createServingCertificate, type ServingCertificate } from '@accord/hub/identity/self-signed';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { certificateFault } from '@accord/bus/nats/certificate-fault';

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function portOf(server: Server): Promise<number> {
  open.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const yearMs = 365 * 86_400_000;
let authority: ServingCertificate;
let stranger: ServingCertificate;
let served: ServingCertificate;
beforeAll(async () => {
  [authority, stranger] = await Promise.all([createAuthority(Date.now()), createAuthority(Date.now())]);
  served = await createServingCertificate(Date.now(), [], authority);
});

async function saidOf(server: Server, place: { readonly ca?: string; readonly certificate?: string }) {
  const port = await portOf(server);
  const fault = await certificateFault({ hostname: '127.0.0.1', port }, { servers: [], ...place });
  return fault && `${fault.message.replace(String(port), 'PORT')}. ${fault.help?.replace(String(port), 'PORT')}`;
}

test('a server that shows what is trusted is no fault', async () => {
  expect(await saidOf(createServer(served), { ca: authority.cert })).toBeUndefined();
  expect(await saidOf(createServer(served), { ca: authority.cert, certificate: served.cert })).toBeUndefined();
});

test('one that another authority has signed for is, with what brings the right one', async () => {
  expect(await saidOf(createServer(served), { ca: stranger.cert })).toBe(
    'the bus at 127.0.0.1:PORT shows a certificate that an authority has signed which is not trusted here. The next renewal over HTTPS brings the authority of the hub; if this goes on, is that the bus of this hub? See: accord doctor',
  );
  expect(await saidOf(createServer(served), {})).toContain('not trusted here');
});

test('one without the name that is dialled is, with how it gets it', async () => {
  const server = createServer(served);
  open.push(server.listen(0, '127.0.0.2'));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const fault = await certificateFault({ hostname: '127.0.0.2', port }, { servers: [], ca: authority.cert });
  expect([fault?.message, fault?.help]).toEqual([
    `the bus at 127.0.0.2:${port} shows a certificate without that name`,
    `Start the hub with it: --nats-advertise 127.0.0.2:${port}`,
  ]);
});

test('one that does not hold any more is', async () => {
  const ended = await createServingCertificate(Date.now() - 11 * yearMs, [], authority);
  expect(await saidOf(createServer(ended), { ca: authority.cert })).toContain('does not hold now');
});

test('one that is not the very certificate is, for whoever has started the server', async () => {
  expect(await saidOf(createServer(served), { ca: authority.cert, certificate: stranger.cert })).toContain(
    'a certificate of somebody else',
  );
});

test('a server that speaks first, and no TLS, is', async () => {
  expect(
    await saidOf(
      createPlainServer((socket) => socket.write('INFO {}\r\n')),
      { ca: authority.cert },
    ),
  ).toContain('does not speak TLS');
});

test('nobody there is none: that is told otherwise', async () => {
  const port = await portOf(createPlainServer());
  for (const server of open.splice(0)) server.close();
  expect(await certificateFault({ hostname: '127.0.0.1', port }, { servers: [] })).toBeUndefined();
});
