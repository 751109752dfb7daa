import { CodedError, isCoded } from '@accord/proto/coded-error';
import type { Stream } from '@accord/proto/subjects';
import type { Msg } from '@nats-io/transport-node';
import type { Stored } from '../bus.ts';
import { requireStream } from '../require-stream.ts';
import type { Link } from './link.ts';
import { noMessageFound, refusal } from './nats-error.ts';
import { txHeader } from './publish-headers.ts';

interface MsgGetAnswer {
  readonly message: { readonly subject: string; readonly seq: number; readonly hdrs?: string; readonly data?: string };
}

/** The last message of a subject, from the leader. */
export function readLast(link: Link, subject: string): Promise<Stored | undefined> {
  return readStored(link, requireStream(subject), { last_by_subj: subject });
}

/** The message at a position, from the leader. */
export function readSeq(link: Link, stream: Stream, seq: number): Promise<Stored | undefined> {
  return readStored(link, stream, { seq });
}

/** How far a stream has come; undefined when the server does not tell in time. */
export async function readLastSeq(link: Link, stream: Stream): Promise<number | undefined> {
  try {
    return (await link.api<{ readonly state: { readonly last_seq: number } }>(`STREAM.INFO.${stream}`, {}, `ask for ${stream}`)).state
      .last_seq;
  } catch (error) {
    if (!isCoded(error)) throw error;
    return undefined;
  }
}

/** The last message of a subject, from whichever server answers first. Its stream must allow it. */
export async function readDirect(link: Link, subject: string): Promise<Stored | undefined> {
  const stream = requireStream(subject, 'direct');
  const doing = `get ${subject}`;
  const message = await link.request(`$JS.API.DIRECT.GET.${stream}.${subject}`, '', { doing, timeoutMs: link.timeoutMs });
  const fields = message.headers;
  if (fields?.code === 404) return undefined;
  if (fields === undefined || fields.code >= 400)
    throw new CodedError('unavailable', `${doing}: ${fields?.status ?? 'no answer of JetStream'}`);
  return {
    // Whoever wrote the message may have given it these headers himself; those of the server come after them.
    subject: fields.last('Nats-Subject'),
    seq: Number(fields.last('Nats-Sequence')),
    body: message.data,
    tx: fields.get(txHeader(stream)),
  };
}

/** A message that a consumer delivered; its position is in the subject for acknowledgements. */
export function storedOf(stream: Stream, message: Msg, seq: number): Stored {
  return { subject: message.subject, seq, body: message.data, tx: message.headers?.get(txHeader(stream)) ?? '' };
}

async function readStored(
  link: Link,
  stream: Stream,
  query: { readonly last_by_subj: string } | { readonly seq: number },
): Promise<Stored | undefined> {
  const doing = `read ${Object.values(query).join()} of ${stream}`;
  const answer = await link.tryApi<MsgGetAnswer>(`STREAM.MSG.GET.${stream}`, query, doing);
  if ('error' in answer) {
    if (answer.error.err_code === noMessageFound) return undefined;
    throw refusal(answer.error, doing);
  }
  const { subject, seq, hdrs = '', data = '' } = answer.message;
  return { subject, seq, body: new Uint8Array(Buffer.from(data, 'base64')), tx: fieldOf(hdrs, txHeader(stream)) };
}

/** One field of a header block in base64. */
function fieldOf(block: string, name: string): string {
  const line = Buffer.from(block, 'base64')
    .toString()
    .split('\r\n')
    .find((candidate) => candidate.startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim() ?? '';
}
