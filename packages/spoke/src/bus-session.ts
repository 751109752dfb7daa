import type { KeyPair } from '@accord/proto/keys';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { Inbox } from './inbox/inbox.ts';
import type { CredentialKeeper } from './join/keep-credential.ts';
import type { Membership } from './join/membership.ts';
import type { Beat } from './outbox/beat.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { ConnectBus } from './spoke-deps.ts';

export interface BusSessionDeps {
  readonly connectBus: ConnectBus;
  readonly membership: Membership;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly beat: Beat;
  readonly credentialKeeper: CredentialKeeper;
  readonly log: Log;
}

/** A server that lets somebody in does so within milliseconds. */
const firstLoginMsMax = 3_000;

/**
 * The login of a connection. The token of a connection is the one of its login: the hub ends the old one as soon as a beat says
 * that it is not in use any more.
 */
export class Login {
  readonly #clock: Clock;
  #shown = 0;
  #shownAtMs = 0;
  /** It was shown, and neither taken nor refused so far. */
  #isOpen = false;
  #refusedIat = 0;
  /** Issued-at of the token in use; 0 before the first connection. */
  usedIat = 0;
  isConnected = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  show(membership: Pick<Membership, 'claims' | 'credential' | 'key'>): { readonly jwt: string; readonly key: KeyPair } {
    // The server asks for it at each login; where it asks again it did not take the one before.
    if (this.#isOpen) this.refused();
    this.#isOpen = true;
    this.#shown = membership.claims().iat;
    this.#shownAtMs = this.#clock.now();
    return { jwt: membership.credential.jwt, key: membership.key };
  }

  turned(state: 'connected' | 'disconnected'): void {
    this.isConnected = state === 'connected';
    this.#isOpen = false;
    if (!this.isConnected) return;
    this.usedIat = this.#shown;
    this.#refusedIat = 0;
  }

  /** The server says no to what was shown last. */
  refused(): void {
    this.#isOpen = false;
    this.#refusedIat = this.#shown;
  }

  /** Whether the server did not let in whoever showed the token that was issued then. */
  isRefused(iat: number): boolean {
    if (this.#refusedIat === iat) return true;
    // Of the first connection nobody tells why it does not come, and its next attempt may be twenty seconds away.
    const isFirst = this.usedIat === 0 && this.#isOpen && this.#shown === iat;
    return isFirst && this.#clock.now() - this.#shownAtMs > firstLoginMsMax;
  }
}

/** Dials the bus and lives on it until `signal` aborts. Until it is there, everything else goes on without it. */
export async function runOnBus(
  { connectBus, membership, inbox, outbox, beat, credentialKeeper, log }: BusSessionDeps,
  login: Login,
  signal: AbortSignal,
): Promise<void> {
  const { id } = membership.credential;
  const credential = (): ReturnType<Login['show']> => login.show(membership);
  const bus = await connectBus({ place: () => membership.place, id, credential, onRefused: () => login.refused(), log }, signal);
  log.info('connected to the bus', { cluster: id });
  credentialKeeper.useBus(bus, signal);
  bus.onConnection((state) => {
    login.turned(state);
    beat.soon();
  }, signal);
  inbox.start(bus, signal);
  await Promise.all([outbox.run(bus, signal), beat.run(bus, signal)]);
  await bus.close();
}
