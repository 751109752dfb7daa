import type { HubCredentials } from './hub-credentials.ts';
import { adoptNextKey, makeNextKey, type ChangingKeyRing } from './key-ring.ts';

/** How one key of the hub takes the place of another. What is left to do after a crash follows from the files of keys alone. */
export interface KeyRotation {
  readonly isBegun: boolean;
  /** Public, of what signs now or did before. */
  readonly current: string;
  readonly next: string | undefined;
  /** Makes the next key where there is none. Resolves when the servers know it and it signs. Rejects with `unavailable` when the hub stops. */
  begin(): Promise<void>;
  /** Takes the old key out. Resolves when nothing that it signed counts any more. Nothing to do when none is begun. */
  finish(): Promise<void>;
}

export interface SigningRotationDeps {
  readonly name: 'hubSigning' | 'sysSigning';
  readonly keysDir: string;
  /** Changed here and nowhere else; who holds it sees the change. */
  readonly keys: ChangingKeyRing;
  /** Resolves when the servers have the claims that the keys want now. Rejects with `unavailable` when the hub stops. */
  readonly inForce: () => Promise<void>;
  readonly credentials: Pick<HubCredentials, 'useNextKey'>;
  /** Logs in again with a token of that moment. Resolves when it is logged in. */
  readonly logInAnew: () => Promise<void>;
}

/** Replaces the key that signs the tokens of hub processes for one of its accounts. */
export class SigningRotation implements KeyRotation {
  readonly #deps: SigningRotationDeps;
  readonly #nextName: 'hubSigningNext' | 'sysSigningNext';

  constructor(deps: SigningRotationDeps) {
    this.#deps = deps;
    this.#nextName = `${deps.name}Next`;
  }

  get isBegun(): boolean {
    return this.next !== undefined;
  }

  get current(): string {
    return this.#deps.keys[this.#deps.name].publicKey;
  }

  get next(): string | undefined {
    return this.#deps.keys[this.#nextName]?.publicKey;
  }

  async begin(): Promise<void> {
    const { name, keysDir, keys, inForce, credentials, logInAnew } = this.#deps;
    keys[this.#nextName] ??= makeNextKey(keysDir, name);
    await inForce();
    // Not before: a server that does not know the key refuses its tokens.
    credentials.useNextKey(true);
    await logInAnew();
  }

  async finish(): Promise<void> {
    const { name, keysDir, keys, inForce, credentials } = this.#deps;
    const isDue = this.isBegun;
    // After a start the connection may still be one by the old key.
    if (isDue) await this.begin();
    const next = keys[this.#nextName];
    if (isDue && next !== undefined) {
      adoptNextKey(keysDir, name);
      keys[name] = next;
      delete keys[this.#nextName];
      credentials.useNextKey(false);
    }
    await inForce();
  }
}
