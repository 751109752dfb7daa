import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { CodedError } from '@accord/proto/coded-error';
import type { Listen } from './bus-address.ts';

/**
 * The address with a port that nobody listens on; port 0 becomes a free one.
 *
 * Rejects with `port-in-use`, or with `forbidden` or `invalid` when this machine does not let us listen there.
 */
export async function findFreePort({ host, port }: Listen): Promise<Listen> {
  const server = createServer();
  try {
    await once(server.listen({ host, port, exclusive: true }), 'listening');
  } catch (cause) {
    throw refusal({ host, port }, cause);
  }
  const { port: found } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return { host, port: found };
}

function refusal({ host, port }: Listen, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const address = `${host}:${port}`;
  if (code === 'EADDRINUSE') {
    const help = `Stop that program, or choose another port with --nats-listen ${host}:<port>.`;
    return new CodedError('port-in-use', `Another program listens on ${address}, where nats-server should.`, { cause, help });
  }
  if (code === 'EACCES')
    return new CodedError('forbidden', `nats-server may not listen on ${address}.`, { cause, help: 'Choose a port above 1023.' });
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new CodedError('invalid', `${host} is no address of this machine.`, { cause, help: 'Name one with --nats-listen.' });
  return cause;
}
