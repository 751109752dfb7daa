import type { ObjectKey } from '@accord/proto/ids';
import type { WatchEvent } from '../kube/kube.ts';

export type ObjectEvent = Exclude<WatchEvent, { type: 'listed' }>;

/** Objects that a request of ours is about. Its echo looks like drift, so the latest event of such an object waits for the answer. */
export class InFlight {
  readonly #waiting = new Map<ObjectKey, ObjectEvent | undefined>();

  has(key: ObjectKey): boolean {
    return this.#waiting.has(key);
  }

  begin(key: ObjectKey): void {
    this.#waiting.set(key, undefined);
  }

  /** False where no request is about its object: then it need not wait. */
  keeps(event: ObjectEvent): boolean {
    if (!this.#waiting.has(event.key)) return false;
    this.#waiting.set(event.key, event);
    return true;
  }

  /** Returns what has waited. */
  end(key: ObjectKey): ObjectEvent | undefined {
    const event = this.#waiting.get(key);
    this.#waiting.delete(key);
    return event;
  }
}
