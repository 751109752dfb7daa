import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Listen } from './bus-address.ts';

/** What a nats-server says of itself before anybody has logged in. */
export interface ServerGreeting {
  readonly server_id: string;
  readonly server_name: string;
  readonly version: string;
}

/** Asks until a nats-server greets there; undefined when `isGivenUp` says so first. */
export async function waitForInfo(listen: Listen, isGivenUp: () => boolean): Promise<ServerGreeting | undefined> {
  while (!isGivenUp()) {
    const greeting = await readGreeting(listen);
    if (greeting !== undefined) return greeting;
    await sleep(10);
  }
  return undefined;
}

/** The server speaks first: `INFO {json}`. A connection alone could be the listener of somebody else. */
async function readGreeting({ host, port }: Listen): Promise<ServerGreeting | undefined> {
  const socket = connect({ host, port });
  socket.setTimeout(2_000, () => socket.destroy(new Error('no greeting')));
  let text = '';
  try {
    while (!text.includes('\r\n')) {
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      text += chunk.toString();
      if (!text.startsWith('INFO ') || text.length > 65_536) return undefined;
    }
    return JSON.parse(text.slice('INFO '.length, text.indexOf('\r\n'))) as ServerGreeting;
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}
