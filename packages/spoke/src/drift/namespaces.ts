import type { ClusterNamespace } from '@accord/core/desired/fan-out';
import type { WatchEvent } from '../kube/kube.ts';

export interface NamespaceListeners {
  /** Undefined for what was not there before, or is not there any more. */
  readonly onChange: (before: ClusterNamespace | undefined, after: ClusterNamespace | undefined) => void;
  /** All have been listed, or it has turned out that they cannot be. */
  readonly onKnown: () => void;
}

/**
 * Every namespace of the cluster, whoever made it, kept by one watch without a selector.
 *
 * Of each only its name, its labels and whether it is being deleted: five thousand of them cost a few megabytes.
 */
export class Namespaces {
  readonly #listeners: NamespaceListeners;
  readonly #namespaces = new Map<string, ClusterNamespace>();
  /** What the present listing has shown so far; undefined once it is complete. */
  #listing: Set<string> | undefined = new Set();
  #isBlind = false;

  constructor(listeners: NamespaceListeners) {
    this.#listeners = listeners;
  }

  /** Everything that is there has been seen: only then is anything made or removed that follows them. */
  isListed(): boolean {
    return this.#listing === undefined;
  }

  /** As far as they can be seen at all: before that nothing is removed, and a missing permission holds up only what follows them. */
  isKnown(): boolean {
    return this.isListed() || this.#isBlind;
  }

  /** Undefined before they have been listed. */
  all(): Iterable<ClusterNamespace> | undefined {
    return this.isListed() ? this.#namespaces.values() : undefined;
  }

  get(name: string): ClusterNamespace | undefined {
    return this.#namespaces.get(name);
  }

  /** To be called before they are watched, each time anew. */
  expectListing(): void {
    this.#listing = new Set();
  }

  /** What was known of them may be over by now. */
  cannotWatch(): void {
    this.expectListing();
    this.#isBlind = true;
    this.#listeners.onKnown();
  }

  onEvent(event: WatchEvent): void {
    if (event.type === 'listed') return this.#listed();
    const { name } = event.ref;
    this.#listing?.add(name);
    const { labels, deletionTimestamp } = event.meta;
    this.#set(name, event.type === 'gone' ? undefined : { name, labels, isTerminating: deletionTimestamp !== undefined });
  }

  #listed(): void {
    const seen = this.#listing;
    this.#listing = undefined;
    this.#isBlind = false;
    if (seen === undefined) return;
    for (const name of this.#namespaces.keys()) if (!seen.has(name)) this.#set(name, undefined);
    this.#listeners.onKnown();
  }

  #set(name: string, after: ClusterNamespace | undefined): void {
    const before = this.#namespaces.get(name);
    if (isSame(before, after)) return;
    if (after === undefined) this.#namespaces.delete(name);
    else this.#namespaces.set(name, after);
    this.#listeners.onChange(before, after);
  }
}

function isSame(a: ClusterNamespace | undefined, b: ClusterNamespace | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const [ofA, ofB] = [Object.entries(a.labels), Object.keys(b.labels)];
  return a.isTerminating === b.isTerminating && ofA.length === ofB.length && ofA.every(([key, value]) => b.labels[key] === value);
}
