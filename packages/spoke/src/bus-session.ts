import type { KeyPair } from '@accord/proto/keys';
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

/**
 * The login of a connection. The token of a connection is the one of its login: the hub ends the old one as soon as a beat says
 * that it is not in use any more.
 */
export class Login {
  #shown = 0;
  /** Issued-at of the token in use; 0 before the first connection. */
  usedIat = 0;
  isConnected = false;

  show(membership: Membership): { readonly jwt: string; readonly key: KeyPair } {
    this.#shown = membership.claims().iat;
    return { jwt: membership.credential.jwt, key: membership.key };
  }

  turned(state: 'connected' | 'disconnected'): void {
    this.isConnected = state === 'connected';
    if (this.isConnected) this.usedIat = this.#shown;
  }
}

/** Dials the bus and lives on it until `signal` aborts. Until it is there, everything else goes on without it. */
export async function runOnBus(
  { connectBus, membership, inbox, outbox, beat, credentialKeeper, log }: BusSessionDeps,
  login: Login,
  signal: AbortSignal,
): Promise<void> {
  const { id } = membership.credential;
  const bus = await connectBus({ place: () => membership.place, id, credential: () => login.show(membership), log }, signal);
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
