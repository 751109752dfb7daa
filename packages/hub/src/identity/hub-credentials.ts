import { isCoded } from '@accord/proto/coded-error';
import { createKeyPair, type KeyPair } from '@accord/proto/keys';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { hubTokenLifeSeconds, mintHubToken, type HubRole } from './hub-users.ts';
import type { KeyRing } from './key-ring.ts';

export interface HubCredential {
  readonly jwt: string;
  readonly key: KeyPair;
}

export interface HubCredentialsDeps {
  readonly keys: KeyRing;
  readonly role: HubRole;
  readonly clock: Clock;
  readonly log: Log;
}

/** Time between a login and the next: a quarter of the token's life is left for a hub that is late. */
const loginEveryMs = hubTokenLifeSeconds * 750;
const retryMs = 10_000;

/** The login of one hub process to one account. Its key is never written down, so a restart is a new key. */
export class HubCredentials {
  readonly #deps: HubCredentialsDeps;
  readonly #key = createKeyPair('user');
  #isNextKnown = false;
  #mintedAtMs = 0;

  constructor(deps: HubCredentialsDeps) {
    this.#deps = deps;
  }

  /** A fresh token at each call, which is each login: making one takes 0.1 ms. */
  readonly current = (): HubCredential => {
    const { keys, role, clock } = this.#deps;
    this.#mintedAtMs = clock.now();
    return { jwt: mintHubToken({ keys, role, signer: this.#signer(), user: this.#key }, this.#mintedAtMs), key: this.#key };
  };

  /** When the token of the last login ends. */
  get endsAtMs(): number {
    return this.#mintedAtMs + hubTokenLifeSeconds * 1_000;
  }

  /** While the key that signs these tokens is replaced: whether the servers know the next one, so that it signs. */
  useNextKey(isKnown: boolean): void {
    this.#isNextKnown = isKnown;
  }

  #signer(): KeyPair {
    const { keys, role } = this.#deps;
    const [present, next] = role === 'hub' ? [keys.hubSigning, keys.hubSigningNext] : [keys.sysSigning, keys.sysSigningNext];
    return this.#isNextKnown && next !== undefined ? next : present;
  }

  /**
   * Logs in again before the token expires, until `signal` aborts: the server cuts a connection when the token of its login ends.
   * `reconnect` must lead to a call of `current`.
   */
  async keepAlive(reconnect: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const { clock, log, role } = this.#deps;
    while (!signal.aborted) {
      const leftMs = this.#mintedAtMs + loginEveryMs - clock.now();
      // After a failed attempt nothing is lost yet; the client dials by itself when the server cuts.
      await clock.sleep(leftMs > 0 ? leftMs : retryMs, signal);
      if (signal.aborted || clock.now() < this.#mintedAtMs + loginEveryMs) continue;
      await reconnect().catch((error: unknown) => {
        if (!isCoded(error)) throw error;
        log.warn('hub login was not renewed', { role, code: error.code, error });
      });
    }
  }
}
