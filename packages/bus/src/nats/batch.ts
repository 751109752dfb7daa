import { randomUUID } from 'node:crypto';
import { CodedError } from '@accord/proto/coded-error';
import type { Stream } from '@accord/proto/subjects';
import type { Msg } from '@nats-io/transport-node';
import type { Item } from '../bus.ts';
import type { Link } from './link.ts';
import { refusal, type ApiError } from './nats-error.ts';
import { publishHeaders } from './publish-headers.ts';

/** The answer of JetStream to a publish, or to the commit of a batch. */
export interface Ack {
  readonly seq: number;
  readonly duplicate?: boolean;
  readonly batch?: string;
  readonly count?: number;
  readonly error?: ApiError;
}

export interface Write {
  readonly stream: Stream;
  readonly tx: string;
}

/** The server syncs each message to the disk, and a disk may be slow. */
const perItemMs = 20;

/** Stores one message. `timeout` means unknown. */
export async function publishOne(link: Link, item: Item, { stream, tx }: Write): Promise<Ack> {
  const doing = `append to ${item.subject}`;
  const headers = publishHeaders(stream, item, tx);
  return parseAck(await link.request(item.subject, item.body, { doing, timeoutMs: link.timeoutMs, headers }), doing);
}

/**
 * Stores 2 to 1,000 messages or none: an atomic batch (nats-server ADR-50). `timeout` means unknown.
 *
 * Not the client's own batch, which drops expectations without a word.
 */
export async function publishBatch(link: Link, items: readonly Item[], { stream, tx }: Write): Promise<Ack> {
  const last = items.at(-1);
  if (last === undefined) throw new RangeError('a batch of nothing');
  const doing = `append of ${items.length} messages up to ${last.subject}`;
  // Fresh for each attempt: the server may still hold the beginning of an earlier one.
  const id = randomUUID();
  const numbered = (item: Item, at: number): ReturnType<typeof publishHeaders> => {
    const headers = publishHeaders(stream, item, tx);
    headers.set('Nats-Batch-Id', id);
    headers.set('Nats-Batch-Sequence', String(at));
    return headers;
  };
  if (!link.isConnected) throw new CodedError('unavailable', `${doing}: not connected to NATS`);
  // Nothing is awaited in here, so that all goes out on one connection and in this order.
  for (const [at, item] of items.slice(0, -1).entries()) link.send(item.subject, item.body, numbered(item, at + 1), doing);
  const headers = numbered(last, items.length);
  headers.set('Nats-Batch-Commit', '1');
  const timeoutMs = link.timeoutMs + items.length * perItemMs;
  const ack = parseAck(await link.request(last.subject, last.body, { doing, timeoutMs, headers }), doing);
  if (ack.batch !== id || ack.count !== items.length)
    throw new CodedError('unavailable', `${doing}: the server committed ${ack.count ?? 0} messages of ${ack.batch ?? 'no batch'}`);
  return ack;
}

function parseAck(message: Msg, doing: string): Ack {
  const ack = message.json<Ack>();
  if (ack.error !== undefined) throw refusal(ack.error, doing);
  return ack;
}
