import { isCoded } from '@accord/proto/coded-error';
import type { ObjectKey } from '@accord/proto/ids';
import { ownerLabel } from '@accord/proto/labels';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { Kube, KindRef, KindVersion } from '../kube/kube.ts';
import { apiVersionOf, policyKinds, secretKind } from '../kube/own-kinds.ts';
import type { OwnedObjects } from './owned-objects.ts';
import { scopeKey } from './owned-of.ts';

export interface WatchOwnedDeps {
  readonly kube: Kube;
  readonly owned: OwnedObjects;
  readonly clock: Clock;
  readonly log: Log;
  /** Somebody wrote the object, whether that concerns us or not. */
  readonly onSeen?: (key: ObjectKey) => void;
}

interface Watched {
  /** In the version that the server served last. */
  kind: KindRef;
  /** Undefined for the whole cluster. */
  readonly namespace: string | undefined;
  readonly signal: AbortSignal;
  /** Ends a pause before its time. */
  wake: AbortController;
}

/** The watch itself has tried several times before it gives up. */
const againMs = 30_000;
/** A kind beyond the typed parts that has not been listed by then, e.g. of an aggregated API that is down, is no reason for all others to wait. */
const listMsMax = 10_000;
const neverLate: ReadonlySet<string> = new Set(policyKinds.map((kind) => scopeKey(kind)));

/** One metadata watch per kind that policies use, of what carries our label: over the whole cluster, but for Secrets. */
export class WatchOwned {
  readonly #deps: WatchOwnedDeps;
  readonly #signal: AbortSignal;
  readonly #watched = new Map<string, Watched>();
  readonly #secretsIn = new Map<string, AbortController>();

  constructor(deps: WatchOwnedDeps, signal: AbortSignal) {
    this.#deps = deps;
    this.#signal = signal;
  }

