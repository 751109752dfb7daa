import { createInbox, nanos, nuid, type Msg, type Subscription } from '@nats-io/transport-node';
import type { Stored } from '../bus.ts';
import type { StreamDefinition } from '../stream-definitions.ts';
import { parseAckSubject } from './ack-subject.ts';
import type { Link } from './link.ts';
import { storedOf } from './read.ts';

export interface ConsumerStart {
  readonly definition: StreamDefinition;
  readonly filters: readonly string[];
  readonly afterSeq: number;
  /** Deliver the last message of each subject first; those up to `afterSeq` are left out. */
  readonly lastPerSubject: boolean;
}

/** `lost` when the consumer is not there any more, or skipped something: open another one after the last sequence. */
export type Delivery = Stored | 'caught-up' | 'lost';

const batch = 512;
const expiresMs = 30_000;
const heartbeatMs = 2_000;
const inactiveMs = 60_000;

/**
 * One ephemeral pull consumer without acknowledgements, for as long as it delivers without a gap.
 *
 * Pull, because the flow control of a push consumer publishes on `$JS.FC`, which the hub's token does not allow.
 */
export class OrderedConsumer {
  readonly #link: Link;
  readonly #start: ConsumerStart;
  readonly #deliver: (delivery: Delivery) => void;
  readonly #name = `follow-${nuid.next()}`;
  readonly #inbox: string;
  readonly #subscription: Subscription;
  /** Messages that the server may still send without being asked again. */
  #asked = 0;
  #deliverySeq = 0;
  /** Messages that were there at the start and are not in yet. */
  #backlog = 0;
  #isCaughtUp = false;
  #heardAt = performance.now();
  readonly #watchdog: NodeJS.Timeout;
  readonly #closed = new AbortController();

  /** `deliver` is called in order until `close`, and for the last time with `lost`. Rejects with `not-found` without a stream. */
  static async open(link: Link, start: ConsumerStart, deliver: (delivery: Delivery) => void): Promise<OrderedConsumer> {
    const consumer = new OrderedConsumer(link, start, deliver);
    try {
      await consumer.#create();
      return consumer;
    } catch (error) {
      consumer.close();
      consumer.remove();
      throw error;
    }
  }

  private constructor(link: Link, start: ConsumerStart, deliver: (delivery: Delivery) => void) {
    this.#link = link;
    this.#start = start;
    this.#deliver = deliver;
    this.#inbox = createInbox('_INBOX');
    this.#subscription = link.connection.subscribe(this.#inbox, {
      callback: (error, message) => (error ? this.#lose() : this.#receive(message)),
    });
    this.#watchdog = setInterval(() => this.#checkHeartbeat(), heartbeatMs);
    this.#watchdog.unref();
    // The server drops the pulls of a broken connection.
    link.listen((state) => state === 'disconnected' && this.#lose(), this.#closed.signal);
  }

  /** Asks for more. The caller does so as it empties its queue, so that a slow reader holds the server back and not its own memory. */
  pull(queued: number): void {
    const more = batch - this.#asked - queued;
    if (more < batch / 2 || this.#closed.signal.aborted) return;
    this.#asked += more;
    const request = { batch: more, expires: nanos(expiresMs), idle_heartbeat: nanos(heartbeatMs) };
    const { name } = this.#start.definition;
    this.#link.connection.publish(`$JS.API.CONSUMER.MSG.NEXT.${name}.${this.#name}`, JSON.stringify(request), { reply: this.#inbox });
  }

  /** Nothing is delivered from here on. */
  close(): void {
    clearInterval(this.#watchdog);
    this.#closed.abort();
    this.#subscription.unsubscribe();
  }

  /** Frees its place at the server, where a stream has room for 16; one that is not removed goes away after a minute. */
  remove(): void {
    if (!this.#link.isConnected) return;
    const { name } = this.#start.definition;
    this.#link.connection.publish(`$JS.API.CONSUMER.DELETE.${name}.${this.#name}`, '', { reply: createInbox('_INBOX') });
  }

  async #create(): Promise<void> {
    const { definition, filters, afterSeq, lastPerSubject } = this.#start;
    const config = {
      name: this.#name,
      ...(lastPerSubject ? { deliver_policy: 'last_per_subject' } : { deliver_policy: 'by_start_sequence', opt_start_seq: afterSeq + 1 }),
      filter_subjects: filters.length > 0 ? filters : definition.subjects,
      ack_policy: 'none',
      replay_policy: 'instant',
      inactive_threshold: nanos(inactiveMs),
      mem_storage: true,
      num_replicas: 1,
    };
    const subject = `CONSUMER.CREATE.${definition.name}.${this.#name}`;
    const answer = await this.#link.api<{ readonly num_pending: number }>(
      subject,
      { stream_name: definition.name, config, action: 'create' },
      `follow ${definition.name}`,
    );
    this.#backlog = answer.num_pending;
    if (this.#backlog === 0) this.#catchUp();
    this.pull(0);
  }

  #receive(message: Msg): void {
    this.#heardAt = performance.now();
    if (message.subject === this.#inbox) return this.#receiveStatus(message);
    const { streamSeq, deliverySeq, pending } = parseAckSubject(message.reply ?? '');
    if (deliverySeq !== this.#deliverySeq + 1) return this.#lose();
    this.#deliverySeq = deliverySeq;
    this.#asked -= 1;
    const { definition, afterSeq } = this.#start;
    if (streamSeq > afterSeq) this.#deliver(storedOf(definition.name, message, streamSeq));
    this.#backlog -= 1;
    if (this.#backlog <= 0 || pending === 0) this.#catchUp();
  }

  #receiveStatus(message: Msg): void {
    const code = message.headers?.code;
    if (code === 100) return;
    // 408: the pull expired, or was refused; what it had not delivered is not owed any more. Everything else says that the consumer is gone.
    if (code !== 408) return this.#lose();
    this.#asked = Math.max(0, this.#asked - Number(message.headers?.get('Nats-Pending-Messages')));
    this.pull(0);
  }

  #checkHeartbeat(): void {
    if (!this.#link.isConnected || this.#asked === 0) {
      this.#heardAt = performance.now();
    } else if (performance.now() - this.#heardAt > 3 * heartbeatMs) {
      this.#lose();
    }
  }

  #catchUp(): void {
    if (this.#isCaughtUp) return;
    this.#isCaughtUp = true;
    this.#deliver('caught-up');
  }

  #lose(): void {
    if (this.#closed.signal.aborted) return;
    this.close();
    this.#deliver('lost');
  }
}
