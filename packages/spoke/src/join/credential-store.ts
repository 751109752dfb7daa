import type { Credential } from '@accord/proto/join-api';
import type { JsonObject } from '@accord/proto/canonical';
import { CodedError } from '@accord/proto/coded-error';
import { createKeyPair, fingerprint, parsePublicKey, parseSeed, type KeyPair } from '@accord/proto/keys';
import { fingerprintAnnotation, pinField } from '@accord/proto/labels';
import type { Kube } from '../kube/kube.ts';
import { ownRef, secretKind } from '../kube/own-kinds.ts';

export const credentialName = 'accord-spoke-credential';

export interface StoredCredential {
  readonly key: KeyPair;
  /** Undefined before the first join. */
  readonly credential: Credential | undefined;
  /** Hash of the join token that brought the credential: another one in the file means that this cluster is to join again. */
  readonly joinedWith?: string;
  /** With which it asks to join again, while the other one still counts. */
  readonly nextKey?: KeyPair;
  /** The pin under which the credential was issued, where there was one. */
  readonly pinnedTo?: string;
  /** Takes the place of `key` once the hub has heard of it: it was told to replace that. */
  readonly replacement?: KeyPair;
  /** Where the bus was before, latest first. */
  readonly former?: readonly string[];
}

/** Secret `accord-spoke-credential`: the private key of this cluster, which never leaves it, and what the hub issued for it. */
export class CredentialStore {
  readonly #kube: Kube;
  readonly #namespace: string;

  constructor(kube: Kube, namespace: string) {
    this.#kube = kube;
    this.#namespace = namespace;
  }

  /** Makes and stores a key before anything is sent, so that a crash joins again with the same one. */
  async loadOrCreate(signal: AbortSignal): Promise<StoredCredential> {
    const fields = await this.#fields(signal);
    const seed = decode(fields['seed']);
    if (seed !== undefined) {
      const credential = decode(fields['credential']);
      const texts = ['joined-with', 'next-seed', 'replacement-seed', 'pinned-to', 'former-servers'].map((name) => decode(fields[name]));
      const [joinedWith, next, replacement, pinnedTo, former] = texts;
      return {
        key: parseSeed('user', seed),
        credential: credential === undefined ? undefined : (JSON.parse(credential) as Credential),
        ...(joinedWith !== undefined && { joinedWith }),
        ...(next !== undefined && { nextKey: parseSeed('user', next) }),
        ...(replacement !== undefined && { replacement: parseSeed('user', replacement) }),
        ...(pinnedTo !== undefined && { pinnedTo }),
        ...(former !== undefined && { former: former.split(' ') }),
      };
    }
    const key = createKeyPair('user');
    await this.save({ key, credential: undefined }, signal);
    return { key, credential: undefined };
  }

  /** The pin, if the owner has written one that can be. */
  async pin(signal: AbortSignal): Promise<string | undefined> {
    const pin = decode((await this.#fields(signal))[pinField])?.trim();
    return pin !== undefined && /^[0-9a-f]{64}$/.test(pin) ? pin : undefined;
  }

  async #fields(signal: AbortSignal): Promise<JsonObject> {
    const secret = await this.#kube.get(ownRef(secretKind, this.#namespace, credentialName), signal);
    return (secret?.['data'] ?? {}) as JsonObject;
  }

  /** What the owner wrote stays as it is. */
  async save(
    { key, credential, joinedWith, nextKey, replacement, pinnedTo, former = [] }: StoredCredential,
    signal: AbortSignal,
  ): Promise<void> {
    const texts = {
      seed: key.seed,
      ...(credential !== undefined && { credential: JSON.stringify(credential) }),
      ...(joinedWith !== undefined && { 'joined-with': joinedWith }),
      ...(nextKey !== undefined && { 'next-seed': nextKey.seed }),
      ...(replacement !== undefined && { 'replacement-seed': replacement.seed }),
      ...(pinnedTo !== undefined && { 'pinned-to': pinnedTo }),
      ...(former.length > 0 && { 'former-servers': former.join(' ') }),
    };
    const fields = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text).toString('base64')]));
    // For whoever is to approve it: kubectl describe shows annotations and hides the rest.
    const annotations = { [fingerprintAnnotation]: fingerprintOf(nextKey ?? key) };
    const metadata = { name: credentialName, namespace: this.#namespace, annotations };
    const answer = await this.#kube.apply(
      ownRef(secretKind, this.#namespace, credentialName),
      { apiVersion: 'v1', kind: 'Secret', metadata, data: fields },
      {},
      signal,
    );
    if ('meta' in answer) return;
    throw new CodedError('unavailable', `Secret ${credentialName} was not stored: ${answer.because}`);
  }
}

/** What people compare with what the hub shows. */
export function fingerprintOf({ publicKey }: KeyPair): string {
  return fingerprint(parsePublicKey('user', publicKey));
}

function decode(field: unknown): string | undefined {
  return typeof field === 'string' ? Buffer.from(field, 'base64').toString() : undefined;
}
