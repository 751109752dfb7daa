import { join } from 'node:path';
import type { Bus } from '@accord/bus/bus';
import { CodedError } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { EmbeddedNats } from './embedded/embedded-nats.ts';
import type { HubCredentials } from './hub-credentials.ts';
import type { ChangingKeyRing } from './key-ring.ts';
import { OperatorRotation } from './operator-rotation.ts';
import { OwnClaims, type ChangingClaims } from './own-claims.ts';
import { ScopeRotation } from './scope-rotation.ts';
import { SigningRotation, type KeyRotation } from './signing-rotation.ts';
import type { SpokeMint } from './spoke-mint.ts';
import type { SpokesClaims } from './spokes-claims.ts';

/** A connection that logs in again when it is told to. */
type LoggedIn = Pick<Bus, 'onConnection'> & { reconnect(): Promise<void> };

export interface KeyRotationsDeps {
  readonly dataDir: string;
  readonly keys: ChangingKeyRing;
  readonly claims: ChangingClaims;
  readonly spokesClaims: Pick<SpokesClaims, 'inForce'>;
  readonly mint: SpokeMint;
  readonly nats: Pick<EmbeddedNats, 'restart'>;
  readonly credentials: Readonly<Record<'hub' | 'sys', HubCredentials>>;
  /** Logged in with these credentials. */
  readonly buses: Readonly<Record<'hub' | 'sys', LoggedIn & Pick<Bus, 'request'>>>;
  readonly clock: Clock;
  readonly log: Log;
  /** The hub stops. */
  readonly signal: AbortSignal;
}

/** Each key that the servers know, and how it is replaced while they run. */
export class KeyRotations {
  readonly scope: KeyRotation;
  readonly hubSigning: KeyRotation;
  readonly sysSigning: KeyRotation;
  readonly operator: KeyRotation;
  readonly #own: OwnClaims;

  constructor(deps: KeyRotationsDeps) {
    const { dataDir, keys, claims, spokesClaims, mint, nats, credentials, buses, clock, log, signal } = deps;
    const keysDir = join(dataDir, 'keys');
    const own = new OwnClaims({ claimsDir: join(dataDir, 'claims'), keys, claims, system: buses.sys, clock, log });
    // Of every account: who had a key of SYS may have brought back older claims of any.
    const inForce = async (): Promise<void> => void (await Promise.all([spokesClaims.inForce(), own.inForce()]));
    const inForceAndHeard = async (): Promise<void> => {
      await inForce();
      // What follows is written by the other connection, which the start of the server has cut as well.
      await untilConnected(buses.hub, signal);
    };
    const signing = (name: 'hubSigning' | 'sysSigning', role: 'hub' | 'sys'): KeyRotation =>
      new SigningRotation({
        ...{ name, keysDir, keys, inForce, credentials: credentials[role] },
        logInAnew: () => logInAnew(buses[role], signal),
      });
    this.#own = own;
    this.scope = new ScopeRotation({ keysDir, keys, mint, claims: spokesClaims });
    this.hubSigning = signing('hubSigning', 'hub');
    this.sysSigning = signing('sysSigning', 'sys');
    this.operator = new OperatorRotation({ dataDir, keys, claims, nats, inForce: inForceAndHeard, clock });
  }

  /** Keeps the claims of the hub's own accounts in force until `signal` aborts. */
  run(signal: AbortSignal): Promise<void> {
    return this.#own.run(signal);
  }

  /** After a start. Resolves when every rotation is where it was. Until the servers are known to have both keys, the old one signs. */
  async resume(): Promise<void> {
    for (const rotation of [this.operator, this.sysSigning, this.hubSigning, this.scope]) if (rotation.isBegun) await rotation.begin();
  }
}

/** Resolves when the connection that there is then is a new one. Rejects with `unavailable` when `signal` aborts first. */
async function logInAnew(bus: LoggedIn, signal: AbortSignal): Promise<void> {
  let isOld = true;
  const isThere = untilConnected(bus, signal, () => !isOld);
  isOld = false;
  await Promise.all([bus.reconnect(), isThere]);
}

async function untilConnected(bus: LoggedIn, signal: AbortSignal, counts: () => boolean = () => true): Promise<void> {
  const done = new AbortController();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => reject(new CodedError('unavailable', 'log in again: the hub stops')), { signal: done.signal });
  bus.onConnection((state) => (state === 'connected' && counts() ? resolve() : undefined), done.signal);
  await promise.finally(() => done.abort());
}
