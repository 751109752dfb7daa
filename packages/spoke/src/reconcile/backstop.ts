import { nextInRound, turnMs } from '@accord/core/drift/daily-round';
import type { Intent } from '@accord/core/desired/intent';
import { keyParts, type ObjectKey } from '@accord/proto/ids';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { OwnedObjects } from '../drift/owned-objects.ts';
import type { LastApplied, Tried } from './try-intent.ts';

export interface BackstopDeps {
  readonly owned: Pick<OwnedObjects, 'get' | 'keys' | 'size' | 'unseen'>;
  /** What a pass would put back if somebody had changed the object; undefined where it would leave it alone. */
  readonly healOf: (key: ObjectKey) => Intent | undefined;
  /** A pass could begin, and none is on its way. */
  readonly isIdle: () => boolean;
  readonly tryIntent: (tried: { readonly intent: Intent; readonly applied: LastApplied }, signal: AbortSignal) => Promise<Tried>;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
}

/** How many objects there are, and so how long a turn is, changes meanwhile. */
const lookAgainMs = 60_000;
/** While passes are on their way, and where a turn is shorter than that. */
const pauseMs = 1_000;
/** An event of what somebody has just written comes in less. */
const eventMs = 2_000;

/**
 * Once a day asks the API server of each object that policies enforce whether it is as it was applied: an edit in etcd, a conversion that
 * errs, and a write under our name in the second of our own leave the fingerprint as it was.
 *
 * One at a time, in even turns; what is found is drift, and healed as any other.
 */
export class Backstop {
  readonly #deps: BackstopDeps;
  #last: ObjectKey | undefined;

  constructor(deps: BackstopDeps) {
    this.#deps = deps;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { owned, isIdle, clock, random } = this.#deps;
    // A process that starts applies everything once, so that no turn is missed. Many that start together ask at different times.
    let lastMs = clock.now() - random() * turnMs(owned.size);
    while (!signal.aborted) {
      const leftMs = lastMs + turnMs(owned.size) - clock.now();
      await clock.sleep(Math.max(pauseMs, Math.min(leftMs, lookAgainMs)), signal);
      if (signal.aborted || clock.now() < lastMs + turnMs(owned.size) || !isIdle()) continue;
      lastMs = clock.now();
      await this.#lookAtNext(signal);
    }
  }

  async #lookAtNext(signal: AbortSignal): Promise<void> {
    const { owned, healOf, tryIntent, clock, log } = this.#deps;
    const key = nextInRound(owned.keys(), this.#last);
    if (key === undefined) return;
    this.#last = key;
    const [before, intent] = [owned.get(key), healOf(key)];
    if (before?.print === undefined || intent === undefined) return;
    const { print, origin, appliedMs } = before;
    const tried = await tryIntent({ intent, applied: { print, origin } }, signal);
    if (signal.aborted || tried.outcome === 'as-applied') return;
    const { kind, namespace, name } = keyParts(key);
    const { owner: policy, digest } = intent;
    const object = { policy, kind, namespace, name };
    if (tried.outcome === 'untold')
      return log.debug('whether an object is as it was applied is not said', { ...object, because: tried.because });
    // Who wrote it the watch tells better, where it tells.
    await clock.sleep(eventMs, signal);
    if (signal.aborted || owned.get(key)?.appliedMs !== appliedMs || healOf(key)?.digest !== digest) return;
    log.warn('an object was changed, and no event told of it', object);
    owned.unseen(key, tried.fields);
  }
}