  /** Starts to watch a kind, once. Whoever is about to apply one of it does not wait for its list. */
  watch(kind: KindRef, { isLate = false } = {}): void {
    const name = `${kind.group}/${kind.kind}`;
    const known = this.#watched.get(name);
    if (known !== undefined) return known.wake.abort();
    const watched = { kind, namespace: undefined, signal: this.#signal, wake: new AbortController() };
    this.#watched.set(name, watched);
    void this.#keepWatching(watched, isLate);
  }

  /**
   * Starts to watch a kind in the version that is served now: in another one than before it is the same objects.
   *
   * While nobody can tell what is served, it is asked again, and holds up nothing else. Resolves once it was asked for the first time.
   */
  async watchNamed(named: KindVersion, { isLate = false } = {}): Promise<void> {
    let served: KindRef | undefined;
    try {
      served = await this.#deps.kube.servedAs(named, this.#signal);
    } catch (error) {
      if (!isCoded(error)) throw error;
      return void this.#watchLater(named);
    }
    if (served !== undefined) this.watch(served, { isLate });
  }

  async #watchLater(named: KindVersion): Promise<void> {
    await this.#deps.clock.sleep(againMs, this.#signal);
    if (!this.#signal.aborted) await this.watchNamed(named, { isLate: true });
  }

  /** Secrets are watched only where the spoke has given itself the right: a list of them shows what they hold. */
  watchSecrets(namespace: string, isGranted: boolean): void {
    const watching = this.#secretsIn.get(namespace);
    if ((watching !== undefined) === isGranted) return;
    if (watching !== undefined) {
      watching.abort();
      this.#secretsIn.delete(namespace);
      this.#deps.owned.expectNothing(secretKind, namespace);
      return;
    }
    const stop = new AbortController();
    this.#secretsIn.set(namespace, stop);
    const signal = AbortSignal.any([this.#signal, stop.signal]);
    void this.#keepWatching({ kind: secretKind, namespace, signal, wake: new AbortController() }, false);
  }

  /** Whoever took away a permission or a definition may give it back, and nobody restarts a spoke for that. */
  async #keepWatching(watched: Watched, isLate: boolean): Promise<void> {
    const { owned, log } = this.#deps;
    const { kind, namespace, signal } = watched;
    owned.expectListing(kind, { namespace, isLate });
    while (!signal.aborted) {
      try {
        await this.#watchOnce(watched);
      } catch (error) {
        if (signal.aborted) return;
        if (!isCoded(error)) throw error;
        const found = isCoded(error, 'not-found') ? await this.#find(watched) : 'unchanged';
        if (signal.aborted) return;
        if (found === 'unchanged') owned.cannotWatch(kind, namespace);
        if (found === 'gone') owned.notServed(kind, namespace);
        const name = `${kind.group}/${kind.kind}`;
        if (found !== 'moved') {
          log.error('a kind cannot be watched; its drift is not seen', { kind: name, namespace, code: error.code, because: error.message });
          await this.#pause(watched, found);
        }
      }
      // What others apply meanwhile does not wait for this list again.
      if (!signal.aborted) owned.expectListing(kind, { namespace, isLate: true });
    }
  }

  /** A definition was written: what was applied in a version that is not served any more is checked, though it may be watched in another one. */
  async checkVersions(isMeant: (kind: KindRef) => boolean): Promise<void> {
    const { kube, owned } = this.#deps;
    for (const former of [...owned.kinds()].filter(isMeant)) {
      const served = await kube.servedAs(former, this.#signal).catch(asUnknown);
      if (served !== undefined && served.version !== former.version) owned.servedAs(served, former);
    }
  }

  /** Looks for the version that is served now. Only what the server serves in none has gone, and its objects with it. */
  async #find(watched: Watched): Promise<'unchanged' | 'moved' | 'gone'> {
    const { kube, owned, log } = this.#deps;
    const { kind: former, signal } = watched;
    const served = await kube.servedAs(former, signal).catch((error: unknown) => asUnknown(error) ?? former);
    if (served === undefined) return 'gone';
    if (served.version === former.version) return 'unchanged';
    log.info('a kind is watched in the version that is served now', { kind: `${apiVersionOf(served)} ${served.kind}` });
    watched.kind = served;
    owned.servedAs(served, former);
    return 'moved';
  }

  async #watchOnce(watched: Watched): Promise<void> {
    const { kube, owned, onSeen } = this.#deps;
    const { kind, namespace, signal } = watched;
    const listed = new AbortController();
    if (!neverLate.has(scopeKey(kind))) void this.#giveUp(watched, AbortSignal.any([signal, listed.signal]));
    try {
      await kube.watch(
        kind,
        { labelSelector: ownerLabel, ...(namespace === undefined ? {} : { namespace }) },
        (event) => {
          if (event.type === 'listed') listed.abort();
          owned.onEvent(kind, event, namespace);
          if (event.type !== 'listed') onSeen?.(event.key);
        },
        signal,
      );
    } finally {
      listed.abort();
    }
  }

  async #giveUp({ kind, namespace }: Watched, signal: AbortSignal): Promise<void> {
    const { owned, clock } = this.#deps;
    await clock.sleep(listMsMax, signal);
    if (!signal.aborted) owned.cannotWatch(kind, namespace);
  }

  /** A kind that is not served has nothing to be listed, and holds nothing up until it is served again. */
  async #pause(watched: Watched, found: 'unchanged' | 'gone'): Promise<void> {
    const { clock } = this.#deps;
    const { signal } = watched;
    let isOver = false;
    while (!signal.aborted && !isOver) {
      watched.wake = new AbortController();
      await clock.sleep(againMs, AbortSignal.any([signal, watched.wake.signal]));
      if (signal.aborted) return;
      isOver = found === 'unchanged' || (await this.#find(watched)) !== 'gone' || watched.wake.signal.aborted;
    }
  }

  /** apiVersion and kind of what is watched, for the state that outlives the process. */
  kinds(): readonly { readonly apiVersion: string; readonly kind: string }[] {
    return [...this.#watched.values()].map(({ kind }) => ({ apiVersion: apiVersionOf(kind), kind: kind.kind }));
  }
}

/** A server that does not answer says nothing of what it serves. */
function asUnknown(error: unknown): undefined {
  if (!isCoded(error)) throw error;
}
