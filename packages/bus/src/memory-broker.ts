import { CodedError } from '@accord/proto/coded-error';
import { streamOf, type Stream } from '@accord/proto/subjects';
import { systemClock, type Clock } from '@accord/runtime/clock';
import type { Item, Live } from './bus.ts';
import { fencedPair } from './fenced-pair.ts';
import { matchSubject } from './match-subject.ts';
import type { MemoryBus } from './memory-bus.ts';
import { MemoryLink, type Responder } from './memory-link.ts';
import { MemoryStream, type Backup } from './memory-stream.ts';
import { streamDefinitions } from './stream-definitions.ts';

/**
 * The server behind every MemoryBus of a fleet, with the controls of a test.
 *
 * It keeps no permissions: what a spoke may do is for the real server to say.
 */
export class MemoryBroker {
  readonly #streams: ReadonlyMap<Stream, MemoryStream>;
  readonly #links = new Set<MemoryLink>();
  #isUp = true;

  constructor(clock: Clock = systemClock) {
    this.#streams = new Map(Object.values(streamDefinitions).map((definition) => [definition.name, new MemoryStream(definition, clock)]));
  }

  // Controls.

  disconnect(bus: MemoryBus): void {
    bus.link.become('disconnected');
  }

  connect(bus: MemoryBus): void {
    if (this.#isUp) bus.link.become('connected');
  }

  /** The server is away for everybody; what it has stored stays. */
  stop(): void {
    this.#isUp = false;
    for (const link of this.#links) link.become('disconnected');
  }

  start(): void {
    this.#isUp = true;
    for (const link of this.#links) link.become('connected');
  }

  /** From now on this client misses the live messages that match; a later call replaces the rule. */
  dropLive(bus: MemoryBus, drops: (message: Live) => boolean): void {
    bus.link.drops = drops;
  }

  /** The next write of this client is stored, but the client is not told and gets `timeout`. */
  loseNextAnswer(bus: MemoryBus): void {
    bus.link.losesNextAnswer = true;
  }

  /** As if the stream had been deleted and made anew. */
  wipe(stream: Stream): void {
    this.stream(stream).restore({ messages: [], lastSeq: 0 });
  }

  backup(stream: Stream): Backup {
    return this.stream(stream).backup();
  }

  restore(stream: Stream, backup: Backup): void {
    this.stream(stream).restore(backup);
  }

  // For MemoryBus.

  attach(): MemoryLink {
    const link = new MemoryLink();
    this.#links.add(link);
    if (!this.#isUp) link.become('disconnected');
    return link;
  }

  stream(name: Stream): MemoryStream {
    const stream = this.#streams.get(name);
    if (stream === undefined) throw new CodedError('not-found', `there is no stream ${name}`);
    return stream;
  }

  /** Stores all or none, and then shows it. The caller has checked the items. */
  append(items: readonly Item[], { stream: name, tx }: { readonly stream: Stream; readonly tx: string }): number {
    const stream = this.stream(name);
    const last = items.at(-1);
    try {
      for (const item of items) stream.checkExpectation(item);
    } catch (error) {
      const earlier = last?.expectSeq === undefined ? undefined : stream.last(last.subject);
      if (earlier?.tx !== tx) throw error;
      this.#finishPair(items, tx);
      return earlier.seq;
    }
    const repeated = name === 'INTENT' ? stream.seqOfId(tx) : undefined;
    if (repeated !== undefined) return requireSameSubject(stream, { seq: repeated, subject: last?.subject ?? '', tx });
    let seq = 0;
    for (const item of items) seq = this.#store(item, name === 'INTENT' ? { tx, msgId: tx } : { tx });
    return seq;
  }

  /** A plain message: to whoever listens, and into its stream if there is one. */
  publish(item: Item, msgId?: string): void {
    this.#deliver(item);
    const name = streamOf(item.subject);
    if (name === undefined) return;
    if (msgId !== undefined && this.stream(name).seqOfId(msgId) !== undefined) return;
    this.#store(item, msgId === undefined ? { tx: '' } : { tx: '', msgId });
  }

  /** Who answers requests to this subject. */
  responder(subject: string): { readonly link: MemoryLink; readonly responder: Responder } | undefined {
    for (const link of this.#links) {
      const responder = link.isConnected ? [...link.responders].find(({ filter }) => matchSubject(filter, subject)) : undefined;
      if (responder !== undefined) return { link, responder };
    }
    return undefined;
  }

  /** A writer that died between index and document is finished by its next attempt. */
  #finishPair(items: readonly Item[], tx: string): void {
    const pair = fencedPair(items);
    if (pair !== undefined && this.stream('FLEET').last(pair.doc.subject)?.tx !== tx) this.#store(pair.doc, { tx });
  }

  #store(item: Item, marks: { readonly tx: string; readonly msgId?: string }): number {
    const { subject, body } = item;
    const name = streamOf(subject);
    if (name === undefined) throw new CodedError('not-found', `no stream stores ${subject}`);
    const { seq } = this.stream(name).store(item, marks);
    const { republish } = streamDefinitions[name];
    if (republish !== undefined && matchSubject(republish.from, subject)) this.#deliver({ subject: `live.${subject}`, body });
    return seq;
  }

  #deliver({ subject, body }: Live): void {
    for (const link of this.#links) link.deliver({ subject, body });
  }
}

function requireSameSubject(stream: MemoryStream, known: { readonly seq: number; readonly subject: string; readonly tx: string }): number {
  const earlier = stream.at(known.seq);
  if (earlier?.subject === known.subject) return known.seq;
  throw new CodedError(
    'conflict',
    `append to ${known.subject}: the transaction ${known.tx} has been used for ${earlier?.subject ?? 'a message that is gone'}`,
  );
}
