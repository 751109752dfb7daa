import type { Bus } from '@accord/bus/bus';
import type { HeldDocument } from '@accord/core/desired/desired-set';
import { follow, type FollowAction, type FollowEvent, type FollowState } from '@accord/core/follow/follow';
import { isCoded } from '@accord/proto/coded-error';
import { openDocument, openIndex } from '@accord/proto/document';
import type { TrustedKeys } from '@accord/proto/seal';
import { desiredSubject, indexSubject, liveFilter, storedSubjectOfLive, type Doc } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import { forEachLimited } from '@accord/runtime/for-each-limited';

export interface AnchorFollowerDeps {
  readonly bus: Bus;
  readonly keys: () => TrustedKeys;
  readonly clock: Clock;
  readonly random: () => number;
  /** The hub asks this cluster to look whether it has missed something. */
  readonly onCheck: () => void;
  /** The steps that concern the rest of the spoke. Must not throw. */
  readonly onStep: (state: FollowState, action: Extract<FollowAction, { readonly type: 'put' | 'replace' | 'alarm' }>) => void;
}

const fetchesInFlightMax = 16;

/** Carries out what the state machine of one anchor decides, and hands it what comes back. */
export class AnchorFollower {
  readonly #deps: AnchorFollowerDeps;
  readonly state: FollowState;
  readonly #signal: AbortSignal;
  /** Answers to requests of an earlier generation are thrown away: the state that asked for them is gone. */
  #generation = 0;
  /** The subscription of this connection. */
  #subscription: AbortController | undefined;

  constructor(deps: AnchorFollowerDeps, state: FollowState, signal: AbortSignal) {
    this.#deps = deps;
    this.state = state;
    this.#signal = signal;
  }

  handle(event: FollowEvent): void {
    if (this.#signal.aborted) return;
    const actions = follow(this.state, event);
    for (const action of actions)
      if (action.type === 'put' || action.type === 'replace' || action.type === 'alarm') this.#deps.onStep(this.state, action);
    if (actions.some(({ type }) => type === 'abandon')) this.#generation += 1;
    void this.#carryOut(actions, this.#generation);
  }

  async #carryOut(actions: readonly FollowAction[], generation: number): Promise<void> {
    for (const action of actions) {
      if (generation !== this.#generation || this.#signal.aborted) return;
      if (action.type === 'subscribe') await this.#attempt(generation, () => this.#subscribeAnew());
      if (action.type === 'read-index') await this.#attempt(generation, () => this.#readIndex(action, generation));
      if (action.type === 'fetch')
        await this.#attempt(generation, () => forEachLimited(action.docs, fetchesInFlightMax, (doc) => this.#fetch(doc, generation)));
    }
  }

  /** A failed read is an event like any other; a bug is not caught. */
  async #attempt(generation: number, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isCoded(error)) throw error;
      if (generation !== this.#generation) return;
      this.handle({
        type: 'read-failed',
        alarm: isCoded(error, 'bad-signature', 'garbage', 'too-large') ? `${error.code} ${this.state.anchor}: ${error.message}` : undefined,
      });
    }
  }

  /** With each connection: a token that does not open this anchor ends the subscription without a word, and the next one may open it. */
  async #subscribeAnew(): Promise<void> {
    this.#subscription?.abort();
    this.#subscription = undefined;
    await this.#subscribe();
  }

  async #subscribe(): Promise<void> {
    if (this.#subscription !== undefined) return;
    const subscription = new AbortController();
    const signal = AbortSignal.any([this.#signal, subscription.signal]);
    this.#subscription = subscription;
    try {
      await this.#deps.bus.subscribe(liveFilter(this.state.anchor), ({ subject, body }) => this.#live(subject, body), signal);
    } catch (error) {
      subscription.abort();
      if (this.#subscription === subscription) this.#subscription = undefined;
      throw error;
    }
  }

  #live(subject: string, bytes: Uint8Array): void {
    if (subject.endsWith('._check')) return this.#deps.onCheck();
    const receivedMs = this.#deps.clock.now();
    try {
      this.handle({ type: 'live', document: this.#open(bytes, storedSubjectOfLive(subject), receivedMs) });
    } catch (error) {
      if (!isCoded(error)) throw error;
      this.handle({ type: 'live-refused', alarm: `${error.code} ${subject}: ${error.message}` });
    }
  }

  async #readIndex({ afterMs, spreadMs }: Extract<FollowAction, { readonly type: 'read-index' }>, generation: number): Promise<void> {
    const { bus, clock, random, keys } = this.#deps;
    if (afterMs + spreadMs > 0) await clock.sleep(afterMs + random() * spreadMs, this.#signal);
    if (generation !== this.#generation) return;
    // What is read without being heard is right until the next change only.
    await this.#subscribe();
    if (generation !== this.#generation) return;
    const subject = indexSubject(this.state.anchor);
    const stored = await bus.get(subject);
    const index = stored === undefined ? undefined : openIndex(stored.body, subject, keys());
    if (generation === this.#generation) this.handle({ type: 'index-read', index });
  }

  async #fetch(doc: Doc, generation: number): Promise<void> {
    const subject = desiredSubject(this.state.anchor, doc);
    if (generation !== this.#generation) return;
    const stored = await this.#deps.bus.get(subject);
    const document = stored === undefined ? undefined : this.#open(stored.body, subject, this.#deps.clock.now());
    if (generation === this.#generation) this.handle({ type: 'document-read', doc, document });
  }

  #open(bytes: Uint8Array, subject: string, receivedMs: number): HeldDocument {
    const document = openDocument(bytes, subject, this.#deps.keys());
    return { ...document, receivedMs, verifiedMs: this.#deps.clock.now() };
  }
}
