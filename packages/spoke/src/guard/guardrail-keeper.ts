import { guardMoment, type GuardMoment } from '@accord/core/guard/guard-stop';
import { defaultGuardrail, readGuardrail, type Guardrail, type ReadGuardrail } from '@accord/core/guard/guardrail';
import { tellGuardrail } from '@accord/core/guard/told-guardrail';
import type { Stop } from '@accord/core/desired/stop-of';
import type { JsonObject } from '@accord/proto/canonical';
import { isCoded, type CodedError } from '@accord/proto/coded-error';
import { guardrailName } from '@accord/proto/guardrail';
import type { GuardrailFact } from '@accord/proto/messages';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { Kube, ObjectRef } from '../kube/kube.ts';
import { keepWatching } from '../kube/keep-watching.ts';
import { guardrailKind } from '../kube/own-kinds.ts';

export interface GuardrailKeeperDeps {
  readonly kube: Kube;
  readonly clock: Clock;
  readonly log: Log;
  /** The owner wrote something else, or its time has come: every policy has to be looked at. */
  readonly onChange: () => void;
}

export const guardrailRef: ObjectRef = { kind: guardrailKind, namespace: undefined, name: guardrailName };

/** It is read again this often, in case a watch has missed something. */
const againMs = 60_000;

/** Which Guardrail was read: one that was deleted and made anew counts its generations from the start. */
interface Written {
  readonly uid: string;
  readonly generation: number;
}

export interface Accepted extends Written {
  /** Why it cannot be obeyed. */
  readonly fault: string | undefined;
}

/** Follows the Guardrail of the cluster's owner. Until it has been read once nothing may be written. */
export class GuardrailKeeper {
  readonly #deps: GuardrailKeeperDeps;
  #read: ReadGuardrail | undefined;
  #known: Guardrail = defaultGuardrail;
  #written: Written | undefined;
  #moment: GuardMoment = { stop: undefined, untilMs: undefined };
  #essence = '';
  #text: string | undefined;
  #timer = new AbortController();
  readonly loop: Loop<'guardrail'>;

  constructor(deps: GuardrailKeeperDeps) {
    this.#deps = deps;
    const { clock, log } = deps;
    this.loop = new Loop({
      name: 'guardrail',
      pass: (_keys, signal) => this.#pass(signal),
      allKeys: () => ['guardrail' as const],
      everythingMs: againMs,
      retryMsFirst: 200,
      retryMsMax: 30_000,
      clock,
      log,
    });
  }

  /** False until it is known whether there is one. */
  isRead(): boolean {
    return this.#read !== undefined;
  }

  /** What holds, or held before somebody wrote what cannot be told. */
  get rules(): Guardrail {
    return this.#known;
  }

  /** The stop by which the owner holds every policy now. */
  stop(nowMs: number): Stop | undefined {
    if (this.#read !== undefined && nowMs >= (this.#moment.untilMs ?? Number.POSITIVE_INFINITY))
      this.#moment = guardMoment(this.#read, nowMs);
    return this.#moment.stop;
  }

  /** What a status says; undefined where there is no object that could carry one. */
  accepted(): Accepted | undefined {
    if (this.#written === undefined || this.#read === undefined) return undefined;
    return { ...this.#written, fault: this.#read.outcome === 'invalid' ? this.#read.because : undefined };
  }

  /** What the hub is told of it; null until it has been read. */
  told(): GuardrailFact | null {
    return this.#read === undefined ? null : tellGuardrail(this.#read, this.#written?.generation ?? 0);
  }

  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.loop.run(signal), this.#watch(signal)]);
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { log } = this.#deps;
    const onEvent = (): void => this.loop.mark('guardrail');
    const onGivenUp = ({ code, message }: CodedError): void =>
      log.error('the Guardrail cannot be watched; it is read once a minute', { code, because: message });
    await keepWatching(this.#deps, { kind: guardrailKind, onEvent, onGivenUp }, signal);
  }

  async #pass(signal: AbortSignal): Promise<ReadonlySet<'guardrail'>> {
    const { clock, onChange } = this.#deps;
    const { read, written } = await this.#load(signal);
    // Both at once: whoever is told of the one is told of the other.
    [this.#read, this.#written] = [read, written];
    if (this.#read.outcome === 'read') this.#known = this.#read.guardrail;
    this.#moment = guardMoment(this.#read, clock.now());
    const { stop, untilMs } = this.#moment;
    this.#wakeAt(untilMs, signal);
    const essence = JSON.stringify([this.#written, stop]);
    if (essence !== this.#essence) onChange();
    this.#essence = essence;
    return new Set();
  }

  /** Rejects while the API server does not answer: then nothing can be written either. */
  async #load(signal: AbortSignal): Promise<{ readonly read: ReadGuardrail; readonly written: Written | undefined }> {
    try {
      const object = await this.#deps.kube.get(guardrailRef, signal);
      const written = object && writtenOf(object);
      const text = JSON.stringify(object?.['spec'] ?? {});
      // What was compiled under the same words still holds.
      if (text === this.#text && this.#read !== undefined) return { read: this.#read, written };
      this.#text = text;
      return { read: readGuardrail(JSON.parse(text)), written };
    } catch (error) {
      if (!isCoded(error, 'forbidden')) throw error;
      this.#text = undefined;
      return { read: { outcome: 'invalid', because: error.message }, written: this.#written };
    }
  }

  #wakeAt(ms: number | undefined, signal: AbortSignal): void {
    this.#timer.abort();
    if (ms === undefined) return;
    this.#timer = new AbortController();
    const { clock } = this.#deps;
    const stop = AbortSignal.any([signal, this.#timer.signal]);
    // A minute at most: then everything is read again anyway.
    void clock.sleep(Math.min(ms - clock.now(), againMs), stop).then(() => stop.aborted || this.loop.mark('guardrail'));
  }
}

function writtenOf(object: JsonObject): Written {
  const { uid = '', generation = 0 } = object['metadata'] as Partial<Written>;
  return { uid, generation };
}
