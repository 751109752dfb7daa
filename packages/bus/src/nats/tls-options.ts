import { X509Certificate } from 'node:crypto';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import type { BusPlace } from '../bus.ts';

/** As node:tls takes them, read at each dial: another certificate may come with another place. */
export interface TlsOptions {
  readonly handshakeFirst: true;
  readonly minVersion: 'TLSv1.3';
  readonly ca?: string;
  readonly checkServerIdentity: (host: string, peer: PeerCertificate) => Error | undefined;
}

/** TLS from the first byte, since nothing may be said before the server is known. */
export function tlsOptions(place: () => BusPlace): TlsOptions {
  return {
    handshakeFirst: true,
    minVersion: 'TLSv1.3',
    // Everybody's authorities are what node:tls takes where this is undefined.
    get ca() {
      return place().ca as string;
    },
    checkServerIdentity(host, peer) {
      const { certificate } = place();
      if (certificate === undefined) return checkServerIdentity(host, peer);
      return new X509Certificate(certificate).raw.equals(peer.raw) ? undefined : new Error('this is not the certificate of the bus');
    },
  };
}
