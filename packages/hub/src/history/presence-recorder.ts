import type { ClusterId } from '@accord/proto/ids';
import type { Connection } from '@accord/core/view/presence';
import type { Clock } from '@accord/runtime/clock';
import type { EventRecorder } from './event-recorder.ts';

export interface PresenceRecorderDeps {
  readonly recorder: EventRecorder;
  readonly clock: Clock;
  readonly connectionOf: (id: ClusterId) => Connection;
  /** The last state of each cluster that was recorded before: a hub that starts tells only what is otherwise since. */
  readonly recorded: Iterable<readonly [string, string]>;
}

/** Tells when a cluster comes or goes. Before it is known which, nothing is told. */
export class PresenceRecorder {
  readonly #deps: PresenceRecorderDeps;
  readonly #last: Map<string, string>;

  constructor(deps: PresenceRecorderDeps) {
    this.#deps = deps;
    this.#last = new Map(deps.recorded);
  }

  /** To be called when the connection of a cluster may have changed. */
  see(id: ClusterId): void {
    const { recorder, clock, connectionOf } = this.#deps;
    const connection = connectionOf(id);
    if (connection.state === 'unknown' || this.#last.get(id) === connection.state) return;
    this.#last.set(id, connection.state);
    const sinceMs = connection.state === 'offline' ? connection.sinceMs : 0;
    recorder.presence({ cluster: id, state: connection.state, atMs: clock.now(), sinceMs });
  }
}
