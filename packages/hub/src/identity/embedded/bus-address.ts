import { isIPv6 } from 'node:net';
import { CodedError } from '@accord/proto/coded-error';

export interface Listen {
  readonly host: string;
  readonly port: number;
}

/** `127.0.0.1:4222`, `[::1]:4222`. */
export function hostPort({ host, port }: Listen): string {
  return `${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** Where this machine itself dials what listens there: an address that stands for all of its own cannot be in a certificate. */
export function localOf({ host, port }: Listen): Listen {
  const loopback: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  return { host: loopback[host] ?? host, port };
}

/**
 * Where spokes dial the bus: what `--nats-advertise` says, each `HOST` or `HOST:PORT`, several with commas; without it where the bus listens.
 *
 * Rejects with `invalid`, also where the bus listens on every address and nobody says which of them reaches it.
 */
export function parseAdvertised(texts: readonly string[], listen: Listen): readonly Listen[] {
  const advertised = texts.flatMap((text) => text.split(',')).map((text) => parseOne(text.trim(), listen.port));
  if (advertised.length > 0) return advertised;
  if (localOf(listen).host === listen.host) return [listen];
  throw new CodedError('invalid', `--nats-listen ${hostPort(listen)} is every address of this machine, and none that a cluster can dial`, {
    help: `Say where clusters reach the bus: --nats-advertise HOST:${listen.port}`,
  });
}

function parseOne(text: string, usualPort: number): Listen {
  const [, bracketed, plain, port = String(usualPort)] = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s[\]:/@]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? '';
  const isWrong = host === '' || localOf({ host, port: 0 }).host !== host || (bracketed !== undefined && !isIPv6(bracketed));
  if (isWrong || Number(port) > 65_535)
    throw new CodedError('invalid', `--nats-advertise "${text}" is no address that a cluster can dial`, {
      help: 'For example: --nats-advertise bus.example.net:4222',
    });
  return { host: host.toLowerCase(), port: Number(port) };
}
