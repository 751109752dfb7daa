import type { KubeObject } from '@accord/proto/kube-api';
import { renderVersion } from './resource-version.ts';

export interface FeedEvent {
  readonly shown: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
  /** The object as it was shown before; a selector may have matched it then. */
  readonly before: KubeObject | undefined;
}

/** One object of the kind as it is now, with the sequence of its last fact. */
export interface Rendered {
  readonly object: KubeObject;
  readonly seq: number;
}

export interface FeedOptions {
  /** Names of all objects of the kind that there may be. */
  readonly names: () => Iterable<string>;
  /** Called before a read renders one object or all of them. */
  readonly begin: () => void;
  readonly render: (name: string, before: KubeObject | undefined) => Rendered | undefined;
  readonly intentSeq: () => number;
  readonly startMs: number;
}

interface Shown {
  readonly object: KubeObject;
  readonly fingerprint: string;
}

const eventsMax = 2_000;

/**
 * The objects of one kind as they were last shown, and the differences between one showing and the next.
 *
 * Every read renders anew, so that what is read is never older than what was folded; a difference becomes an event for watches.
 */
export class ResourceFeed {
  readonly #options: FeedOptions;
  readonly #shown = new Map<string, Shown>();
  readonly #listeners = new Set<(event: FeedEvent) => void>();
  #events: FeedEvent[] = [];
  /** Starts beyond every number of an earlier process: none makes 100 events per millisecond. */
  #last: number;
  /** Events up to this number can no longer be replayed. */
  #floor: number;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#last = 1 + Math.floor(options.startMs) * 100;
    this.#floor = this.#last;
  }

  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  /** Number of the newest event. */
  get shown(): number {
    return this.#last;
  }

  /** Resource version of the collection. */
  get version(): string {
    return renderVersion({ shown: this.#last, seq: this.#options.intentSeq() });
  }

  get(name: string): KubeObject | undefined {
    this.#options.begin();
    return this.#refresh(name);
  }

  /** All objects, by name. */
  list(): readonly KubeObject[] {
    this.#options.begin();
    const names = new Set([...this.#shown.keys(), ...this.#options.names()]);
    return [...names].toSorted().flatMap((name) => this.#refresh(name) ?? []);
  }

  /** The events after `shown`, at once, then those that come, until `signal` aborts. False when they are not kept any more. */
  follow(shown: number, listener: (event: FeedEvent) => void, signal: AbortSignal): boolean {
    if (shown < this.#floor || shown > this.#last) return false;
    for (const event of this.#events) if (event.shown > shown) listener(event);
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
    return true;
  }

  #refresh(name: string): KubeObject | undefined {
    const before = this.#shown.get(name);
    const now = this.#options.render(name, before?.object);
    if (now === undefined) {
      if (before !== undefined) this.#vanish(name, before.object);
      return undefined;
    }
    const fingerprint = fingerprintOf(now);
    // The same name with another uid is another object.
    const isSuccessor = before !== undefined && before.object.metadata.uid !== now.object.metadata.uid;
    if (isSuccessor) this.#vanish(name, before.object);
    if (before?.fingerprint === fingerprint) {
      const object = withVersion(now.object, before.object.metadata.resourceVersion);
      this.#shown.set(name, { object, fingerprint });
      return object;
    }
    this.#last += 1;
    const object = withVersion(now.object, renderVersion({ shown: this.#last, seq: now.seq }));
    this.#shown.set(name, { object, fingerprint });
    const isNew = before === undefined || isSuccessor;
    this.#emit({ shown: this.#last, type: isNew ? 'ADDED' : 'MODIFIED', object, before: isNew ? undefined : before.object });
    return object;
  }

  #vanish(name: string, before: KubeObject): void {
    this.#shown.delete(name);
    this.#last += 1;
    const resourceVersion = renderVersion({ shown: this.#last, seq: this.#options.intentSeq() });
    this.#emit({ shown: this.#last, type: 'DELETED', object: withVersion(before, resourceVersion), before });
  }

  #emit(event: FeedEvent): void {
    this.#events.push(event);
    if (this.#events.length > eventsMax * 2) {
      this.#events = this.#events.slice(-eventsMax);
      this.#floor = (this.#events[0]?.shown ?? this.#last) - 1;
    }
    for (const listener of this.#listeners) listener(event);
  }
}

/** The time of the last beat changes all the time and is news to nobody. */
function fingerprintOf({ object, seq }: Rendered): string {
  return `${seq} ${JSON.stringify(object.status, (key, value: unknown) => (key === 'lastSeenTime' ? undefined : value))}`;
}

function withVersion(object: KubeObject, resourceVersion: string): KubeObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion } };
}
