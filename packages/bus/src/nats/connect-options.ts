import { randomInt } from 'node:crypto';
import type { KeyPair } from '@accord/proto/keys';
import type { Auth, NodeConnectionOptions } from '@nats-io/transport-node';

export interface Credential {
  readonly jwt: string;
  readonly key: KeyPair;
}

export interface ConnectNatsBusOptions {
  /** `nats://host:port` or `tls://host:port`. */
  readonly servers: readonly string[];
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
  readonly tls?: { readonly ca?: string };
  /** Shown by the server's monitoring; not trusted by anybody. */
  readonly name?: string;
  /** Gives up waiting for the first connection, which otherwise waits for as long as it takes. */
  readonly signal?: AbortSignal;
}

const ofRole = {
  // A fleet that comes back at once would keep a restarted server busy with logins; a spoke can wait, the hub cannot.
  spoke: { reconnectTimeWait: 2_000, reconnectJitter: 8_000, reconnectJitterTLS: 8_000, pingInterval: 10_000, timeout: 10_000 },
  hub: { reconnectTimeWait: 200, reconnectJitter: 200, reconnectJitterTLS: 200, pingInterval: 5_000, timeout: 5_000 },
} as const;
const firstAttemptMsMax = 10_000;

/** The client's limit for a dial, and ours for a request to JetStream. */
export function requestTimeoutMs(role: 'hub' | 'spoke'): number {
  return ofRole[role].timeout;
}

/** A change of credential that the owner of the connection asked for. */
export interface Switching {
  isOn: boolean;
  hasDialled: boolean;
}

interface ReconnectTimes {
  readonly reconnectTimeWait: number;
  readonly reconnectJitter: number;
  readonly reconnectJitterTLS: number;
}

/** Everything that the client must be told because its defaults give up, or dial in the same millisecond as everybody else. */
export function connectOptions(options: ConnectNatsBusOptions, switching: Switching): NodeConnectionOptions {
  const { servers, role, inboxPrefix, credential, tls, name, signal } = options;
  return {
    ...ofRole[role],
    ...(tls && { tls: { ...tls, handshakeFirst: true } }),
    ...(name !== undefined && { name }),
    servers: [...servers],
    inboxPrefix,
    authenticator: (nonce) => login(credential(), nonce),
    maxReconnectAttempts: -1,
    waitOnFirstConnect: true,
    ignoreAuthErrorAbort: true,
    maxPingOut: 2,
    // An error with the stack of its request costs more than the request.
    noAsyncTraces: true,
    reconnectDelayHandler: reconnectDelay(ofRole[role], tls !== undefined, switching),
    reconnectToServer: (pool, info) => {
      // The one way to end the client's endless first attempt is that this hook throws.
      signal?.throwIfAborted();
      const server = pool[0];
      // There is an INFO only before the first attempt after a connection, and to that one the client applies no jitter.
      if (role === 'hub' || server === undefined || info === null || switching.isOn) return null;
      return { server, delay: randomInt(firstAttemptMsMax) };
    },
  };
}

/**
 * How long the client leaves a server alone after it has dialled it. A planned change of credential goes at once, but only its first
 * attempt: a server that is away at that moment is left alone like any other time.
 */
function reconnectDelay(times: ReconnectTimes, hasTls: boolean, switching: Switching): () => number {
  return () => {
    const isFirst = switching.isOn && !switching.hasDialled;
    switching.hasDialled = true;
    return isFirst ? 0 : times.reconnectTimeWait + randomInt((hasTls ? times.reconnectJitterTLS : times.reconnectJitter) + 1);
  };
}

function login({ jwt, key }: Credential, nonce = ''): Auth {
  const sig = Buffer.from(key.sign(new TextEncoder().encode(nonce))).toString('base64url');
  return { jwt, nkey: key.publicKey, sig };
}
