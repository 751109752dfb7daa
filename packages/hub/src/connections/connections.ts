import {
  doubledKeys,
  foldConnect,
  foldDisconnect,
  foldListing,
  forgetClosed,
  linkOf,
  type ConnectionBook,
  type Link,
  type ListedConnection,
  type OpenConnection,
} from '@accord/core/view/connections';
import type { Moment } from '@accord/core/view/presence';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import type { Log } from '@accord/runtime/log';
import type { ConnectionEvent, ServerMonitor } from './server-monitor.ts';

export interface ConnectionsDeps {
  readonly monitor: ServerMonitor;
  readonly moment: () => Moment;
  readonly log: Log;
}

/** A client that comes back as fast as it is cut does so until the server knows that its key is revoked. */
const cutsMax = 10;
const forgetAfterMs = 60_000;

/** Which connections each key has: heard from the server as they come and go, and read again when something may have been missed. */
export class Connections {
  readonly #deps: ConnectionsDeps;
  readonly #book: ConnectionBook = new Map();
  readonly #listeners = new Set<(event: ConnectionEvent) => void>();

  constructor(deps: ConnectionsDeps) {
    this.#deps = deps;
  }

  linkOf(key: string): Link | undefined {
    return linkOf(this.#book, key);
  }

  openOf(key: string): readonly OpenConnection[] {
    return [...(this.#book.get(key)?.open.values() ?? [])];
  }

  /** Of all keys together. */
  get count(): number {
    let count = 0;
    for (const { open } of this.#book.values()) count += open.size;
    return count;
  }

  /** Keys that somebody else has as well, see `doubledKeys`. */
  doubled(): readonly string[] {
    return doubledKeys(this.#book, this.#deps.moment());
  }

  onEvent(listener: (event: ConnectionEvent) => void, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
  }

  /** Resolves when it hears what happens; what is open is read meanwhile, and again whenever the hub has logged in anew. */
  async follow(signal: AbortSignal): Promise<void> {
    const { monitor, log } = this.#deps;
    await monitor.follow((event) => this.#see(event), signal);
    monitor.onFresh(() => {
      this.readAll().catch((error: unknown) => {
        if (!isCoded(error)) throw error;
        log.warn('the open connections were not read; they will be', { code: error.code, error });
      });
    }, signal);
  }

  /** Reads everything that is open. Rejects with `unavailable` or `timeout`. */
  async readAll(): Promise<void> {
    const { monitor } = this.#deps;
    const first = await monitor.list(0);
    const connections: ListedConnection[] = [...first.connections];
    let page = first;
    while (page.connections.length > 0 && connections.length < page.total) {
      page = await monitor.list(connections.length);
      connections.push(...page.connections);
    }
    this.adopt({ connections, atServerMs: first.atServerMs });
  }

  /** Takes over a listing of everything that is open. */
  adopt(listing: Parameters<typeof foldListing>[1]): void {
    const now = this.#deps.moment();
    foldListing(this.#book, listing, now);
    forgetClosed(this.#book, now, forgetAfterMs);
  }

  /** Cuts what is known to be open with this key, or what the server finds where nothing is known. It may come straight back. */
  async kick(key: string): Promise<void> {
    const { monitor } = this.#deps;
    const known = this.openOf(key);
    const open = known.length > 0 ? known : (await monitor.listOf(key)).connections;
    await Promise.all(open.map((connection) => monitor.kick(connection)));
  }

  /** Cuts until the server has none open with this key, whatever was heard of. Rejects with `conflict` when it keeps coming back. */
  async kickAll(key: string): Promise<void> {
    const { monitor } = this.#deps;
    for (let cuts = 0; cuts < cutsMax; cuts += 1) {
      const { connections } = await monitor.listOf(key);
      if (connections.length === 0) return;
      await Promise.all(connections.map((connection) => monitor.kick(connection)));
    }
    throw new CodedError('conflict', `cut the connections of ${key}: it is let in again and again`);
  }

  #see(event: ConnectionEvent): void {
    const now = this.#deps.moment();
    if (event.type === 'connected') foldConnect(this.#book, event.connection, now);
    else if (event.type === 'ended') foldDisconnect(this.#book, event.connection, now);
    for (const listener of this.#listeners) listener(event);
  }
}
