import { anchorsOfFact } from '@accord/core/cluster/anchors-of';
import type { Registry } from '@accord/core/registry/registry';
import type { Anchor } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import type { Connections } from '../connections/connections.ts';

export interface AudienceDeps {
  readonly registry: Registry;
  readonly connections: Pick<Connections, 'linkOf'>;
  readonly clock: Clock;
}

const recountMs = 5_000;

/** How many connected clusters read each anchor: to so many the server delivers each document of it, before it answers the writer. */
export class Audience {
  readonly #deps: AudienceDeps;
  #readers = new Map<Anchor, number>();
  #countedAtMs = Number.NEGATIVE_INFINITY;

  constructor(deps: AudienceDeps) {
    this.#deps = deps;
  }

  /** As it was five seconds ago at most. */
  readonly readersOf = (anchor: Anchor): number => {
    const nowMs = this.#deps.clock.now();
    if (nowMs - this.#countedAtMs >= recountMs) {
      this.#readers = this.#count();
      this.#countedAtMs = nowMs;
    }
    return this.#readers.get(anchor) ?? 0;
  };

  #count(): Map<Anchor, number> {
    const { registry, connections } = this.#deps;
    const readers = new Map<Anchor, number>();
    for (const { body } of registry.clusters.values()) {
      if ((connections.linkOf(body.publicKey)?.open ?? 0) === 0) continue;
      for (const anchor of anchorsOfFact(body)) readers.set(anchor, (readers.get(anchor) ?? 0) + 1);
    }
    return readers;
  }
}
