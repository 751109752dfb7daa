import { CodedError, isCoded } from '@accord/proto/coded-error';
import { streamOf } from '@accord/proto/subjects';
import { systemClock, type Clock } from '@accord/runtime/clock';
import type { Bus, FollowOptions, Item, Live, Stored } from './bus.ts';
import { checkAppend } from './check-append.ts';
import { checkSize } from './check-size.ts';
import type { MemoryBroker } from './memory-broker.ts';
import type { MemoryLink } from './memory-link.ts';
import { requireStream } from './require-stream.ts';
import { Wakeup } from './wakeup.ts';

/** One client of a MemoryBroker. Everything happens in the order of the calls, one microtask later. */
export class MemoryBus implements Bus {
  /** For the broker. */
  readonly link: MemoryLink;
  readonly #broker: MemoryBroker;
  readonly #clock: Clock;

  constructor(broker: MemoryBroker, clock: Clock = systemClock) {
    this.#broker = broker;
    this.#clock = clock;
    this.link = broker.attach();
  }

  async append(items: readonly Item[], tx: string): Promise<{ readonly seq: number }> {
    const stream = checkAppend(items, tx);
    for (const item of items) checkSize(item);
    const doing = `append to ${stream}`;
    this.link.requireConnected(doing);
    const seq = this.#broker.append(items, { stream, tx });
    this.link.requireAnswer(doing);
    return { seq };
  }

  async last(subject: string): Promise<Stored | undefined> {
    this.link.requireConnected(`read ${subject}`);
    return this.#broker.stream(requireStream(subject)).last(subject);
  }

  async get(subject: string): Promise<Stored | undefined> {
    this.link.requireConnected(`get ${subject}`);
    return this.#broker.stream(requireStream(subject, 'direct')).last(subject);
  }

  async purge(filter: string): Promise<void> {
    this.link.requireConnected(`purge ${filter}`);
    this.#broker.stream(requireStream(filter)).purge(filter);
  }

  async *follow(
    { stream: name, filters, afterSeq, lastPerSubject = false }: FollowOptions,
    signal: AbortSignal,
  ): AsyncGenerator<Stored | 'caught-up'> {
    const stream = this.#broker.stream(name);
    const { incarnation } = stream;
    let seq = afterSeq;
    let isCaughtUp = false;
    while (!signal.aborted) {
      if (stream.lastSeq < seq || stream.incarnation !== incarnation)
        throw new CodedError('gone', `follow ${name} after ${seq}: the stream ends at ${stream.lastSeq}`);
      const next = this.link.isConnected
        ? stream.next({ afterSeq: seq, filters, lastPerSubject: lastPerSubject && !isCaughtUp })
        : undefined;
      if (next !== undefined) {
        seq = next.seq;
        yield next;
      } else if (!isCaughtUp && this.link.isConnected) {
        isCaughtUp = true;
        yield 'caught-up';
      } else {
        await Wakeup.any([stream.changed, this.link.changed], signal);
      }
    }
  }

  async subscribe(filter: string, onMessage: (message: Live) => void, signal: AbortSignal): Promise<void> {
    this.link.requireConnected(`subscribe to ${filter}`);
    this.link.subscribe(filter, onMessage, signal);
  }

  publish(subject: string, body: Uint8Array): void {
    if (this.link.isConnected) this.#broker.publish({ subject, body });
  }

  async request(
    subject: string,
    body: Uint8Array,
    { timeoutMs, msgId }: { readonly timeoutMs: number; readonly msgId?: string },
  ): Promise<Uint8Array> {
    const doing = `request to ${subject}`;
    checkSize({ subject, body });
    this.link.requireConnected(doing);
    if (streamOf(subject) === undefined) return this.#ask({ subject, body }, doing, timeoutMs);
    this.#broker.publish({ subject, body }, msgId);
    this.link.requireAnswer(doing);
    return new Uint8Array();
  }

  async serve(filter: string, answer: (request: Live) => Promise<Uint8Array>, signal: AbortSignal): Promise<void> {
    this.link.requireConnected(`serve ${filter}`);
    if (signal.aborted) return;
    const responder = { filter, answer };
    this.link.responders.add(responder);
    signal.addEventListener('abort', () => this.link.responders.delete(responder), { once: true });
  }

  onConnection(listener: (state: 'connected' | 'disconnected') => void, signal: AbortSignal): void {
    this.link.listen(listener, signal);
  }

  async #ask(request: Live, doing: string, timeoutMs: number): Promise<Uint8Array> {
    const found = this.#broker.responder(request.subject);
    if (found === undefined) throw new CodedError('unavailable', `${doing}: nobody answers there`);
    const { link, responder } = found;
    const done = new AbortController();
    const answer = new Promise<Uint8Array>((resolve, reject) => {
      link.arrive(() => void responder.answer(request).then(resolve, reject));
    });
    const late = this.#clock.sleep(timeoutMs, done.signal).then(() => {
      throw new CodedError('timeout', `${doing}: no answer in time`);
    });
    try {
      return await this.link.unlessBroken(Promise.race([answer, late]), doing);
    } catch (error) {
      // Only code and message cross the wire.
      throw isCoded(error) ? new CodedError(error.code, error.message, error.help === undefined ? {} : { help: error.help }) : error;
    } finally {
      done.abort();
    }
  }
}
