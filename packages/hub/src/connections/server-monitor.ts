/** What the hub asks of the server besides messages: who is connected, and to cut one. */
import type { ListedConnection } from '@accord/core/view/connections';
import type { Traffic } from '@accord/core/view/flood';

export type ConnectionEvent =
  | { readonly type: 'connected'; readonly connection: ListedConnection }
  | { readonly type: 'ended'; readonly connection: Pick<ListedConnection, 'key' | 'server' | 'cid'> }
  /** Somebody was not let in. The key is what he says. */
  | { readonly type: 'refused'; readonly key: string; readonly address: string };

export interface Listing {
  readonly connections: readonly Traffic[];
  /** Of all, whatever was listed. */
  readonly total: number;
  /** By the clock of the server. */
  readonly atServerMs: number;
}

/** Everything rejects with `unavailable` or `timeout`. Only connections of spokes are told of. */
export interface ServerMonitor {
  /** Tells what happens until `signal` aborts. Resolves when nothing is missed any more. */
  follow(listener: (event: ConnectionEvent) => void, signal: AbortSignal): Promise<void>;
  /** Tells at once, and at each later time, that events may have been missed before. */
  onFresh(listener: () => void, signal: AbortSignal): void;
  /** Those of one key. */
  listOf(key: string): Promise<Listing>;
  /** So many of all, from the `offset`th on, in the order in which they came. */
  list(offset: number): Promise<Listing>;
  /** Those that have sent the most since they came. */
  busiest(): Promise<Listing>;
  /** Cuts one. One that has ended already is no failure. */
  kick(connection: Pick<ListedConnection, 'server' | 'cid'>): Promise<void>;
}
