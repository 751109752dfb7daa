import type { Item } from './bus.ts';

/** A document and the index that fences it. */
export interface FencedPair {
  readonly doc: Item;
  readonly index: Item;
}

/**
 * One document and its index may go as two publishes, index first: 1.3 ms instead of 3.7 for a batch, for which the server builds a store.
 *
 * A document with an expectation of its own could be refused after its index was stored, so that one needs the batch.
 */
export function fencedPair(items: readonly Item[]): FencedPair | undefined {
  const [doc, index] = items;
  if (doc === undefined || index === undefined || items.length !== 2) return undefined;
  if (doc.expectSeq !== undefined || index.expectSeq === undefined || !index.subject.startsWith('index.')) return undefined;
  return { doc, index };
}
