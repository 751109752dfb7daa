import { CodedError } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import { identityOf, renewClaims, type RealmClaims } from './claims-files.ts';
import { lookUpClaims, pushClaims, type SystemBus } from './claims-requests.ts';
import type { KeyRing } from './key-ring.ts';

/** Accounts of the hub itself. */
type OwnAccount = 'HUB' | 'SYS';
/** The claims that a starting server is given, changed by whoever writes them. */
export type ChangingClaims = { -readonly [Name in keyof RealmClaims]: string };

export interface OwnClaimsDeps {
  readonly claimsDir: string;
  readonly keys: KeyRing;
  readonly claims: ChangingClaims;
  readonly system: SystemBus;
  readonly clock: Clock;
  readonly log: Log;
}

interface Waiter {
  readonly accounts: Set<OwnAccount>;
  readonly resolve: () => void;
  readonly reject: (error: CodedError) => void;
}

const accounts = ['HUB', 'SYS'] as const satisfies readonly OwnAccount[];

/** The only writer of the claims of HUB and SYS, which follow from the keys alone. */
export class OwnClaims {
  readonly #deps: OwnClaimsDeps;
  readonly #loop: Loop<OwnAccount>;
  #waiters: readonly Waiter[] = [];

  constructor(deps: OwnClaimsDeps) {
    this.#deps = deps;
    const { clock, log } = deps;
    const pass = async (names: ReadonlySet<OwnAccount>): Promise<ReadonlySet<OwnAccount>> => {
      for (const name of names) await this.#settle(name);
      return new Set();
    };
    const pace = { allKeys: () => accounts, everythingMs: 600_000, retryMsFirst: 100, retryMsMax: 5_000 };
    this.#loop = new Loop({ name: 'own-claims', pass, ...pace, clock, log });
  }

  /** Resolves when the servers have the claims that the keys want now. It is tried until then; rejects with `unavailable` only when `run` ends first. */
  inForce(): Promise<void> {
    const done = new Promise<void>((resolve, reject) => {
      this.#waiters = [...this.#waiters, { accounts: new Set(accounts), resolve, reject }];
    });
    for (const name of accounts) this.#loop.mark(name);
    return done;
  }

  async run(signal: AbortSignal): Promise<void> {
    try {
      await this.#loop.run(signal);
    } finally {
      for (const { reject } of this.#waiters) reject(new CodedError('unavailable', 'push claims: the hub stops'));
      this.#waiters = [];
    }
  }

  async #settle(name: OwnAccount): Promise<void> {
    const { claimsDir, keys, claims, system, clock, log } = this.#deps;
    // Who comes later may want other claims.
    const waiters = [...this.#waiters];
    // In the file before it is pushed: a server that starts in between must not be given the older one.
    claims[name] = renewClaims(claimsDir, name, { keys, nowMs: clock.now(), token: claims[name] });
    const token = claims[name];
    if ((await lookUpClaims(system, identityOf(keys, name))) !== token) {
      await pushClaims(system, token);
      log.info('claims pushed', { account: name });
    }
    for (const waiter of waiters) waiter.accounts.delete(name);
    for (const { accounts: left, resolve } of waiters) if (left.size === 0) resolve();
    this.#waiters = this.#waiters.filter(({ accounts: left }) => left.size > 0);
  }
}
