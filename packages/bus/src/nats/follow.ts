import { setTimeout as delay } from 'node:timers/promises';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import type { FollowOptions, Stored } from '../bus.ts';
import { streamDefinitions } from '../stream-definitions.ts';
import type { Link } from './link.ts';
import { OrderedConsumer, type Delivery } from './ordered-consumer.ts';

interface StreamInfo {
  readonly created: string;
  readonly state: { readonly last_seq: number };
}

const retryMs = 100;

/**
 * What `Bus.follow` does, on JetStream. It goes on by itself after a broken connection, from the last message that it has given out.
 *
 * Rejects with `not-found` when there is no stream, and with `gone` when the stream is not the one that was read up to `afterSeq`:
 * it was made anew or restored from a backup, so that its numbers mean something else.
 */
export async function* follow(link: Link, options: FollowOptions, signal: AbortSignal): AsyncGenerator<Stored | 'caught-up'> {
  const definition = streamDefinitions[options.stream];
  let { afterSeq } = options;
  let isCaughtUp = false;
  let created: string | undefined;
  let consumer: OrderedConsumer | undefined;
  while (await link.whenConnected(signal)) {
    const queue = new DeliveryQueue();
    try {
      created = await requireSameStream(link, { stream: options.stream, afterSeq, created });
      // The one before may be there still: it could not be removed while the connection was away.
      consumer?.remove();
      // In streams that keep one message per subject, the messages after a position are the last ones of their subjects.
      const lastPerSubject = !isCaughtUp && options.lastPerSubject === true && definition.msgsPerSubjectMax !== 1;
      consumer = await OrderedConsumer.open(link, { definition, filters: options.filters, afterSeq, lastPerSubject }, (delivery) =>
        queue.push(delivery),
      );
      for await (const delivery of queue.until(signal)) {
        if (delivery === 'lost') break;
        consumer.pull(queue.length);
        if (delivery !== 'caught-up') afterSeq = delivery.seq;
        else if (isCaughtUp) continue;
        else isCaughtUp = true;
        yield delivery;
      }
    } catch (error) {
      if (!isCoded(error, 'unavailable', 'timeout')) throw error;
    } finally {
      consumer?.close();
      consumer?.remove();
    }
    await delay(retryMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

async function requireSameStream(
  link: Link,
  known: { readonly stream: string; readonly afterSeq: number; readonly created: string | undefined },
): Promise<string> {
  const { stream, afterSeq, created } = known;
  const info = await link.api<StreamInfo>(`STREAM.INFO.${stream}`, {}, `follow ${stream}`);
  if (info.state.last_seq < afterSeq || (created !== undefined && info.created !== created)) {
    throw new CodedError('gone', `follow ${stream} after ${afterSeq}: the stream ends at ${info.state.last_seq} and is of ${info.created}`);
  }
  return info.created;
}

/** Between the client's callback and the reader. */
class DeliveryQueue {
  #items: Delivery[] = [];
  #wake: () => void = () => undefined;

  get length(): number {
    return this.#items.length;
  }

  push(delivery: Delivery): void {
    this.#items.push(delivery);
    this.#wake();
  }

  async *until(signal: AbortSignal): AsyncGenerator<Delivery> {
    const onAbort = (): void => this.#wake();
    signal.addEventListener('abort', onAbort);
    try {
      while (!signal.aborted) {
        const next = this.#items.shift();
        if (next !== undefined) yield next;
        else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}
