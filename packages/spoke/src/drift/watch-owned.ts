import { isCoded } from '@accord/proto/coded-error';
import { ownerLabel } from '@accord/proto/labels';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { Kube, KindRef } from '../kube/kube.ts';
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

  constructor(deps: WatchOwnedDeps, signal: AbortSignal) {
    this.#deps = deps;
    this.#signal = signal;
  }

  /** Starts to watch a kind, once. */
  watch(kind: KindRef): void {
    const name = `${kind.group}/${kind.kind}`;
    if (this.#watched.has(name)) return;
    this.#watched.set(name, kind);
    void this.#keepWatching(kind, name);
  }

  /** Whoever took away a permission or a definition may give it back, and nobody restarts a spoke for that. */
  async #keepWatching(kind: KindRef, name: string): Promise<void> {
    const { kube, owned, clock, log } = this.#deps;
    const signal = this.#signal;
    while (!signal.aborted) {
      owned.expectListing(kind);
      try {
        await kube.watch(kind, { labelSelector: ownerLabel }, (event) => owned.onEvent(kind, event), signal);
      } catch (error) {
        if (signal.aborted) return;
        if (!isCoded(error)) throw error;
        if (isCoded(error, 'not-found')) owned.notServed(kind);
        else owned.cannotWatch(kind);
        log.error('a kind cannot be watched; its drift is not seen', { kind: name, code: error.code, because: error.message });
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
