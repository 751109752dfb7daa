import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import type { Listen } from './bus-address.ts';

/** What a nats-server says of itself before anybody has logged in. */
export interface ServerGreeting {
  readonly server_id: string;
  readonly server_name: string;
  readonly version: string;
}

/** Where a server is to greet, and with which certificate (PEM). */
export interface Greeter {
  readonly listen: Listen;
  readonly certificate: string;
}

/** Asks until a nats-server greets there; undefined when `isGivenUp` says so first. */
export async function waitForInfo(greeter: Greeter, isGivenUp: () => boolean): Promise<ServerGreeting | undefined> {
  while (!isGivenUp()) {
    const greeting = await readGreeting(greeter);
    if (greeting !== undefined) return greeting;
    await sleep(10);
  }
  return undefined;
}

/** The server speaks first, behind the handshake: `INFO {json}`. A connection alone could be the listener of somebody else. */
async function readGreeting({ listen: { host, port }, certificate }: Greeter): Promise<ServerGreeting | undefined> {
  // It is known by its very certificate, whatever names stand in that and whoever has signed it.
  const socket = connect({ host, port, rejectUnauthorized: false, minVersion: 'TLSv1.3' });
  socket.setTimeout(2_000, () => socket.destroy(new Error('no greeting')));
  let text = '';
  try {
    while (!text.includes('\r\n')) {
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      text += chunk.toString();
      if (!text.startsWith('INFO ') || text.length > 65_536) return undefined;
    }
    if (socket.getPeerX509Certificate()?.raw.equals(new X509Certificate(certificate).raw) !== true) return undefined;
    return JSON.parse(text.slice('INFO '.length, text.indexOf('\r\n'))) as ServerGreeting;
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}
