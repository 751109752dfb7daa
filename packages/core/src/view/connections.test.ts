import { describe, expect, test } from 'vitest';
import {
  doubledKeys,
  doubleMsMax,
  foldConnect,
  foldDisconnect,
  foldListing,
  forgetClosed,
  linkOf,
  type ConnectionBook,
  type ListedConnection,
} from './connections.ts';
import type { Moment } from './presence.ts';

const at = (ms: number): Moment => ({ atMs: 5_000_000 + ms, awakeMs: ms });
const connection = (cid: number, sinceMs = cid, key = 'U1'): ListedConnection => ({ key, server: 'N1', cid, address: '10.0.0.1', sinceMs });

function opened(...cids: readonly number[]): ConnectionBook {
  const book: ConnectionBook = new Map();
  for (const cid of cids) foldConnect(book, connection(cid), at(cid));
  return book;
}

/** Open connections, and when the last one ended. */
const render = (book: ConnectionBook, key = 'U1'): string => {
  const link = linkOf(book, key);
  return link === undefined ? 'unheard of' : `${link.open} open, closed ${link.closedAt?.awakeMs ?? 'never'}`;
};

describe('the book of connections', () => {
  test('knows what is open, and when the last of a key ended', () => {
    const book = opened(1, 2);
    expect(render(book)).toBe('2 open, closed never');
    foldDisconnect(book, connection(1), at(10));
    expect(render(book)).toBe('1 open, closed never');
    foldDisconnect(book, connection(2), at(11));
    expect(render(book)).toBe('0 open, closed 11');
    foldConnect(book, connection(3), at(12));
    expect(render(book)).toBe('1 open, closed never');
  });

  test('takes an end of which it knows no beginning for nothing', () => {
    const book = opened(1);
    foldDisconnect(book, connection(9), at(10));
    foldDisconnect(book, connection(9, 9, 'U2'), at(10));
    expect([render(book), render(book, 'U2')]).toEqual(['1 open, closed never', 'unheard of']);
  });

  test('hearing of the same connection twice, by event and by listing, is one connection', () => {
    const book = opened(1);
    foldListing(book, { connections: [connection(1)], atServerMs: 5 }, at(6));
    expect([render(book), linkOf(book, 'U1')?.openedAt?.awakeMs]).toEqual(['1 open, closed never', 1]);
  });

  test('what a listing does not name has ended without anybody being called offline for it', () => {
    const book = opened(1);
    foldListing(book, { connections: [connection(2, 2, 'U2')], atServerMs: 5 }, at(6));
    expect([render(book), render(book, 'U2')]).toEqual(['0 open, closed never', '1 open, closed never']);
  });

  test('a listing says nothing of what was opened after it was made', () => {
    const book = opened(7);
    foldListing(book, { connections: [], atServerMs: 5 }, at(8));
    expect(render(book)).toBe('1 open, closed never');
  });

  test('forgets keys of which nothing has been open for long', () => {
    const book = opened(1);
    foldConnect(book, connection(2, 2, 'U2'), at(2));
    foldDisconnect(book, connection(1), at(10));
    forgetClosed(book, at(110), 100);
    expect(book.size).toBe(2);
    forgetClosed(book, at(111), 100);
    expect([...book.keys()]).toEqual(['U2']);
  });
});

describe('doubledKeys', () => {
  test('names a key with two connections only after longer than a reconnect overlaps', () => {
    const book = opened(1, 2);
    expect(doubledKeys(book, at(2 + doubleMsMax))).toEqual([]);
    expect(doubledKeys(book, at(3 + doubleMsMax))).toEqual(['U1']);
  });

  test('counts anew when one of the two has ended in between', () => {
    const book = opened(1, 2);
    foldDisconnect(book, connection(1), at(1_000));
    foldConnect(book, connection(3), at(50_000));
    expect(doubledKeys(book, at(3 + doubleMsMax))).toEqual([]);
  });
});
