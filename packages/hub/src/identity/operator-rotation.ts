import { join } from 'node:path';
import type { Clock } from '@accord/runtime/clock';
import { writeOperator } from './claims-files.ts';
import type { EmbeddedNats } from './embedded/embedded-nats.ts';
import { adoptNextKey, makeNextKey, type ChangingKeyRing, type KeyRing } from './key-ring.ts';
import type { ChangingClaims } from './own-claims.ts';
import type { KeyRotation } from './signing-rotation.ts';

export interface OperatorRotationDeps {
  readonly dataDir: string;
  /** Changed here and nowhere else; who holds it sees the change. */
  readonly keys: ChangingKeyRing;
  readonly claims: ChangingClaims;
  readonly nats: Pick<EmbeddedNats, 'restart'>;
  /** Resolves when the servers have claims of every account that were signed by what signs them now. */
  readonly inForce: () => Promise<void>;
  readonly clock: Clock;
}

/**
 * Replaces both keys of the operator: that which signs the claims of accounts, and the one that is its name and signs nothing but the token
 * which names the other.
 *
 * nats-server reads that token at its start and at no other time (2.15.1 refuses to load another one), so each step starts it anew. Between
 * them it trusts two signing keys, so that the claims of all accounts are valid all the time, whichever of the two signed them.
 */
export class OperatorRotation implements KeyRotation {
  readonly #deps: OperatorRotationDeps;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: OperatorRotationDeps) {
    this.#deps = deps;
  }

  get isBegun(): boolean {
    return this.next !== undefined;
  }

  get current(): string {
    return this.#deps.keys.operatorSigning.publicKey;
  }

  get next(): string | undefined {
    return this.#deps.keys.operatorSigningNext?.publicKey;
  }

  begin(): Promise<void> {
    return this.#inTurn(() => this.#begin());
  }

  finish(): Promise<void> {
    return this.#inTurn(() => this.#finish());
  }

  /** Two at once would start the server with the keys of one and sign with those of the other. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn;
    return turn;
  }

  async #begin(): Promise<void> {
    const { keys, inForce, nats } = this.#deps;
    if (!this.isBegun) {
      const operatorNext = keys.operatorNext ?? makeNextKey(this.#keysDir, 'operator');
      const operatorSigningNext = makeNextKey(this.#keysDir, 'operatorSigning');
      this.#write({ ...keys, operatorSigningNext });
      await nats.restart();
      // Not before: what it signs is nothing to a server that was started without it.
      Object.assign(keys, { operatorNext, operatorSigningNext });
    }
    await inForce();
  }

  async #finish(): Promise<void> {
    const { keys, inForce, nats } = this.#deps;
    // All claims are signed by the next key before the old one is gone.
    if (this.isBegun) await this.#begin();
    const { operatorNext, operatorSigningNext, ...rest } = keys;
    if (operatorSigningNext !== undefined) {
      const wanted = { ...rest, operator: operatorNext ?? keys.operator, operatorSigning: operatorSigningNext };
      this.#write(wanted);
      // The name goes first: as long as a signing key waits the step is done again.
      if (operatorNext !== undefined) adoptNextKey(this.#keysDir, 'operator');
      adoptNextKey(this.#keysDir, 'operatorSigning');
      delete keys.operatorNext;
      delete keys.operatorSigningNext;
      Object.assign(keys, wanted);
      await nats.restart();
    }
    await inForce();
  }

  get #keysDir(): string {
    return join(this.#deps.dataDir, 'keys');
  }

  /** Before the keys of before are gone: a hub that dies in between must know what is in the file. */
  #write(keys: KeyRing): void {
    const { dataDir, claims, clock } = this.#deps;
    claims.operator = writeOperator(join(dataDir, 'claims'), keys, clock.now());
  }
}
