/** Who is connected, by public key: the fold of what the server tells of logins and of their ends. A key is proven; a name is not. */
import type { Moment } from './presence.ts';

export interface OpenConnection {
  /** Id of the server, which with `cid` names the connection. */
  readonly server: string;
  readonly cid: number;
  /** Where it comes from, as the server sees it. */
  readonly address: string;
  /** By the clock of the server. */
  readonly sinceMs: number;
}

export interface KeyConnections {
  readonly open: Map<string, OpenConnection>;
  /** When the last of them was opened. */
  openedAt: Moment | undefined;
  /** When the last of them ended, as the server told; undefined while one is open, and when nobody saw the end. */
  closedAt: Moment | undefined;
  /** Since when there are two or more. */
  doubleSince: Moment | undefined;
}

export type ConnectionBook = Map<string, KeyConnections>;

/** What the server says of the connections of one key. */
export type Link = Pick<KeyConnections, 'openedAt' | 'closedAt'> & { readonly open: number };

export interface ListedConnection extends OpenConnection {
  readonly key: string;
}

/** Longer than a reconnect overlaps, and than the server needs to see that a peer is gone: two pings of 20 s, and a third. */
export const doubleMsMax = 60_000;

export function foldConnect(book: ConnectionBook, { key, ...connection }: ListedConnection, now: Moment): void {
  const known = book.get(key) ?? { open: new Map(), openedAt: undefined, closedAt: undefined, doubleSince: undefined };
  book.set(key, known);
  const id = idOf(connection);
  if (!known.open.has(id)) known.openedAt = now;
  known.open.set(id, connection);
  known.closedAt = undefined;
  if (known.open.size > 1) known.doubleSince ??= now;
}

export function foldDisconnect(book: ConnectionBook, ended: Pick<ListedConnection, 'key' | 'server' | 'cid'>, now: Moment): void {
  const known = book.get(ended.key);
  if (known === undefined || !known.open.delete(idOf(ended))) return;
  if (known.open.size < 2) known.doubleSince = undefined;
  if (known.open.size === 0) known.closedAt = now;
}

/**
 * Takes over what a server has open at a moment of its clock, after events may have been lost. Whatever is not listed is not open any more;
 * since when is unknown, so nobody is called offline for it.
 */
export function foldListing(
  book: ConnectionBook,
  { connections, atServerMs }: { readonly connections: readonly ListedConnection[]; readonly atServerMs: number },
  now: Moment,
): void {
  const listed = new Set(connections.map(idOf));
  for (const known of book.values()) {
    for (const [id, { sinceMs }] of known.open) if (!listed.has(id) && sinceMs < atServerMs) known.open.delete(id);
    if (known.open.size < 2) known.doubleSince = undefined;
  }
  for (const connection of connections) foldConnect(book, connection, now);
}

export function linkOf(book: ConnectionBook, key: string): Link | undefined {
  const known = book.get(key);
  return known === undefined ? undefined : { open: known.open.size, openedAt: known.openedAt, closedAt: known.closedAt };
}

/** Keys with two connections for longer than any reconnect lasts: somebody else has the key as well. */
export function doubledKeys(book: ConnectionBook, now: Moment): readonly string[] {
  return [...book].filter(([, { doubleSince }]) => now.awakeMs - (doubleSince?.awakeMs ?? now.awakeMs) > doubleMsMax).map(([key]) => key);
}

/** Forgets keys of which nothing was open for longer than this. */
export function forgetClosed(book: ConnectionBook, now: Moment, afterMs: number): void {
  for (const [key, { open, openedAt, closedAt }] of book)
    if (open.size === 0 && now.awakeMs - (closedAt ?? openedAt ?? now).awakeMs > afterMs) book.delete(key);
}

function idOf({ server, cid }: Pick<OpenConnection, 'server' | 'cid'>): string {
  return `${server}/${cid}`;
}
