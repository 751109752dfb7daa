/** First contact and renewal: what is signed by whom. The bodies are in join-api.ts; docs/reference/join.md gives the procedure. */
import type { CredentialResponse, Credential, JoinRequest, RenewRequest } from './join-api.ts';
import { canonicalBytes, hex, sha256 } from './canonical.ts';
import { CodedError } from './coded-error.ts';
import type { Signer } from './document.ts';
import { fingerprint, publicKeyOf, verifySignature } from './keys.ts';
import { signedBytes } from './seal.ts';
import { leadsTo, type TrustLink } from './trust-chain.ts';

/** Proofs older or newer than this are refused: clocks may differ by as much. */
export const proofSkewMsMax = 300_000;

/** What the hub stores of a token: hex SHA-256. */
export function tokenHash(token: string): string {
  return hex(sha256(token));
}

/** What a joining spoke signs with its new key: it holds the key, for this token, at this hub, now. */
export function joinProofBytes(
  token: string,
  hubKey: string,
  { publicKey, name, facts, tsMs, nonce }: Omit<JoinRequest, 'proof'>,
): Uint8Array {
  const asked = name === undefined ? [] : [name];
  const parts = [tokenHash(token), publicKey, hex(sha256(canonicalBytes(facts))), String(tsMs), nonce, hubKey, ...asked];
  return signedBytes('accord.join.v1', new TextEncoder().encode(`join|${parts.join('|')}`));
}

/** What a member signs with its key to get its next credential; with both keys, where it replaces the one by the other. */
export function renewProofBytes(
  hubKey: string,
  { cluster, publicKey, newPublicKey, tsMs, nonce }: Omit<RenewRequest, 'proof' | 'newProof'>,
): Uint8Array {
  const replaced = newPublicKey === undefined ? [] : [newPublicKey];
  const parts = [cluster, publicKey, String(tsMs), nonce, hubKey, ...replaced];
  return signedBytes('accord.join.v1', new TextEncoder().encode(`renew|${parts.join('|')}`));
}

/** The public key goes along, for a reader that has only its fingerprint. */
export function sealCredential(
  signer: Signer,
  publicKey: Uint8Array,
  credential: Credential,
  chain: readonly TrustLink[] = [],
): CredentialResponse {
  const statement = canonicalBytes(credential);
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  return {
    statement: base64(statement),
    signature: base64(signer.pair.sign(signedBytes('accord.join.v1', statement))),
    publicKey: base64(publicKey),
    ...(chain.length > 0 && { chain: [...chain] }),
  };
}

/**
 * Rejects with `bad-signature` unless the hub of which one of these key fingerprints is known signed this answer to this very request,
 * with that key or with one to which it has handed over.
 *
 * The pin came with the installed manifest, so a false hub or a false certificate cannot take over at first contact.
 */
export function openCredential(response: CredentialResponse, hubKeys: string | readonly string[], nonce: string): Credential {
  if (!isCredentialResponse(response))
    throw new CodedError('garbage', 'the answer of the hub is no credential', { help: 'Check ACCORD_HUB_URL: is that the hub?' });
  const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
  const key = publicKeyOf(bytes(response.publicKey));
  const pins = [hubKeys].flat();
  if (!leadsTo(response.chain ?? [], pins, fingerprint(key)))
    throw new CodedError('bad-signature', `the hub answers with key ${fingerprint(key)}, but ${pins.join(' or ')} is pinned`, {
      help: 'If the hub was set up anew, install the spoke again with a new join token.',
    });
  const statement = bytes(response.statement);
  if (!verifySignature(key, signedBytes('accord.join.v1', statement), bytes(response.signature)))
    throw new CodedError('bad-signature', 'the answer of the hub is not signed by its key');
  const credential = JSON.parse(new TextDecoder().decode(statement)) as Credential;
  if (credential.nonce !== nonce) throw new CodedError('bad-signature', 'the answer of the hub belongs to another request');
  return credential;
}

/** The answer came over the network and was only claimed to be one. */
function isCredentialResponse(response: unknown): boolean {
  if (typeof response !== 'object' || response === null) return false;
  const fields = response as Readonly<Record<string, unknown>>;
  const texts = (of: Readonly<Record<string, unknown>>, names: readonly string[]): boolean =>
    names.every((name) => typeof of[name] === 'string');
  const { chain = [] } = fields;
  const isLink = (link: unknown): boolean => typeof link === 'object' && link !== null && texts({ ...link }, ['from', 'to', 'signature']);
  return texts(fields, ['statement', 'signature', 'publicKey']) && Array.isArray(chain) && chain.every(isLink);
}
