import { randomInt } from 'node:crypto';
import type { KeyPair } from '@accord/proto/keys';
import type { BusPlace } from '../bus.ts';
import { isElsewhere, serverPool } from './server-pool.ts';
import { certificateFault } from './certificate-fault.ts';
import { tlsOptions } from './tls-options.ts';
import type { Auth, NodeConnectionOptions, Server } from '@nats-io/transport-node';

export interface Credential {
  readonly jwt: string;
  readonly key: KeyPair;
}

export interface ConnectNatsBusOptions {
  /** Read at each change of credential, and for as long as no connection has been there. */
  readonly place: () => BusPlace;
  readonly role: 'hub' | 'spoke';
  /** `_INBOX` for a hub, `_INBOX.<cluster id>` for a spoke. */
  readonly inboxPrefix: string;
  /** Read at each login, so that a renewed token is used from the next one on. */
  readonly credential: () => Credential;
  /** Errors that the server sends outside of any answer. A refused permission comes here too, once for each subject and connection. */
  readonly onError: (error: Error) => void;
  /** The server refused the login, or ended it because of its token. Not told of the first connection. */
  readonly onRefused?: () => void;
  /** The store answers no writes any more, although the connection is there: the last that got none was begun then. */
  readonly onSilent?: (sinceMs: number) => void;
  /** Shown by the server's monitoring; not trusted by anybody. */
  readonly name?: string;
  /** Gives up waiting for the first connection, which otherwise waits for as long as it takes. */
  readonly signal?: AbortSignal;
}

const ofRole = {
  // A fleet that comes back at once would keep a restarted server busy with logins; a spoke can wait, the hub cannot.
  spoke: { reconnectTimeWait: 2_000, reconnectJitterTLS: 8_000, pingInterval: 10_000, timeout: 10_000 },
  hub: { reconnectTimeWait: 200, reconnectJitterTLS: 200, pingInterval: 5_000, timeout: 5_000 },
} as const;
const firstAttemptMsMax = 10_000;
const faultEveryMs = 60_000;

/** The client's limit for a dial, and ours for a request to JetStream. */
export function requestTimeoutMs(role: 'hub' | 'spoke'): number {
  return ofRole[role].timeout;
}

/** How far a connection is, between the client's hooks and its owner. */
export interface Switching {
  /** A change of credential that the owner asked for. */
  isOn: boolean;
  hasConnected?: boolean;
  /** Since the last connection, or since a change of credential was asked for. */
  attempts: number;
  /** Before the first connection: the bus is elsewhere by now, and the client takes other addresses only afterwards. */
  hasMoved?: boolean;
}

/** Everything that the client must be told because its defaults give up, or dial in the same millisecond as everybody else. */
export function connectOptions(options: ConnectNatsBusOptions, switching: Switching): NodeConnectionOptions {
  const { place, role, inboxPrefix, credential, name, signal } = options;
  const dialled = place();
  const tellFault = faultTeller(options, switching);
  return {
    ...ofRole[role],
    tls: tlsOptions(place),
    ...(name !== undefined && { name }),
    servers: serverPool(dialled),
    noRandomize: true,
    // The hub signs where the bus is. What a server says of itself need not be reachable from here.
    ignoreClusterUpdates: true,
    inboxPrefix,
    authenticator: (nonce) => login(credential(), nonce),
    maxReconnectAttempts: -1,
    waitOnFirstConnect: true,
    ignoreAuthErrorAbort: true,
    maxPingOut: 2,
    // An error with the stack of its request costs more than the request.
    noAsyncTraces: true,
    reconnectDelayHandler: reconnectDelay(role, switching),
    reconnectToServer: (pool) => {
      // The one way to end the client's endless first attempt is that this hook throws.
      signal?.throwIfAborted();
      switching.hasMoved = switching.hasConnected !== true && isElsewhere(place(), dialled);
      if (switching.hasMoved) throw new Error('the bus is elsewhere');
      const server = pool[0];
      if (server === undefined) return null;
      const isSpread = isFirstAttempt(switching) && role === 'spoke' && !switching.isOn;
      switching.attempts += 1;
      tellFault(server);
      return isSpread ? { server, delay: randomInt(firstAttemptMsMax) } : null;
    },
  };
}

/** To which the client applies no jitter. */
function isFirstAttempt({ hasConnected, attempts }: Switching): boolean {
  return hasConnected === true && attempts === 0;
}

/**
 * How long the client leaves a server alone after it has dialled it. First attempts go at once: that of a planned change of credential, and
 * that of a spoke that was cut, which has a delay of its own. With both, one that was cut soon after its login would be away for twenty
 * seconds. A hub that is cut has no other pause.
 */
function reconnectDelay(role: 'hub' | 'spoke', switching: Switching): () => number {
  const { reconnectTimeWait, reconnectJitterTLS } = ofRole[role];
  return () => {
    const isAtOnce = isFirstAttempt(switching) && (role === 'spoke' || switching.isOn);
    return isAtOnce ? 0 : reconnectTimeWait + randomInt(reconnectJitterTLS + 1);
  };
}

/** Looks now and then why dialling is in vain, from the second attempt on: one that fails may be of a server that starts. */
function faultTeller({ place, onError }: ConnectNatsBusOptions, switching: Switching): (server: Server) => void {
  let nextMs = 0;
  return (server) => {
    const nowMs = performance.now();
    if (switching.attempts < 2 || nowMs < nextMs) return;
    nextMs = nowMs + faultEveryMs;
    void certificateFault(server, place()).then((fault) => fault === undefined || onError(fault));
  };
}

function login({ jwt, key }: Credential, nonce = ''): Auth {
  const sig = Buffer.from(key.sign(new TextEncoder().encode(nonce))).toString('base64url');
  return { jwt, nkey: key.publicKey, sig };
}
