import { randomBytes } from 'node:crypto';
import { hex, sha256 } from '@accord/proto/canonical';
import type { Clock } from '@accord/runtime/clock';
import type { Caller } from '../auth.ts';

export interface CallerSecretsOptions {
  readonly clock: Clock;
  readonly lifeMs: number;
  /** Beyond them the one that was not used for longest goes: of all callers, and of one. */
  readonly countMax: number;
  readonly perActorMax: number;
}

/** Shown once; nobody can read it from here again. */
export interface Issued {
  readonly secret: string;
  readonly expiresAtMs: number;
}

interface Held {
  readonly caller: Caller;
  readonly expiresAtMs: number;
}

/** Random secrets of 256 bits that stand for a caller for a while. They are held by their hash, in memory, and never outlive what let him in. */
export class CallerSecrets {
  readonly #options: CallerSecretsOptions;
  /** By the hash in hex, the one that was not used for longest first. */
  readonly #held = new Map<string, Held>();

  constructor(options: CallerSecretsOptions) {
    this.#options = options;
  }

  issue(caller: Caller): Issued {
    const { clock, lifeMs } = this.#options;
    const secret = randomBytes(32).toString('base64url');
    const expiresAtMs = Math.min(clock.now() + lifeMs, caller.expiresAtMs ?? Infinity);
    this.#held.set(hashOf(secret), { caller, expiresAtMs });
    this.#makeRoom(caller.actor);
    return { secret, expiresAtMs };
  }

  /** Whom it stands for, for as long as it does. To ask counts as use. */
  find(secret: string): Caller | undefined {
    const hash = hashOf(secret);
    const held = this.#held.get(hash);
    if (held === undefined) return undefined;
    this.#held.delete(hash);
    if (!isAlive(held, this.#options.clock)) return undefined;
    this.#held.set(hash, held);
    const isStillKnown = (): boolean => this.#held.get(hash) === held && isAlive(held, this.#options.clock);
    return { ...held.caller, isStillKnown };
  }

  /** As `find`, for the last time. */
  take(secret: string): Caller | undefined {
    const hash = hashOf(secret);
    const held = this.#held.get(hash);
    this.#held.delete(hash);
    return held !== undefined && isAlive(held, this.#options.clock) ? held.caller : undefined;
  }

  #makeRoom(actor: string): void {
    const { clock, countMax, perActorMax } = this.#options;
    for (const [hash, held] of this.#held) if (!isAlive(held, clock)) this.#held.delete(hash);
    const ofActor = [...this.#held].filter(([, { caller }]) => caller.actor === actor);
    const over = [...ofActor.slice(0, -perActorMax), ...[...this.#held].slice(0, -countMax)];
    for (const [hash] of over) this.#held.delete(hash);
  }
}

function isAlive({ caller, expiresAtMs }: Held, clock: Clock): boolean {
  return clock.now() < expiresAtMs && caller.isStillKnown();
}

function hashOf(secret: string): string {
  return hex(sha256(secret));
}
