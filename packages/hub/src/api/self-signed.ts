import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** PEM texts; the key is a secret. */
export interface ServingCertificate {
  readonly key: string;
  readonly cert: string;
}

const dayMs = 86_400_000;
const validDays = 3_650;

/**
 * A certificate of the hub's own for the loopback, which callers pin by having it as their authority.
 *
 * Node signs but does not write X.509 (RFC 5280), and this one has four fields that vary.
 */
export function createServingCertificate(nowMs: number): ServingCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = certificateBody(publicKey, nowMs);
  const signature = sign('sha256', body, privateKey);
  const certificate = sequence(body, ecdsaWithSha256, tagged(0x03, Buffer.concat([Buffer.of(0), signature])));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}

function certificateBody(publicKey: KeyObject, nowMs: number): Buffer {
  const name = sequence(tagged(0x31, sequence(objectId('550403'), tagged(0x0c, Buffer.from('accord-hub')))));
  // A day of the past, for clocks that differ.
  const validity = sequence(utcTime(nowMs - dayMs), utcTime(nowMs + validDays * dayMs));
  const serial = tagged(0x02, Buffer.concat([Buffer.of(0x40), randomBytes(15)]));
  const version3 = tagged(0xa0, tagged(0x02, Buffer.of(2)));
  const keyInfo = publicKey.export({ format: 'der', type: 'spki' });
  return sequence(version3, serial, ecdsaWithSha256, name, validity, name, keyInfo, tagged(0xa3, sequence(subjectAlternativeName())));
}

function subjectAlternativeName(): Buffer {
  const ipv6 = Buffer.concat([Buffer.alloc(15), Buffer.of(1)]);
  const names = sequence(tagged(0x82, Buffer.from('localhost')), tagged(0x87, Buffer.of(127, 0, 0, 1)), tagged(0x87, ipv6));
  return sequence(objectId('551d11'), tagged(0x04, names));
}

const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));

/** `YYMMDDhhmmssZ`, which RFC 5280 wants until 2049. */
function utcTime(ms: number): Buffer {
  const text = new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return tagged(0x17, Buffer.from(`${text}Z`));
}

function objectId(hexBytes: string): Buffer {
  return tagged(0x06, Buffer.from(hexBytes, 'hex'));
}

function sequence(...members: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(members));
}

/** DER: tag, length, value. */
function tagged(tag: number, value: Buffer): Buffer {
  const { length } = value;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), value]);
  return Buffer.concat([length < 0x100 ? Buffer.of(tag, 0x81, length) : Buffer.of(tag, 0x82, length >> 8, length & 0xff), value]);
}
