import { adoptNextKey, makeNextKey, type ChangingKeyRing } from './key-ring.ts';
import type { KeyRotation } from './signing-rotation.ts';
import type { SpokeMint } from './spoke-mint.ts';
import type { SpokesClaims } from './spokes-claims.ts';

export interface ScopeRotationDeps {
  readonly keysDir: string;
  /** Changed here and nowhere else; who holds it sees the change. */
  readonly keys: ChangingKeyRing;
  readonly mint: SpokeMint;
  readonly claims: Pick<SpokesClaims, 'inForce'>;
}

/**
 * Replaces the key that signs the tokens of spokes. Two keys are in the claims from `begin` to `finish`, so that every token is valid all the
 * time. What is left to do follows from the files alone: claims are made from the keys that are there.
 */
export class ScopeRotation implements KeyRotation {
  readonly #deps: ScopeRotationDeps;
  readonly #keys: ChangingKeyRing;

  constructor(deps: ScopeRotationDeps) {
    this.#deps = deps;
    this.#keys = deps.keys;
  }

  get isBegun(): boolean {
    return this.next !== undefined;
  }

  /** Public, of what signs now or did before. */
  get current(): string {
    return this.#keys.spokesScope.publicKey;
  }

  get next(): string | undefined {
    return this.#keys.spokesScopeNext?.publicKey;
  }

  /** Makes the next key where there is none. Resolves when the servers know it and it signs. Rejects with `unavailable` when the hub stops. */
  async begin(): Promise<void> {
    const { keysDir, mint, claims } = this.#deps;
    this.#keys.spokesScopeNext ??= makeNextKey(keysDir, 'spokesScope');
    await claims.inForce();
    // Not before: a server that does not know the key refuses its tokens.
    mint.useNextScope(true);
  }

  /** Takes the old key out. Resolves when the servers have cut whoever still used a token of it. Nothing to do when none is begun. */
  async finish(): Promise<void> {
    const { keysDir, mint, claims } = this.#deps;
    const next = this.#keys.spokesScopeNext;
    if (next !== undefined) {
      adoptNextKey(keysDir, 'spokesScope');
      this.#keys.spokesScope = next;
      delete this.#keys.spokesScopeNext;
      mint.useNextScope(false);
    }
    await claims.inForce();
  }
}
