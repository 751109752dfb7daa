import type { PolicyEvent } from '@accord/core/events/events-of';
import type { JsonObject } from '@accord/proto/canonical';
import { isCoded } from '@accord/proto/coded-error';
import { keyParts, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { Kube } from '../kube/kube.ts';
import { apiVersionOf, clusterPolicyKind, eventKind, ownRef } from '../kube/own-kinds.ts';

export interface EventWriterDeps {
  readonly kube: Pick<Kube, 'apply'>;
  /** Without it `kubectl describe` does not find the events of a policy. Undefined when its mirror has gone. */
  readonly uidOf: (policy: PolicyName) => string | undefined;
  readonly instance: string;
  readonly mayWrite: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** Of something that has no namespace an event lies there. */
const namespace = 'default';
/** So many at once and one more in each pause, so that a storm of drift is none of events. Source: client-go, whose EventSourceObjectSpamFilter has the same burst. */
const burstMax = 25;
const oneMoreMs = 2_000;
/** What is not written by then is dropped: an event is news or nothing. */
const waitingMax = 100;
/** Nobody waits for an event, so changes go first. */
const restMs = 500;
/** Longest `reportingInstance` that the API server takes. */
const instanceMax = 128;

/** Writes events about policies, off the path of changes. What it cannot write it drops. */
export class EventWriter {
  readonly #deps: EventWriterDeps;
  readonly #waiting: { readonly event: PolicyEvent; readonly atMs: number; readonly uid: string | undefined }[] = [];
  #left = burstMax;
  #countedMs: number;
  #n = 0;
  readonly loop: Loop<'events'>;

  constructor(deps: EventWriterDeps) {
    this.#deps = deps;
    const { clock, log } = deps;
    this.#countedMs = clock.now();
    this.loop = new Loop<'events'>({
      ...{ name: 'events', pass: (_keys, signal) => this.#pass(signal), allKeys: () => [], everythingMs: 3_600_000 },
      ...{ retryMsFirst: oneMoreMs, retryMsMax: oneMoreMs, clock, log },
    });
  }

  add(events: readonly PolicyEvent[]): void {
    const { clock, log, uidOf } = this.#deps;
    for (const event of events) this.#waiting.push({ event, atMs: clock.now(), uid: uidOf(event.policy) });
    const tooMany = this.#waiting.splice(waitingMax).length;
    if (tooMany > 0) log.debug('events were dropped', { count: tooMany });
    if (this.#waiting.length > 0) this.loop.mark('events');
  }

  async #pass(signal: AbortSignal): Promise<ReadonlySet<'events'>> {
    await this.#deps.clock.sleep(restMs, signal);
    while (!signal.aborted && this.#waiting.length > 0 && this.#mayWriteOne()) await this.#writeNext(signal);
    return new Set(this.#waiting.length > 0 ? ['events'] : []);
  }

  #mayWriteOne(): boolean {
    const nowMs = this.#deps.clock.now();
    const gained = Math.floor((nowMs - this.#countedMs) / oneMoreMs);
    this.#left = Math.min(burstMax, this.#left + gained);
    this.#countedMs = this.#left === burstMax ? nowMs : this.#countedMs + gained * oneMoreMs;
    return this.#left > 0 && this.#deps.mayWrite();
  }

  async #writeNext(signal: AbortSignal): Promise<void> {
    const { kube, instance, log } = this.#deps;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#left -= 1;
    this.#n += 1;
    const { event, atMs, uid } = next;
    const name = `${event.policy}.${Math.trunc(atMs).toString(16)}.${this.#n.toString(16)}`;
    const body: JsonObject = {
      ...{ apiVersion: apiVersionOf(eventKind), kind: eventKind.kind, metadata: { name, namespace } },
      eventTime: new Date(atMs).toISOString().replace('Z', '000Z'),
      ...{ reportingController: 'accord.dev/spoke', reportingInstance: instance.slice(0, instanceMax) },
      ...{ type: event.type, reason: event.reason, action: event.action, note: event.note },
      regarding: { apiVersion: apiVersionOf(clusterPolicyKind), kind: clusterPolicyKind.kind, name: event.policy, ...(uid && { uid }) },
      ...(event.object === undefined ? {} : { related: relatedTo(event.object) }),
    };
    try {
      const answer = await kube.apply(ownRef(eventKind, namespace, name), body, {}, signal);
      if ('meta' in answer) return;
      log.debug('an event was not written', { policy: event.policy, because: answer.because });
    } catch (error) {
      if (!isCoded(error)) throw error;
      log.debug('an event was not written', { policy: event.policy, because: error.message });
    }
  }
}

function relatedTo(key: ObjectKey): JsonObject {
  const { kind, namespace: within, name } = keyParts(key);
  return { kind, name, ...(within === '' ? {} : { namespace: within }) };
}
