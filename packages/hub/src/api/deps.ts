/** What the API needs of the hub. */
import type { HubKey, LoginServer } from '@accord/proto/api';
import type { CredentialResponse, Installation, JoinRequest, PendingJoin, RenewRequest } from '@accord/proto/join-api';
import type { ClusterId } from '@accord/proto/ids';
import type { DeclaredLabels } from '@accord/proto/access';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { Meter } from '@accord/runtime/metrics/meter';
import type { Reading } from '@accord/runtime/metrics/metric';
import type { History } from '../history/history.ts';
import type { IntentLog } from '../intent/intent-log.ts';
import type { Tracing } from '../tracing/tracing.ts';
import type { Projection } from '../views/projection.ts';
import type { Caller } from './auth.ts';
import type { FactHistory } from './fact-history.ts';
import type { ServingCertificate } from './one-port.ts';

/** First contact and renewal. Both reject with `CodedError`; the message is shown to the caller. */
export interface JoinPort {
  /** `address`: from where the request comes. */
  join(token: string, request: JoinRequest, address: string): Promise<CredentialResponse | PendingJoin>;
  renew(request: RenewRequest): Promise<CredentialResponse>;
}

/** People who are known by another server. */
export interface PeoplePort {
  /** How `accord login` reaches that server. */
  readonly login: LoginServer;
  /**
   * Undefined for what is no token of that server. Rejects with `unauthenticated` and why its token does not hold,
   * with `unavailable` when the server cannot be asked for its keys.
   */
  readonly identify: (token: string) => Promise<Caller | undefined>;
}

/** Carries out that the access of a cluster was taken away. */
export interface RevokePort {
  /** Resolves when the server has cut it. Rejects with `CodedError`, and goes on trying. */
  cut(id: ClusterId): Promise<void>;
}

/** A key of the hub that is replaced while it runs. */
export interface KeyPort {
  /** Public, or its fingerprint. */
  readonly current: string;
  /** Is there while it takes the place of the other. */
  readonly next: string | undefined;
  /** What it took the place of, while that is still believed. */
  readonly before?: string | undefined;
  /** Resolves when everybody can be given what needs it. Rejects with `conflict` while the one before the present one is still in use. */
  begin(): Promise<void>;
  /** Resolves when the old one signs nothing any more. */
  finish(): Promise<void>;
  /** Has every cluster use a token that is minted from now on. */
  renewAll(): void;
  /** Who is connected and does not yet. */
  waiting(): readonly ClusterId[];
}

export interface ApiDeps {
  readonly projection: Projection;
  readonly intent: IntentLog;
  /** Gets every folded fact from the composition root. */
  readonly history: FactHistory;
  readonly past: History;
  readonly tracing: Tracing;
  readonly join: JoinPort;
  readonly revoker: RevokePort;
  readonly keys: Readonly<Record<HubKey, KeyPort>>;
  /** What the hub itself saw that only a person can judge, as sentences: of a cluster, or of the whole fleet. */
  readonly alarms: { of(cluster: ClusterId | undefined): readonly string[] };
  /** What the hub counts, and what else it reads of itself when it is asked. */
  readonly meters: { readonly meter: Meter; readings(): Promise<readonly Reading[]> };
  readonly clock: Clock;
  readonly log: Log;
  /** Fingerprint of the key that signs desired state; goes out with each join token. */
  readonly hubKey: () => string;
  /** What the manifests of every cluster get. */
  readonly installation: Installation;
  /** Where clusters dial the bus. */
  readonly busServers: readonly string[];
  /** SHA-256 (hex) of the token in the data directory. */
  readonly adminTokenHash: string;
  readonly people?: PeoplePort;
  readonly declaredLabels: DeclaredLabels;
  /** Of one caller, and of one address. */
  readonly requestsPerMinute: number;
  /** `because` is a sentence when it is not ready. */
  readonly readiness: () => { readonly ready: boolean; readonly because: string };
  /** Host names besides those of the loopback under which the hub is called. */
  readonly allowedHosts: readonly string[];
  /** Proxies in front of the hub, as CIDR: they say from where a request comes. */
  readonly trustedProxies?: readonly string[];
  /** Makes the port speak TLS as well, for kubectl, which sends a token to nothing else. */
  readonly certificate?: ServingCertificate;
  /** Text of the installed definitions of kinds: their descriptions are what `kubectl explain` shows. */
  readonly crds: string;
  /** Messages per cluster id that could not be believed. */
  readonly garbage: ReadonlyMap<string, number>;
  /** Where the built console lies, absolute; it may be built later. */
  readonly consoleDir: string;
  /** Ends open watches and event streams. */
  readonly signal: AbortSignal;
}
