import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { CodedError } from '@accord/proto/coded-error';
import type { BusPlace } from '../bus.ts';
import { tlsOptions } from './tls-options.ts';

const answerMsMax = 10_000;
const untrusted = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
];
const renewed =
  'The next renewal over HTTPS brings the authority of the hub; if this goes on, is that the bus of this hub? See: accord doctor';

/**
 * What keeps a server from being taken for the bus, as a failure for people; undefined where its certificate is good, or nobody answers.
 *
 * The client dials on for ever and does not tell why it was in vain.
 */
export function certificateFault(
  { hostname, port }: { readonly hostname: string; readonly port: number },
  place: BusPlace,
): Promise<CodedError | undefined> {
  const { promise, resolve } = Promise.withResolvers<CodedError | undefined>();
  const { handshakeFirst: _ours, ...tls } = tlsOptions(() => place);
  const socket = connect({ ...tls, host: hostname, port, ...(isIP(hostname) === 0 && { servername: hostname }), timeout: answerMsMax });
  socket.once('secureConnect', () => resolve(undefined));
  socket.once('timeout', () => resolve(undefined));
  socket.once('close', () => resolve(undefined));
  socket.once('error', (error: NodeJS.ErrnoException) => resolve(faultOf(error, `${hostname}:${port}`)));
  return promise.finally(() => socket.destroy());
}

function faultOf(cause: NodeJS.ErrnoException, server: string): CodedError | undefined {
  const { code = '', message } = cause;
  const fault = (text: string, help: string): CodedError => new CodedError('unavailable', `the bus at ${server} ${text}`, { cause, help });
  if (untrusted.includes(code)) return fault('shows a certificate that an authority has signed which is not trusted here', renewed);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return fault('shows a certificate without that name', `Start the hub with it: --nats-advertise ${server}`);
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return fault(
      `shows a certificate that does not hold now (${message})`,
      'Look at the clock here, and renew the certificate of the hub.',
    );
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG')
    return fault('does not speak TLS', 'Look what listens there: is that the nats-server of the hub, and of the same version?');
  return message.includes('certificate of the bus') ? fault('shows a certificate of somebody else', renewed) : undefined;
}
