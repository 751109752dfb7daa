import type { ClusterNamespace } from '@accord/core/desired/fan-out';
import { isHeld, readHold, type LocalHold } from '@accord/core/drift/local-hold';
import { holdReasonAnnotation, holdUntilAnnotation } from '@accord/proto/labels';
import type { Clock } from '@accord/runtime/clock';
import type { ObjectMeta, WatchEvent } from '../kube/kube.ts';

export interface NamespaceListeners {
  /** Undefined for what was not there before, or is not there any more. */
  readonly onChange: (before: ClusterNamespace | undefined, after: ClusterNamespace | undefined) => void;
  /** All have been listed, or it has turned out that they cannot be. */
  readonly onKnown: () => void;
  /** Somebody holds a namespace as it is, or it is free again: whoever wants something in it is concerned. */
  readonly onHold: () => void;
  /** How long somebody in the cluster may hold it. */
  readonly longestHoldMs: () => number;
}

/**
 * Every namespace of the cluster, whoever made it, kept by one watch without a selector.
 *
 * Of each only its name, its labels, whether it is being deleted and by what it is held: five thousand of them cost a few megabytes.
 */
export class Namespaces {
  readonly #listeners: NamespaceListeners;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #namespaces = new Map<string, ClusterNamespace>();
  readonly #holds = new Map<string, LocalHold>();
  /** Those whose end has not been told. */
  readonly #running = new Set<string>();
  /** What the present listing has shown so far; undefined once it is complete. */
  #listing: Set<string> | undefined = new Set();
  #isBlind = false;

  constructor(clock: Pick<Clock, 'now'>, listeners: NamespaceListeners) {
    this.#clock = clock;
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

  /** By which somebody in the cluster keeps what is in it as it is, whoever made it; it may be over. */
  holdOf(name: string): LocalHold | undefined {
    return this.#holds.get(name);
  }

  /** Tells when a hold is over. */
  noteEnds(nowMs: number): void {
    const over = [...this.#running].filter((name) => !isHeld(this.#holds.get(name), nowMs));
    for (const name of over) this.#running.delete(name);
    if (over.length > 0) this.#listeners.onHold();
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
    const { labels, annotations, deletionTimestamp } = event.meta;
    this.#hold(name, event.type === 'gone' ? {} : annotations);
    this.#set(name, event.type === 'gone' ? undefined : { name, labels, isTerminating: deletionTimestamp !== undefined });
  }

  #hold(name: string, annotations: ObjectMeta['annotations']): void {
    const before = this.#holds.get(name);
    const rule = { nowMs: this.#clock.now(), longestMs: this.#listeners.longestHoldMs(), before };
    const hold = readHold(annotations[holdUntilAnnotation], annotations[holdReasonAnnotation], rule);
    if (hold === undefined) this.#holds.delete(name);
    else this.#holds.set(name, hold);
    if (hold?.writtenMs === before?.writtenMs) return;
    if (hold === undefined) this.#running.delete(name);
    else this.#running.add(name);
    this.#listeners.onHold();
  }

  #listed(): void {
    const seen = this.#listing;
    this.#listing = undefined;
    this.#isBlind = false;
    if (seen === undefined) return;
    for (const name of this.#namespaces.keys()) {
      if (seen.has(name)) continue;
      this.#hold(name, {});
      this.#set(name, undefined);
    }
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
