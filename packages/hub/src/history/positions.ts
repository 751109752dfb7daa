import type { Bus, Stored } from '@accord/bus/bus';
import { hex, sha256 } from '@accord/proto/canonical';
import { isCoded } from '@accord/proto/coded-error';
import { envelopeCodec } from '@accord/proto/messages';
import type { Stream } from '@accord/proto/subjects';
import type { HistoryStore } from './history-store.ts';

/** How far a stream is in, and what the message there was. */
export interface Position {
  readonly seq: number;
  readonly digest: string;
}

/** Of the message as it is stored. */
export function messageDigest(bytes: Uint8Array): string {
  return hex(sha256(bytes));
}

/**
 * Whether the streams are those that the tables were made from: a stream that was lost, restored from a backup or shortened by more than
 * the tables know would leave rows of a past that never was. Where they are not, the tables are emptied.
 */
export async function requireSameStreams(bus: Bus, store: HistoryStore, signal: AbortSignal): Promise<boolean> {
  const isSame = (await isSameIntent(bus, store, signal)) && (await isSameHistory(bus, store, signal));
  if (!isSame) store.clear();
  return isSame;
}

async function isSameIntent(bus: Bus, store: HistoryStore, signal: AbortSignal): Promise<boolean> {
  const position = store.position('INTENT');
  if (position.digest === '') return position.seq === 0;
  const fact = store.database.get<{ readonly seq: number }>('SELECT max(seq) AS seq FROM facts WHERE seq <= ?', position.seq);
  if (fact === undefined) return false;
  const stored = await messageAt(bus, 'INTENT', fact.seq, signal);
  return stored !== undefined && statementDigest(stored) === position.digest;
}

async function isSameHistory(bus: Bus, store: HistoryStore, signal: AbortSignal): Promise<boolean> {
  const { seq, digest } = store.position('HISTORY');
  if (seq === 0) return true;
  const stored = await messageAt(bus, 'HISTORY', seq, signal);
  return stored !== undefined && messageDigest(stored.body) === digest;
}

/** Facts are compared by their statement, as their chain is. */
function statementDigest({ body }: Stored): string | undefined {
  try {
    return hex(sha256(envelopeCodec.decode(body).statement));
  } catch (error) {
    if (!isCoded(error)) throw error;
    return undefined;
  }
}

async function messageAt(bus: Bus, stream: Stream, seq: number, signal: AbortSignal): Promise<Stored | undefined> {
  const first = await firstAfter(bus, stream, seq - 1, signal);
  return first?.seq === seq ? first : undefined;
}

/** The first message that is kept after a position; undefined when there is none, or the stream ends before. */
export async function firstAfter(bus: Bus, stream: Stream, afterSeq: number, signal: AbortSignal): Promise<Stored | undefined> {
  const stop = new AbortController();
  try {
    for await (const stored of bus.follow({ stream, filters: [], afterSeq }, AbortSignal.any([signal, stop.signal])))
      return stored === 'caught-up' ? undefined : stored;
  } catch (error) {
    if (!isCoded(error, 'gone')) throw error;
  } finally {
    stop.abort();
  }
  return undefined;
}
