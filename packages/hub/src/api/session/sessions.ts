import type { Clock } from '@accord/runtime/clock';
import type { Caller } from '../auth.ts';
import { Refusal } from '../refusal.ts';
import { CallerSecrets, type Issued } from './caller-secrets.ts';

/** A browser opens it at once. */
const codeMs = 60_000;
/** A working day. */
export const sessionMsMax = 12 * 3_600_000;
/** A caller who makes more of them ends his own, and nobody else's. */
const perActorMax = 20;
const countMax = 1_000;

/** How a browser is let in: a code that works once becomes a session, and both are the caller who asked for them. */
export class Sessions {
  readonly #codes: CallerSecrets;
  readonly #sessions: CallerSecrets;

  constructor(clock: Clock) {
    this.#codes = new CallerSecrets({ clock, lifeMs: codeMs, perActorMax, countMax });
    this.#sessions = new CallerSecrets({ clock, lifeMs: sessionMsMax, perActorMax, countMax });
  }

  /** A code for a link. */
  invite(caller: Caller): Issued {
    return this.#codes.issue(caller);
  }

  /** Who made the code. Rejects with `unauthenticated`, and says the same of every code that lets nobody in. */
  enter(code: string): Caller {
    const caller = this.#codes.take(code);
    if (caller !== undefined) return caller;
    throw new Refusal(
      'unauthenticated',
      'this link lets nobody in: it works once, for a minute, and for as long as the token of who made it',
      {
        help: 'Ask for another one: accord console',
      },
    );
  }

  open(caller: Caller): Issued {
    return this.#sessions.issue(caller);
  }

  /** Rejects with `unauthenticated` when it is over, or was another hub's. */
  callerOf(session: string): Caller {
    const caller = this.#sessions.find(session);
    if (caller !== undefined) return caller;
    throw new Refusal('unauthenticated', 'the session is over', { help: 'Open the console again: accord console' });
  }

  /** Whose it was; undefined when it was over already. */
  end(session: string): Caller | undefined {
    return this.#sessions.take(session);
  }
}
