import { isCoded } from '@accord/proto/coded-error';
import { ownerLabel } from '@accord/proto/labels';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { Kube, KindRef } from '../kube/kube.ts';
import { secretKind } from '../kube/own-kinds.ts';
import type { OwnedObjects } from './owned-objects.ts';

export interface WatchOwnedDeps {
  readonly kube: Kube;
  readonly owned: OwnedObjects;
  readonly clock: Clock;
  readonly log: Log;
}

/** The watch itself has tried several times before it gives up. */
const againMs = 60_000;

/** One metadata watch per kind that policies use, over the whole cluster, of what carries our label. */
export class WatchOwned {
  readonly #deps: WatchOwnedDeps;
  readonly #signal: AbortSignal;
  readonly #watched = new Map<string, KindRef>();
  readonly #secretsIn = new Map<string, AbortController>();

  constructor(deps: WatchOwnedDeps, signal: AbortSignal) {
    this.#deps = deps;
    this.#signal = signal;
  }

  /** Starts to watch a kind, once. */
  watch(kind: KindRef): void {
    const name = `${kind.group}/${kind.kind}`;
    if (this.#watched.has(name)) return;
    this.#watched.set(name, kind);
    void this.#keepWatching(kind, this.#signal);
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
    void this.#keepWatching(secretKind, AbortSignal.any([this.#signal, stop.signal]), namespace);
  }

  /** Whoever took away a permission or a definition may give it back, and nobody restarts a spoke for that. */
  async #keepWatching(kind: KindRef, signal: AbortSignal, namespace?: string): Promise<void> {
    const { kube, owned, clock, log } = this.#deps;
    const selection = { labelSelector: ownerLabel, ...(namespace === undefined ? {} : { namespace }) };
    while (!signal.aborted) {
      owned.expectListing(kind, namespace);
      try {
        await kube.watch(kind, selection, (event) => owned.onEvent(kind, event, namespace), signal);
      } catch (error) {
        if (signal.aborted) return;
        if (!isCoded(error)) throw error;
        if (isCoded(error, 'not-found')) owned.notServed(kind, namespace);
        else owned.cannotWatch(kind, namespace);
        const name = `${kind.group}/${kind.kind}`;
        log.error('a kind cannot be watched; its drift is not seen', { kind: name, namespace, code: error.code, because: error.message });
      }
      await clock.sleep(againMs, signal);
    }
  }

  /** apiVersion and kind of what is watched, for the state that outlives the process. */
  kinds(): readonly { readonly apiVersion: string; readonly kind: string }[] {
    return [...this.#watched.values()].map(({ group, version, kind }) => ({
      apiVersion: group === '' ? version : `${group}/${version}`,
      kind,
    }));
  }
}
