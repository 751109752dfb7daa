import { trustKeys, type TrustedKeys } from '@accord/proto/seal';

/** The keys of the credential in use. They are asked for with each message and change with a credential, so each list is parsed once. */
export function trustedKeysOf(desiredKeys: () => readonly string[]): () => TrustedKeys {
  let known: { readonly texts: readonly string[]; readonly keys: TrustedKeys } | undefined;
  return () => {
    const texts = desiredKeys();
    if (known?.texts !== texts) known = { texts, keys: trustKeys(texts.map((key) => new Uint8Array(Buffer.from(key, 'base64')))) };
    return known.keys;
  };
}
