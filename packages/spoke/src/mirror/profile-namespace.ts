import type { Conditions } from '@accord/core/registry/cluster-profile';
import type { JsonObject } from '@accord/proto/canonical';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { keepWatching } from '../kube/keep-watching.ts';
import type { KindRef, Kube, ObjectMeta, WatchEvent } from '../kube/kube.ts';
import { parseMeta } from '../kube/parse-meta.ts';

export interface ProfileNamespaceDeps {
  readonly kube: Kube;
  readonly kind: KindRef;
  readonly namespace: string;
  /** Somebody wrote or removed this object. */
  readonly onChange: (name: string) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** The ClusterProfiles of one namespace, whoever wrote them: as the first list and then the watch show them. */
export class ProfileNamespace {
  readonly #deps: ProfileNamespaceDeps;
  readonly #metas = new Map<string, ObjectMeta>();
  /** The status as it was when this process first read it, until it writes one itself. */
  readonly #found = new Map<string, JsonObject>();
  readonly #stop = new AbortController();
  /** The versions at which objects went: an answer that comes late may still show what is gone. */
  readonly #goneAt = new Map<string, bigint>();
  /** Shown since the watch was opened last, until its list is complete. */
  #seen: Set<string> | undefined;

  constructor(deps: ProfileNamespaceDeps) {
    this.#deps = deps;
  }

  /** Reads what stands there and goes on watching until `signal` aborts or it is closed. Rejects as `Kube.list` does. */
  async open(signal: AbortSignal): Promise<void> {
    const { kube, kind, namespace, clock, log } = this.#deps;
    const objects = await kube.list(kind, { namespace }, signal);
    for (const object of objects) {
      const { name, meta } = parseMeta(object);
      this.#metas.set(name, meta);
      this.#found.set(name, (object['status'] ?? {}) as JsonObject);
    }
    const watching = keepWatching(
      { kube, clock },
      {
        kind,
        selection: { namespace },
        onOpen: () => (this.#seen = new Set()),
        onEvent: (event) => this.#onEvent(event),
        onGivenUp: ({ code, message }) =>
          log.warn('ClusterProfiles are not watched; edits are not seen', { namespace, code, because: message }),
      },
      AbortSignal.any([signal, this.#stop.signal]),
    );
    void watching;
  }

  close(): void {
    this.#stop.abort();
  }

  names(): readonly string[] {
    return [...this.#metas.keys()];
  }

  meta(name: string): ObjectMeta | undefined {
    return this.#metas.get(name);
  }

  found(name: string): { readonly status: JsonObject; readonly conditions: Conditions } {
    const status = this.#found.get(name) ?? {};
    return { status, conditions: (status['conditions'] ?? []) as unknown as Conditions };
  }

  /** Takes the answer to a write of ours, unless the watch has shown something newer. */
  keep(name: string, meta: ObjectMeta): void {
    if (BigInt(meta.resourceVersion) <= (this.#goneAt.get(name) ?? -1n)) return;
    this.#goneAt.delete(name);
    const shown = this.#metas.get(name);
    if (shown === undefined || BigInt(shown.resourceVersion) < BigInt(meta.resourceVersion)) this.#metas.set(name, meta);
  }

  keepStatus(name: string, status: JsonObject): void {
    this.#found.set(name, status);
  }

  /** It went; one that somebody made meanwhile under its name has another uid, and stays known. */
  drop(name: string, { uid }: Pick<ObjectMeta, 'uid'>): void {
    if (this.#metas.get(name)?.uid !== uid) return;
    this.#metas.delete(name);
    this.#found.delete(name);
  }

  #onEvent(event: WatchEvent): void {
    if (event.type === 'listed') return this.#listed();
    const { name } = event.ref;
    this.#seen?.add(name);
    if (event.type === 'gone') {
      this.drop(name, event.meta);
      this.#goneAt.set(name, BigInt(event.meta.resourceVersion));
    } else {
      this.#metas.set(name, event.meta);
    }
    this.#deps.onChange(name);
  }

  /** What was read, and is not in the first list of the watch, went in between, or we made it since: the next write finds out which. */
  #listed(): void {
    const seen = this.#seen;
    this.#seen = undefined;
    for (const name of seen === undefined ? [] : this.names()) {
      if (seen?.has(name) === true) continue;
      this.#metas.delete(name);
      this.#deps.onChange(name);
    }
  }
}
