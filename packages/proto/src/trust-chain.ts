/** How a key that signs for the hub hands over to the next one: each link is signed by the key that goes. */
import { fingerprint, publicKeyOf, rawPublicKey, parsePublicKey, verifySignature, type KeyPair } from './keys.ts';
import { signedBytes } from './seal.ts';

/** base64 of the raw public keys and of the signature. */
export interface TrustLink {
  readonly from: string;
  readonly to: string;
  readonly signature: string;
}

/** A hub replaces its key once a year; whoever sends more wants the reader to work. */
const linksMax = 64;

export function signLink(from: KeyPair, to: KeyPair): TrustLink {
  const [old, next] = [rawText(from), rawText(to)];
  return { from: old, to: next, signature: Buffer.from(from.sign(linkBytes(old, next))).toString('base64') };
}

/** Whether the chain leads from one of the pinned keys, each by its fingerprint, to this key. The links may come in any company, but in order. */
export function leadsTo(chain: readonly TrustLink[], pins: readonly string[], wanted: string): boolean {
  const known = new Set(pins);
  for (const link of chain.slice(-linksMax)) {
    const to = openLink(link, known);
    if (to !== undefined) known.add(to);
  }
  return known.has(wanted);
}

/** The fingerprint to which it leads; undefined when its signer is not known, or did not sign it. */
function openLink({ from, to, signature }: TrustLink, known: ReadonlySet<string>): string | undefined {
  const signer = publicKeyOf(bytesOf(from));
  const isSigned = known.has(fingerprint(signer)) && verifySignature(signer, linkBytes(from, to), bytesOf(signature));
  return isSigned ? fingerprint(publicKeyOf(bytesOf(to))) : undefined;
}

function linkBytes(from: string, to: string): Uint8Array {
  return signedBytes('accord.trust.v1', new TextEncoder().encode(`${from}|${to}`));
}

function rawText({ type, publicKey }: KeyPair): string {
  return Buffer.from(rawPublicKey(parsePublicKey(type, publicKey))).toString('base64');
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
