import { CodedError } from '@accord/proto/coded-error';
import { sha256 } from '@accord/proto/canonical';
import { base32 } from '@accord/proto/ids';
import { parsePublicKey, verifySignature, type KeyPair, type KeyType } from '@accord/proto/keys';

/** Payload of a NATS token, version 2 (github.com/nats-io/jwt/v2). Times are whole seconds. */
export interface Claims<Nats extends object = object> {
  readonly iat: number;
  readonly exp?: number;
  /** Public key of whoever signs. */
  readonly iss: string;
  /** Public key of whom it is about. */
  readonly sub: string;
  readonly name: string;
  readonly nats: Nats & { readonly type: 'operator' | 'account' | 'user'; readonly version: 2 };
}

const header = base64url(JSON.stringify({ typ: 'JWT', alg: 'ed25519-nkey' }));

/** Signs with the key that it names as issuer. The same claims give the same token. */
export function signToken<Nats extends object>(issuer: KeyPair, claims: Omit<Claims<Nats>, 'iss'>): string {
  const body = { ...claims, iss: issuer.publicKey };
  // The server does not check the id, but compares it to see whether pushed claims are new.
  const jti = base32(sha256(JSON.stringify(body))).toUpperCase();
  const signed = `${header}.${base64url(JSON.stringify({ ...body, jti }))}`;
  return `${signed}.${base64url(issuer.sign(new TextEncoder().encode(signed)))}`;
}

export interface Issuer {
  readonly type: KeyType;
  readonly publicKey: string;
}

/** Rejects with `garbage` when it is no token, and with `bad-signature` unless exactly this key signed it, or the one that takes its place. */
export function openToken<Nats extends object>(token: string, issuer: Issuer, next?: Issuer): Claims<Nats> {
  const [head = '', payload = '', signature = ''] = token.trim().split('.');
  const claims = parsePayload<Nats>(payload);
  const { type, publicKey } = next !== undefined && claims.iss === next.publicKey ? next : issuer;
  const key = parsePublicKey(type, publicKey);
  const isSigned = verifySignature(key, new TextEncoder().encode(`${head}.${payload}`), Buffer.from(signature, 'base64url'));
  if (claims.iss !== publicKey || !isSigned)
    throw new CodedError('bad-signature', `the token of ${claims.name} was not signed by ${publicKey}`);
  return claims;
}

/** What a token says, whoever signed it: for those that are our own. Rejects with `garbage` when it is none. */
export function readToken<Nats extends object>(token: string): Claims<Nats> {
  return parsePayload<Nats>(token.split('.')[1] ?? '');
}

function parsePayload<Nats extends object>(payload: string): Claims<Nats> {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims<Nats>;
  } catch (cause) {
    throw new CodedError('garbage', 'this is no token', { cause });
  }
}

function base64url(bytes: Uint8Array | string): string {
  return Buffer.from(bytes).toString('base64url');
}
