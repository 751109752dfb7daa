import type { JsonObject } from '@accord/proto/canonical';
import { isCoded } from '@accord/proto/coded-error';
import { guardrailName } from '@accord/proto/guardrail';
import { statusFieldManager } from '@accord/proto/labels';
import type { PolicyReport } from '@accord/proto/messages';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { Kube } from '../kube/kube.ts';
import { guardrailRef, type Accepted, type GuardrailKeeper } from './guardrail-keeper.ts';

export interface GuardrailStatusDeps {
  readonly kube: Kube;
  readonly guardrail: Pick<GuardrailKeeper, 'accepted'>;
  readonly reports: () => Iterable<PolicyReport>;
  readonly objects: () => number;
  readonly clock: Clock;
  readonly log: Log;
}

/** At most one status write in this time. */
const everyMs = 5_000;

/** Tells the owner what became of the Guardrail: whether it is obeyed, and what it has refused. */
export class GuardrailStatus {
  readonly #deps: GuardrailStatusDeps;
  /** What is refused now, so that each refusal counts once for as long as it lasts. */
  #refused = new Set<string>();
  #refusals: number | undefined;
  #last: JsonObject | undefined;
  #said = { essence: '', of: '', atMs: Number.NEGATIVE_INFINITY };
  readonly loop: Loop<'status'>;

  constructor(deps: GuardrailStatusDeps) {
    this.#deps = deps;
    const { clock, log } = deps;
    this.loop = new Loop<'status'>({
      name: 'guardrail status',
      pass: (_keys, signal) => this.#pass(signal),
      allKeys: () => [],
      everythingMs: 3_600_000,
      retryMsFirst: everyMs,
      retryMsMax: 30_000,
      clock,
      log,
    });
  }

  async #pass(signal: AbortSignal): Promise<ReadonlySet<'status'>> {
    const { guardrail, clock } = this.#deps;
    const accepted = guardrail.accepted();
    if (accepted === undefined) return new Set();
    // Whoever writes one waits for the word that it is obeyed.
    if (this.#said.of === JSON.stringify(accepted) && clock.now() - this.#said.atMs < everyMs) return new Set(['status']);
    try {
      this.#refusals ??= await this.#counted(signal);
      this.#count();
      return new Set((await this.#write(accepted, signal)) ? [] : ['status']);
    } catch (error) {
      if (!isCoded(error)) throw error;
      return new Set(['status']);
    }
  }

  /** What the spokes before this one have counted. */
  async #counted(signal: AbortSignal): Promise<number> {
    const object = await this.#deps.kube.get(guardrailRef, signal);
    return (object?.['status'] as { readonly refusals?: number } | undefined)?.refusals ?? 0;
  }

  #count(): void {
    const { reports, clock } = this.#deps;
    const now = new Map<string, JsonObject>();
    for (const { policy, problems } of reports())
      for (const { state, object, reason, message } of problems)
        if (state === 'Refused') now.set(`${policy} ${object} ${reason}`, { policy, object, rule: ruleOf(reason), message });
    const fresh = [...now].filter(([id]) => !this.#refused.has(id));
    this.#refusals = (this.#refusals ?? 0) + fresh.length;
    const [, last] = fresh.at(-1) ?? [];
    if (last !== undefined) this.#last = { time: new Date(clock.now()).toISOString(), ...last };
    this.#refused = new Set(now.keys());
  }

  async #write(accepted: Accepted, signal: AbortSignal): Promise<boolean> {
    const { kube, objects, clock } = this.#deps;
    const { generation, fault } = accepted;
    const status = {
      observedGeneration: generation,
      objects: objects(),
      refusals: this.#refusals ?? 0,
      ...(this.#last !== undefined && { lastRefusal: this.#last }),
    };
    const condition = {
      type: 'Accepted',
      status: fault === undefined ? 'True' : 'False',
      reason: fault === undefined ? 'Obeyed' : 'Invalid',
    };
    const essence = JSON.stringify([accepted, status, condition]);
    if (essence === this.#said.essence) return true;
    const now = new Date(clock.now()).toISOString();
    const conditions = [{ ...condition, observedGeneration: generation, message: fault ?? '', lastTransitionTime: now }];
    const body = {
      apiVersion: 'accord.dev/v1alpha1',
      kind: 'Guardrail',
      metadata: { name: guardrailName },
      status: { ...status, conditions },
    };
    const answer = await kube.apply(guardrailRef, body, { fieldManager: statusFieldManager, subresource: 'status' }, signal);
    // One that is gone has no status.
    if ('meta' in answer || answer.outcome === 'refused') this.#said = { essence, of: JSON.stringify(accepted), atMs: clock.now() };
    return 'meta' in answer || answer.outcome === 'refused';
  }
}

/** `MaxObjects` is the field `maxObjects`. */
function ruleOf(reason: string): string {
  return `${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}
