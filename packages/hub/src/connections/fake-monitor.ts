import type { ListedConnection } from '@accord/core/view/connections';
import type { Traffic } from '@accord/core/view/flood';
import type { ConnectionEvent, Listing, ServerMonitor } from './server-monitor.ts';

/** A server with connections in memory, for tests. */
export class FakeMonitor implements ServerMonitor {
  readonly open = new Map<number, Traffic>();
  /** Cids of the connections that were cut, in order. */
  readonly kicked: number[] = [];
  /** Called before a connection is cut; a hostile client comes straight back. */
  onKick: (connection: Traffic) => void = () => undefined;
  /** Thrown by whatever is asked next. */
  failure: Error | undefined;
  readonly #listeners = new Set<(event: ConnectionEvent) => void>();
  #cids = 0;

  /** Somebody logs in with this key; `isHeard` is false when the event is lost. */
  connect(key: string, { isHeard = true, sinceMs = 0 } = {}): Traffic {
    this.#cids += 1;
    const connection = { key, server: 'N1', cid: this.#cids, address: '10.0.0.1', sinceMs, received: 0 };
    this.open.set(connection.cid, connection);
    const { received: _received, ...told } = connection;
    if (isHeard) this.#tell({ type: 'connected', connection: told });
    return connection;
  }

  send(cid: number, messages: number): void {
    const connection = this.open.get(cid);
    if (connection !== undefined) this.open.set(cid, { ...connection, received: connection.received + messages });
  }

  disconnect({ key, server, cid }: Pick<ListedConnection, 'key' | 'server' | 'cid'>): void {
    this.open.delete(cid);
    this.#tell({ type: 'ended', connection: { key, server, cid } });
  }

  refuse(key: string, address = '10.0.0.66'): void {
    this.#tell({ type: 'refused', key, address });
  }

  async follow(listener: (event: ConnectionEvent) => void, signal: AbortSignal): Promise<void> {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
  }

  onFresh(listener: () => void): void {
    listener();
  }

  async listOf(key: string): Promise<Listing> {
    return this.#listing([...this.open.values()].filter((connection) => connection.key === key));
  }

  async list(offset: number): Promise<Listing> {
    return this.#listing([...this.open.values()].slice(offset, offset + 2));
  }

  async busiest(): Promise<Listing> {
    return this.#listing([...this.open.values()].toSorted((a, b) => b.received - a.received));
  }

  async kick({ cid }: Pick<ListedConnection, 'server' | 'cid'>): Promise<void> {
    this.#failOnce();
    const connection = this.open.get(cid);
    if (connection === undefined) return;
    this.kicked.push(cid);
    this.onKick(connection);
    this.disconnect(connection);
  }

  #listing(connections: readonly Traffic[]): Listing {
    this.#failOnce();
    return { connections, total: this.open.size, atServerMs: Number.MAX_SAFE_INTEGER };
  }

  #failOnce(): void {
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) throw failure;
  }

  #tell(event: ConnectionEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
