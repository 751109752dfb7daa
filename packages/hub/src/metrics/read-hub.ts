import type { Stream } from '@accord/proto/subjects';
import { isCoded } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import type { Loop } from '@accord/runtime/loop';
import { read, type Reading } from '@accord/runtime/metrics/metric';
import type { AlarmBook } from '../alarms/alarm-book.ts';
import type { Connections } from '../connections/connections.ts';
import type { History } from '../history/history.ts';
import type { Projection } from '../views/projection.ts';
import { fleetMetrics, hubMetrics } from './hub-metrics.ts';

export interface StreamState {
  readonly stream: Stream;
  readonly messages: number;
  readonly bytes: number;
  /** Undefined without a bound. */
  readonly bytesMax: number | undefined;
  readonly lastSeq: number;
}

export interface ReadHubDeps {
  readonly connections: Pick<Connections, 'count'>;
  readonly alarms: Pick<AlarmBook, 'raised'>;
  readonly history: Pick<History, 'waiting' | 'positions'>;
  readonly projection: Projection;
  readonly loops: readonly Pick<Loop<never>, 'name' | 'waiting'>[];
  readonly revocations: () => { readonly count: number; readonly max: number };
  readonly isBusConnected: () => boolean;
  /** Rejects with `CodedError`. */
  readonly streams: () => Promise<readonly StreamState[]>;
  /** Infinite where nobody says. */
  readonly diskFreeBytes: () => number;
  /** When logins and the certificate of the hub end. */
  readonly ends: () => Readonly<Record<'serving-certificate' | 'hub-login' | 'system-login', number>>;
  readonly clock: Clock;
}

/** A scrape more often than that is answered with what was read before: the server walks all its streams for it. */
const streamsKeptMs = 10_000;

/** How the hub itself is. While the bus is away nothing is told of its streams. */
export class HubReader {
  readonly #deps: ReadHubDeps;
  #streams: readonly StreamState[] = [];
  #readAtMs = Number.NEGATIVE_INFINITY;

  constructor(deps: ReadHubDeps) {
    this.#deps = deps;
  }

  async read(): Promise<readonly Reading[]> {
    const { connections, alarms, history, loops, revocations, isBusConnected, diskFreeBytes } = this.#deps;
    const { count, max } = revocations();
    return [
      ...[...alarms.raised()].map(([alarm, raised]) => read(fleetMetrics.alarms, raised, { alarm })),
      read(hubMetrics.connections, connections.count),
      read(hubMetrics.revocations, count),
      read(hubMetrics.revocationsMax, max),
      read(hubMetrics.busConnected, Number(isBusConnected())),
      ...(Number.isFinite(diskFreeBytes()) ? [read(hubMetrics.diskFree, diskFreeBytes())] : []),
      ...Object.entries(history.waiting()).map(([queue, waiting]) => read(hubMetrics.historyWaiting, waiting, { queue })),
      ...loops.map(({ name, waiting }) => read(hubMetrics.loopWaiting, waiting, { loop: name })),
      ...this.#expiries(),
      ...(await this.#readStreams()),
    ];
  }

  /** Of tokens the one that ends next: their names are as many as people want. */
  #expiries(): readonly Reading[] {
    const { ends, projection, clock } = this.#deps;
    const nowMs = clock.now();
    const ofTokens = [...projection.registry.apiTokens.values()].flatMap(({ body: { expiresAtMs = 0, revokedAtMs } }) =>
      revokedAtMs === undefined && expiresAtMs > nowMs ? [expiresAtMs] : [],
    );
    const all = [...Object.entries(ends()), ...(ofTokens.length === 0 ? [] : [['api-token', Math.min(...ofTokens)] as const])];
    return all.map(([what, endMs]) => read(hubMetrics.expiry, (endMs - nowMs) / 1_000, { what }));
  }

  async #readStreams(): Promise<readonly Reading[]> {
    const positions = Object.entries(this.#deps.history.positions());
    return (await this.#streamsNow()).flatMap(({ stream, messages, bytes, bytesMax, lastSeq }) => [
      read(hubMetrics.streamMessages, messages, { stream }),
      read(hubMetrics.streamBytes, bytes, { stream }),
      ...(bytesMax === undefined ? [] : [read(hubMetrics.streamBytesMax, bytesMax, { stream })]),
      ...positions
        .filter(([of]) => of === stream)
        // Read since the server was asked: there is no such thing as a negative lag.
        .map(([, seq]) => read(hubMetrics.historyLag, Math.max(0, lastSeq - seq), { stream })),
    ]);
  }

  async #streamsNow(): Promise<readonly StreamState[]> {
    const { clock, streams, isBusConnected } = this.#deps;
    if (!isBusConnected()) return [];
    if (clock.now() - this.#readAtMs < streamsKeptMs) return this.#streams;
    try {
      this.#streams = await streams();
      this.#readAtMs = clock.now();
      return this.#streams;
    } catch (error) {
      if (!isCoded(error)) throw error;
      return [];
    }
  }
}
