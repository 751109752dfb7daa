import type { Bus, BusPlace } from '@accord/bus/bus';
import type { KeyPair } from '@accord/proto/keys';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { Meter } from '@accord/runtime/metrics/meter';
import type { SpokeConfig } from './config.ts';
import type { Health } from './health.ts';
import type { HubPort } from './join/hub-client.ts';
import type { Kube } from './kube/kube.ts';

/** A bus whose credential can be changed while it is connected. */
export interface SpokeBus extends Bus {
  reconnect(): Promise<void>;
  close(): Promise<void>;
}

export interface ConnectBusOptions {
  /** Read again for as long as it cannot be dialled, and at each change of credential. */
  readonly place: () => BusPlace;
  readonly id: string;
  /** Asked at each login, so that a new token is used at once. */
  readonly credential: () => { readonly jwt: string; readonly key: KeyPair };
  /** The server does not let in whoever shows that, or not any more. It is dialled again all the same. */
  readonly onRefused: () => void;
  readonly log: Log;
}

/** Resolves with the first connection, however long it takes. */
export type ConnectBus = (options: ConnectBusOptions, signal: AbortSignal) => Promise<SpokeBus>;

/** The edges of a spoke. */
export interface SpokeDeps {
  readonly config: SpokeConfig;
  readonly kube: Kube;
  readonly connectBus: ConnectBus;
  /** First contact and renewal. */
  readonly hub: HubPort;
  /** The one-time token, read at each attempt; undefined when none was given. */
  readonly readToken: () => Promise<string | undefined>;
  /** Counts what happens, from the start of this process on. */
  readonly meter: Meter;
  readonly serveHealth: (health: Health, signal: AbortSignal) => void;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
}
