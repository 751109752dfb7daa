import { isCoded } from '@accord/proto/coded-error';
import { ownerLabel } from '@accord/proto/labels';
import type { Log } from '@accord/runtime/log';
import type { Kube, KindRef } from '../kube/kube.ts';
import type { OwnedObjects } from './owned-objects.ts';

export interface WatchOwnedDeps {
  readonly kube: Kube;
  readonly owned: OwnedObjects;
  readonly log: Log;
}

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
    const { kube, owned, log } = this.#deps;
    const name = `${kind.group}/${kind.kind}`;
    if (this.#watched.has(name)) return;
    this.#watched.set(name, kind);
    owned.expectListing(kind);
    kube
      .watch(kind, { labelSelector: ownerLabel }, (event) => owned.onEvent(kind, event), this.#signal)
      .catch((error: unknown) => {
        if (this.#signal.aborted) return;
        if (!isCoded(error)) throw error;
        log.error('a kind cannot be watched; its drift is not seen', { kind: name, code: error.code, because: error.message });
      });
  }

  /** apiVersion and kind of what is watched, for the state that outlives the process. */
  kinds(): readonly { readonly apiVersion: string; readonly kind: string }[] {
    return [...this.#watched.values()].map(({ group, version, kind }) => ({
      apiVersion: group === '' ? version : `${group}/${version}`,
      kind,
    }));
  }
}
