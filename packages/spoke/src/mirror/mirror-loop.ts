import type { HeldDocument } from '@accord/core/desired/desired-set';
import { isCoded } from '@accord/proto/coded-error';
import type { PolicyName } from '@accord/proto/ids';
import type { Clock } from '@accord/runtime/clock';
import { collectLater } from '@accord/runtime/collect-later';
import { unsettledOf } from '@accord/runtime/for-each-limited';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { MirrorStore } from './mirror-store.ts';

export interface MirrorLoopDeps {
  readonly store: MirrorStore;
  readonly mayWrite: () => boolean;
  /** A mirror that was not there has no status yet. */
  readonly onCreated: (policy: PolicyName) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** Few: a mirror may be large, and what waits here is waited for by nobody. */
const inFlightMax = 2;
/** The API server checks a mirror as a whole, so what nobody waits for is written when changes pause; and of many revisions in a row one is. */
const afterChanges = { quietMs: 300, maxMs: 5_000 };

/** Keeps each mirror at the document that was last wanted, however often the API server refuses or somebody edits it. */
export class MirrorLoop {
  readonly #deps: MirrorLoopDeps;
  readonly #wanted = new Map<PolicyName, HeldDocument>();
  readonly #later: (policies: Iterable<PolicyName>) => void;
  readonly loop: Loop<PolicyName>;

  constructor(deps: MirrorLoopDeps, signal: AbortSignal) {
    this.#deps = deps;
    const { clock, log } = deps;
    const mark = (policies: ReadonlySet<PolicyName>): void => policies.forEach((policy) => this.loop.mark(policy));
    this.#later = collectLater(mark, afterChanges, clock, signal);
    this.loop = new Loop<PolicyName>({
      name: 'mirrors',
      pass: (policies, stop) => this.#pass(policies, stop),
      allKeys: () => this.#wanted.keys(),
      everythingMs: 300_000,
      retryMsFirst: 200,
      retryMsMax: 30_000,
      clock,
      log,
    });
  }

  /** Without a document the policy is to have no mirror; that it has none any more is up to `remove`. */
  want(policy: PolicyName, document: HeldDocument | undefined): void {
    if (document === undefined) this.#wanted.delete(policy);
    else this.#wanted.set(policy, document);
  }

  /** Resolves when the mirror is in, or was not taken once: then the loop goes on, and the objects of the policy do not wait for it. */
  async write(policy: PolicyName, signal: AbortSignal): Promise<void> {
    if (!(await this.#write(policy, signal))) this.loop.mark(policy);
  }

  /** Has it written when changes pause: for what enforces the same objects as before. */
  writeLater(policy: PolicyName): void {
    this.#later([policy]);
  }

  async remove(policy: PolicyName, signal: AbortSignal): Promise<boolean> {
    this.#wanted.delete(policy);
    try {
      await this.#deps.store.remove(policy, signal);
      return true;
    } catch (error) {
      if (!isCoded(error)) throw error;
      this.#deps.log.warn('a mirror was not removed', { policy, because: error.message });
      return false;
    }
  }

  holds(policy: PolicyName): boolean {
    return this.#deps.store.holds(policy);
  }

  policies(): Iterable<PolicyName> {
    return this.#deps.store.policies();
  }

  async #pass(policies: ReadonlySet<PolicyName>, signal: AbortSignal): Promise<ReadonlySet<PolicyName>> {
    return this.#deps.mayWrite() ? unsettledOf(policies, inFlightMax, (policy) => this.#write(policy, signal)) : policies;
  }

  async #write(policy: PolicyName, signal: AbortSignal): Promise<boolean> {
    const { store, log, onCreated } = this.#deps;
    try {
      const answer = await store.write(policy, () => this.#wanted.get(policy), signal);
      if (answer === undefined) return true;
      if (answer.outcome === 'created') onCreated(policy);
      if (!('meta' in answer)) log.warn('a mirror was not written', { policy, because: answer.because });
      return 'meta' in answer;
    } catch (error) {
      if (!isCoded(error)) throw error;
      log.warn('a mirror was not written', { policy, because: error.message });
      return false;
    }
  }
}
