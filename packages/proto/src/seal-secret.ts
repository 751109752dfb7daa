/**
 * Sealing the values of a Secret for some clusters, and opening them on one of these.
 *
 * The values are encrypted once, with a random content key, and the content key is sealed for each cluster. Both are bound to the
 * place where the Secret will be, so that what is moved to another cluster, namespace, name, key, type or version does not open.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { canonicalBytes } from './canonical.ts';
import { hpkeOpen, hpkeSeal, type SealingKey, type SealingPublicKey } from './hpke.ts';
import { sealingSuite, type SealedSecret } from './sealed-secret.ts';

/** Where a Secret is, and which of its versions. */
export interface SecretPlace {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  readonly version: number;
}

export interface Recipient extends SealingPublicKey {
  readonly cluster: string;
  readonly clusterID: string;
}

/** Who opens: a cluster with the keys that it still has. */
export interface Opener {
  readonly cluster: string;
  readonly clusterID: string;
  readonly keys: readonly SealingKey[];
}

export type Opened =
  | { readonly outcome: 'opened'; readonly values: Readonly<Record<string, Uint8Array>> }
  /** It is sealed for others. */
  | { readonly outcome: 'no-recipient' }
  /** It is sealed for a key that this cluster does not have. */
  | { readonly outcome: 'key-unknown' }
  /** It was sealed for another place, or changed. */
  | { readonly outcome: 'broken' };

export type SecretValues = Readonly<Record<string, Uint8Array>>;

const contentKeyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** By the randomness of node:crypto. What comes out can be shown to anybody. */
export async function sealSecret(place: SecretPlace, values: SecretValues, recipients: readonly Recipient[]): Promise<SealedSecret> {
  const contentKey = new Uint8Array(randomBytes(contentKeyBytes));
  const sealed = await Promise.all(
    recipients.map(async ({ cluster, clusterID, id, publicKey }) => {
      const { enc, ct } = await hpkeSeal(publicKey, infoOf(place, '', clusterID), contentKey);
      return { cluster, keyID: id, enc: base64(enc), ct: base64(ct) };
    }),
  );
  const entries = Object.entries(values).map(([key, value]) => [key, encrypt(contentKey, infoOf(place, key), value)]);
  const { name, type, version } = place;
  return { name, type, suite: sealingSuite, version, recipients: sealed, entries: Object.fromEntries(entries) };
}

/** Opens with whichever key of the cluster it was sealed for. */
export async function openSecret(
  { name, type, version, recipients, entries }: SealedSecret,
  namespace: string,
  { cluster, clusterID, keys }: Opener,
): Promise<Opened> {
  const place: SecretPlace = { namespace, name, type, version };
  const ours = recipients.filter((recipient) => recipient.cluster === cluster);
  if (ours.length === 0) return { outcome: 'no-recipient' };
  const held = ours.flatMap((recipient) => keys.filter(({ id }) => id === recipient.keyID).map((key) => ({ recipient, key })));
  if (held.length === 0) return { outcome: 'key-unknown' };
  for (const { recipient, key } of held) {
    const contentKey = await hpkeOpen(key.privateKey, infoOf(place, '', clusterID), {
      enc: Buffer.from(recipient.enc, 'base64'),
      ct: Buffer.from(recipient.ct, 'base64'),
    });
    const values = contentKey?.length === contentKeyBytes ? decryptAll(contentKey, place, entries) : undefined;
    if (values !== undefined) return { outcome: 'opened', values };
  }
  return { outcome: 'broken' };
}

function decryptAll(contentKey: Uint8Array, place: SecretPlace, entries: SealedSecret['entries']): SecretValues | undefined {
  const values: [string, Uint8Array][] = [];
  for (const [key, entry] of Object.entries(entries)) {
    const value = decrypt(contentKey, infoOf(place, key), entry);
    if (value === undefined) return undefined;
    values.push([key, value]);
  }
  return Object.fromEntries(values);
}

/** What a ciphertext is bound to. The content key has no key of the Secret, a value no cluster. */
function infoOf({ namespace, name, type, version }: SecretPlace, key: string, clusterID = ''): Uint8Array {
  return canonicalBytes({ v: 1, clusterID, namespace, name, type, key, version });
}

function encrypt(contentKey: Uint8Array, info: Uint8Array, value: Uint8Array): { readonly nonce: string; readonly ct: string } {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', contentKey, nonce).setAAD(info);
  return { nonce: base64(nonce), ct: base64(Buffer.concat([cipher.update(value), cipher.final(), cipher.getAuthTag()])) };
}

function decrypt(contentKey: Uint8Array, info: Uint8Array, { nonce, ct }: SealedSecret['entries'][string]): Uint8Array | undefined {
  const [iv, sealed] = [Buffer.from(nonce, 'base64'), Buffer.from(ct, 'base64')];
  if (iv.length !== nonceBytes || sealed.length < tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', contentKey, iv, { authTagLength: tagBytes }).setAAD(info);
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  try {
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()]));
  } catch {
    return undefined;
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
