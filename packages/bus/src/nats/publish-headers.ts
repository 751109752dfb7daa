import type { Stream } from '@accord/proto/subjects';
import { headers, type MsgHdrs } from '@nats-io/transport-node';
import type { Item } from '../bus.ts';

/** Which change a message belongs to: its own header, and in INTENT the message id, so that JetStream itself drops a repetition. */
export function txHeader(stream: Stream): string {
  return stream === 'INTENT' ? 'Nats-Msg-Id' : 'Accord-Tx';
}

/** What every stored message carries besides its body. */
export function publishHeaders(stream: Stream, { expectSeq, ttlSeconds }: Item, tx: string): MsgHdrs {
  const fields = headers();
  fields.set('Nats-Expected-Stream', stream);
  fields.set(txHeader(stream), tx);
  if (expectSeq !== undefined) fields.set('Nats-Expected-Last-Subject-Sequence', String(expectSeq));
  if (ttlSeconds !== undefined) fields.set('Nats-TTL', `${ttlSeconds}s`);
  return fields;
}
