import { glimpseOf, isWritten, type Glimpse } from '@accord/core/drift/glimpse';
import { isCoded } from '@accord/proto/coded-error';
import { keyParts, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { KindVersion, Kube, WatchEvent } from '../kube/kube.ts';

export interface WatchUnownedDeps {
  readonly kube: Pick<Kube, 'watch' | 'servedAs'>;
  readonly mark: (policies: Iterable<PolicyName>) => void;
  readonly clock: Clock;
  readonly log: Log;
}

interface Watched {
  readonly stop: AbortController;
  /** What concerns a policy, with what was last seen of it. Of all others nothing is kept. */
  readonly keys: Map<ObjectKey, { readonly policies: Set<PolicyName>; glimpse?: Glimpse | undefined }>;
  isListed: boolean;
}

/** A kind that is not served, or that the spoke may not list, may be another time. */
const againMs = 60_000;
/** To compare a policy costs a request for each of its objects, and there may be many that others write all the time. */
const restMs = 5_000;
/** A list of Secrets shows what they hold; the others are written all the time, and are no matter of policies. */
const neverWatched: ReadonlySet<string> = new Set(['/Secret', '/Pod', '/Event', 'events.k8s.io/Event', 'coordination.k8s.io/Lease']);

/**
 * Objects that concern policies whether they carry our label or not: what is only compared, what must not be there, and what its owner
 * would have to give. Each kind of them has one watch without a selector, for as long as a policy needs it.
 */
export class WatchUnowned {
  readonly #deps: WatchUnownedDeps;
  readonly #signal: AbortSignal;
  readonly #watched = new Map<string, Watched>();
  readonly #keysOf = new Map<PolicyName, ReadonlySet<ObjectKey>>();
  /** Policies that were woken a moment ago, and whether they are to be woken once more. */
  readonly #resting = new Map<PolicyName, boolean>();

  constructor(deps: WatchUnownedDeps, signal: AbortSignal) {
    this.#deps = deps;
    this.#signal = signal;
  }

  /** How much is kept: it must not grow with what else there is on the cluster. */
  get size(): { readonly kinds: number; readonly objects: number } {
    return { kinds: this.#watched.size, objects: [...this.#watched.values()].reduce((sum, { keys }) => sum + keys.size, 0) };
  }

  /** The objects that concern a policy from now on, and no others. What is new among them may have changed since it was looked at. */
  concern(policy: PolicyName, keys: Iterable<ObjectKey>): void {
    const now = new Set([...keys].filter((key) => !neverWatched.has(kindOf(key))));
    const before = this.#keysOf.get(policy) ?? new Set();
    if (now.size === 0) this.#keysOf.delete(policy);
    else this.#keysOf.set(policy, now);
    const isMissed = [...now.difference(before)].map((key) => this.#add(key, policy)).includes(true);
    for (const key of before.difference(now)) this.#remove(key, policy);
    if (isMissed) this.#deps.mark([policy]);
  }

  /** Whether the watch of it is on its way already. */
  #add(key: ObjectKey, policy: PolicyName): boolean {
    const kind = kindOf(key);
    const watched = this.#watched.get(kind) ?? { stop: new AbortController(), keys: new Map(), isListed: false };
    const known = watched.keys.get(key) ?? { policies: new Set() };
    known.policies.add(policy);
    watched.keys.set(key, known);
    if (!this.#watched.has(kind)) {
      this.#watched.set(kind, watched);
      void this.#keepWatching(key, watched);
    }
    return watched.isListed;
  }

  #remove(key: ObjectKey, policy: PolicyName): void {
    const watched = this.#watched.get(kindOf(key));
    const known = watched?.keys.get(key);
    known?.policies.delete(policy);
    if (known?.policies.size === 0) watched?.keys.delete(key);
    if (watched?.keys.size !== 0) return;
    watched.stop.abort();
    this.#watched.delete(kindOf(key));
  }

  async #keepWatching(key: ObjectKey, watched: Watched): Promise<void> {
    const { kube, clock, log } = this.#deps;
    const { group, kind } = keyParts(key);
    const wanted: KindVersion = { group, kind, version: '' };
    const signal = AbortSignal.any([this.#signal, watched.stop.signal]);
    const selection = { isTold: (seen: ObjectKey) => watched.keys.has(seen) };
    while (!signal.aborted) {
      try {
        const served = await kube.servedAs(wanted, signal);
        if (served !== undefined && !signal.aborted) await kube.watch(served, selection, (event) => this.#onEvent(watched, event), signal);
      } catch (error) {
        if (signal.aborted) return;
        if (!isCoded(error)) throw error;
        const because = error.message;
        log.warn('what policies compare is not seen when others change it', { kind: kindOf(key), code: error.code, because });
      }
      watched.isListed = false;
      await clock.sleep(againMs, signal);
    }
  }

  #onEvent(watched: Watched, event: WatchEvent): void {
    // What has gone, or changed in a way that leaves no trace, while nobody watched.
    if (event.type === 'listed') {
      watched.isListed = true;
      return this.#deps.mark(new Set(watched.keys.values().flatMap(({ policies }) => policies)));
    }
    const known = watched.keys.get(event.key);
    if (known === undefined) return;
    const glimpse = event.type === 'present' ? glimpseOf(event.meta) : undefined;
    const isNews = glimpse === undefined || isWritten(known.glimpse, glimpse);
    known.glimpse = glimpse;
    if (isNews && watched.isListed) for (const policy of known.policies) this.#wake(policy);
  }

  /** At once, and then again after a rest. */
  #wake(policy: PolicyName): void {
    if (this.#resting.has(policy)) return void this.#resting.set(policy, true);
    this.#deps.mark([policy]);
    this.#resting.set(policy, false);
    void this.#rest(policy);
  }

  async #rest(policy: PolicyName): Promise<void> {
    await this.#deps.clock.sleep(restMs, this.#signal);
    const isMissed = this.#resting.get(policy) === true;
    this.#resting.delete(policy);
    if (isMissed && !this.#signal.aborted) this.#wake(policy);
  }
}

/** Of whatever version: `apps/Deployment`. */
function kindOf(key: ObjectKey): string {
  const { group, kind } = keyParts(key);
  return `${group}/${kind}`;
}
