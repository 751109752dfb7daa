import type { Credential } from '@accord/proto/api';
import type { JsonObject } from '@accord/proto/canonical';
import { CodedError } from '@accord/proto/coded-error';
import { createKeyPair, parseSeed, type KeyPair } from '@accord/proto/keys';
import type { Kube } from '../kube/kube.ts';
import { ownRef, secretKind } from '../kube/own-kinds.ts';

export const credentialName = 'accord-spoke-credential';

export interface StoredCredential {
  readonly key: KeyPair;
  /** Undefined before the first join. */
  readonly credential: Credential | undefined;
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
    const secret = await this.#kube.get(ownRef(secretKind, this.#namespace, credentialName), signal);
    const fields = (secret?.['data'] ?? {}) as JsonObject;
    const seed = decode(fields['seed']);
    if (seed !== undefined) {
      const credential = decode(fields['credential']);
      return { key: parseSeed('user', seed), credential: credential === undefined ? undefined : (JSON.parse(credential) as Credential) };
    }
    const key = createKeyPair('user');
    await this.save({ key, credential: undefined }, signal);
    return { key, credential: undefined };
  }

  async save({ key, credential }: StoredCredential, signal: AbortSignal): Promise<void> {
    const encode = (text: string): string => Buffer.from(text).toString('base64');
    const fields = { seed: encode(key.seed), ...(credential === undefined ? {} : { credential: encode(JSON.stringify(credential)) }) };
    const metadata = { name: credentialName, namespace: this.#namespace };
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

function decode(field: unknown): string | undefined {
  return typeof field === 'string' ? Buffer.from(field, 'base64').toString() : undefined;
}
