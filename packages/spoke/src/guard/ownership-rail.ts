import type { Trouble } from '@accord/core/apply/report-policy';
import { doubtOf, probeName } from '@accord/core/guard/ownership-rail';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { Kube } from '../kube/kube.ts';
import { configMapKind, ownRef } from '../kube/own-kinds.ts';

export interface OwnershipRailDeps {
  readonly kube: Pick<Kube, 'apply'>;
  /** Where the spoke runs. */
  readonly namespace: string;
  readonly clock: Clock;
  readonly log: Log;
  /** It is in force again, or is not any more. */
  readonly onChange: () => void;
}

const hourMs = 3_600_000;
/** A proof serves for so long, so that not every change waits for a request of its own. */
export const proofHoldsMs = 10_000;
/** Where it is missing, all objects of a pass share the answer. */
const doubtHoldsMs = 200;

/**
 * Knows whether the API server keeps the spoke from what is not its own. An apply takes over what it finds, so that without the guard
 * rail nothing may be written that the spoke does not hold already.
 *
 * It is asked at the start and hourly, at most 30 s apart while it is missing, and by a pass that has something new when the last proof is old.
 */
export class OwnershipRail {
  readonly #deps: OwnershipRailDeps;
  #doubt: string | undefined;
  /** The last answer was one that proves it. */
  #isProved = false;
  #asked: { readonly atMs: number; readonly answer: Promise<Trouble | undefined> } | undefined;
  readonly loop: Loop<'ownership'>;

  constructor(deps: OwnershipRailDeps) {
    this.#deps = deps;
    const { clock, log } = deps;
    this.loop = new Loop<'ownership'>({
      name: 'guard rail',
      pass: async (keys, signal) => ((await this.against(signal)) === undefined ? new Set() : keys),
      allKeys: () => ['ownership'],
      everythingMs: hourMs,
      retryMsFirst: 1_000,
      retryMsMax: 30_000,
      clock,
      log,
    });
  }

  /** Why nothing new may be written now, or undefined. */
  against(signal: AbortSignal): Promise<Trouble | undefined> {
    const atMs = this.#deps.clock.now();
    const holdsMs = this.#isProved ? proofHoldsMs : doubtHoldsMs;
    if (this.#asked === undefined || atMs - this.#asked.atMs >= holdsMs) this.#asked = { atMs, answer: this.#ask(signal) };
    return this.#asked.answer;
  }

  async #ask(signal: AbortSignal): Promise<Trouble | undefined> {
    const { kube, namespace } = this.#deps;
    const body = { apiVersion: 'v1', kind: configMapKind.kind, metadata: { name: probeName, namespace } };
    const trouble = doubtOf(await kube.apply(ownRef(configMapKind, namespace, probeName), body, { dryRun: true }, signal));
    this.#isProved = trouble === undefined;
    if (trouble?.outcome !== 'retry') this.#note(trouble?.because);
    return trouble;
  }

  alarms(): readonly string[] {
    return this.#doubt === undefined ? [] : [`GuardRailMissing: ${this.#doubt}`];
  }

  #note(doubt: string | undefined): void {
    if (doubt === this.#doubt) return;
    const { log, onChange } = this.#deps;
    if (doubt === undefined) log.info('the guard rail is in force again');
    else log.error('the guard rail is not known to be in force', { because: doubt });
    this.#doubt = doubt;
    // Whoever found it missing has the loop look for when it is back.
    if (doubt !== undefined) this.loop.mark('ownership');
    onChange();
  }
}
