import { strict as assert } from 'node:assert';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import type { Item, Stored } from '../bus.ts';
import { fencedPair, type FencedPair } from '../fenced-pair.ts';
import { publishBatch, publishOne, type Ack, type Write } from './batch.ts';
import type { Link } from './link.ts';
import { readLast, readSeq } from './read.ts';

/** What `Bus.append` does, on JetStream. The caller has checked the items. */
export async function append(link: Link, items: readonly Item[], write: Write): Promise<{ readonly seq: number }> {
  const [first, second] = items;
  assert(first !== undefined);
  if (second === undefined) return { seq: await appendOne(link, first, write) };
  const pair = fencedPair(items);
  return { seq: pair ? await appendFenced(link, pair, write) : await appendBatch(link, items, write) };
}

async function appendOne(link: Link, item: Item, write: Write): Promise<number> {
  try {
    return await requireOurs(link, item, write, await publishOne(link, item, write));
  } catch (error) {
    return (await storedEarlier(link, item, write, error)).seq;
  }
}

async function appendBatch(link: Link, items: readonly Item[], write: Write): Promise<number> {
  try {
    return (await publishBatch(link, items, write)).seq;
  } catch (error) {
    const last = items.at(-1);
    assert(last !== undefined);
    return (await storedEarlier(link, last, write, error)).seq;
  }
}

/**
 * The index is the fence: only the writer whose index is stored goes on to the document.
 *
 * A crash in between leaves an index that names a document which is not there yet. Followers keep what they have and read again;
 * the same change sent again, or the planner's next difference, writes the document.
 */
async function appendFenced(link: Link, pair: FencedPair, write: Write): Promise<number> {
  let indexSeq: number;
  try {
    indexSeq = (await publishOne(link, pair.index, write)).seq;
  } catch (error) {
    return finishFenced(link, pair, write, error);
  }
  await publishOne(link, pair.doc, write);
  return indexSeq;
}

async function finishFenced(link: Link, { doc, index }: FencedPair, write: Write, error: unknown): Promise<number> {
  if (!isCoded(error, 'conflict')) throw error;
  // The document is read before the index: if the index is still ours then, nobody has written this document since, and the expectation holds off who comes later.
  const found = await readLast(link, doc.subject);
  const { seq } = await storedEarlier(link, index, write, error);
  if (found?.tx !== write.tx) await publishOne(link, { ...doc, expectSeq: found?.seq ?? 0 }, write);
  return seq;
}

/**
 * Resolves the doubt after a refused expectation: an earlier attempt of the same change may have been stored, and its answer lost.
 *
 * Asks the leader. A replica may be behind, and would make a conflict of a success.
 */
async function storedEarlier(link: Link, item: Item, { tx }: Write, error: unknown): Promise<Stored> {
  if (!isCoded(error, 'conflict') || item.expectSeq === undefined) throw error;
  const last = await readLast(link, item.subject);
  if (last?.tx !== tx) throw error;
  return last;
}

/** JetStream drops a second message with a known id **with a success answer**, whatever its subject. */
async function requireOurs(link: Link, item: Item, { stream, tx }: Write, ack: Ack): Promise<number> {
  if (ack.duplicate !== true) return ack.seq;
  const earlier = await readSeq(link, stream, ack.seq);
  if (earlier?.subject === item.subject) return ack.seq;
  throw new CodedError(
    'conflict',
    `append to ${item.subject}: the transaction ${tx} has been used for ${earlier?.subject ?? 'a message that is gone'}`,
  );
}
