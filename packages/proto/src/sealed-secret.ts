/** A sealed secret in a policy: `spec.namespaces[].sealedSecrets[]`. */
import * as z from 'zod/mini';

/** HPKE (RFC 9180) in base mode; see hpke.ts. */
export const sealingSuite = 'hpke-x25519-hkdf-sha256-aes256gcm';
const nameMax = 253;
/** A Secret holds at most 1 MiB, and one entry at most this much in base64. */
const ciphertextMax = 700_000;
const recipientsMax = 1_000;
const keysMax = 128;

const base64 = (max: number): z.ZodMiniString =>
  z
    .string()
    .check(z.minLength(1), z.maxLength(max), z.regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, 'must be base64'));

const recipientSchema = z.strictObject({
  cluster: z.string().check(z.minLength(1), z.maxLength(63)),
  keyID: z.string().check(z.minLength(1), z.maxLength(64)),
  enc: base64(2048),
  ct: base64(2048),
});
const entrySchema = z.strictObject({ nonce: base64(32), ct: base64(ciphertextMax) });

export const sealedSecretSchema = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(nameMax)),
  type: z._default(z.string().check(z.minLength(1), z.maxLength(nameMax)), 'Opaque'),
  suite: z.string().check(
    z.maxLength(64),
    z.refine((suite) => suite === sealingSuite, `must be ${sealingSuite}`),
  ),
  version: z.int().check(z.minimum(1)),
  recipients: z.array(recipientSchema).check(
    z.minLength(1),
    z.maxLength(recipientsMax),
    z.refine(
      (recipients) => new Set(recipients.map(({ cluster, keyID }) => `${cluster} ${keyID}`)).size === recipients.length,
      'names a cluster twice with one key',
    ),
  ),
  entries: z.record(z.string(), entrySchema).check(
    z.refine((entries) => Object.keys(entries).length <= keysMax, {
      error: `has more than ${keysMax} entries`,
      params: { limit: keysMax },
      when: ({ value }) => typeof value === 'object' && value !== null,
    }),
    z.refine((entries) => Object.keys(entries).every(isSecretKey), 'a key of a Secret has letters, digits, "-", "_" and "."'),
  ),
});

export type SealedSecret = z.infer<typeof sealedSecretSchema>;

/** What a key in the data of a Secret may be. */
export function isSecretKey(key: string): boolean {
  return key.length <= nameMax && /^[-._a-zA-Z0-9]+$/.test(key) && !['.', '..'].includes(key);
}
