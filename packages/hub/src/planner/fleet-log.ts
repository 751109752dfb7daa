import type { Bus, Item } from '@accord/bus/bus';
import { Entries } from '@accord/core/follow/entries';
import { recordPlan, tombstoneKeptMs, type FleetPlan, type PublishedFleet } from '@accord/core/fleet/plan-fleet';
import { isCoded } from '@accord/proto/coded-error';
import { openIndex, sealDocument, sealIndex, type Signer } from '@accord/proto/document';
import type { TrustedKeys } from '@accord/proto/seal';
import { indexSubject, parseIndex, type Anchor } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';

export interface FleetLogDeps {
  readonly bus: Bus;
  readonly signer: Signer;
  readonly keys: TrustedKeys;
  readonly clock: Clock;
  readonly log: Log;
}

/** The only writer of FLEET. It knows what stands there and writes differences, each one whole or not at all. */
export class FleetLog {
  readonly #deps: FleetLogDeps;
  readonly published: PublishedFleet = new Map();
  /** Highest sequence of an index: how far the history of desired state has come. */
  lastSeq = 0;
  #attempts = 0;

  constructor(deps: FleetLogDeps) {
    this.#deps = deps;
  }

  /** Reads all indexes once. Returns the highest epoch that stands in FLEET; 0 when it is empty. */
  async load(signal: AbortSignal): Promise<number> {
    let epoch = 0;
    for await (const stored of this.#deps.bus.follow({ stream: 'FLEET', filters: ['index.>'], afterSeq: 0, lastPerSubject: true }, signal)) {
      if (stored === 'caught-up') break;
      epoch = Math.max(epoch, this.#learn(stored.subject, stored.seq, stored.body));
    }
    return epoch;
  }

  /** Rejects with `conflict` when another planner wrote first; what it wrote has been read then, so that the next plan starts from it. */
  async store(plan: FleetPlan): Promise<void> {
    const { bus, signer, clock } = this.#deps;
    this.#attempts += 1;
    const documents = plan.documents.map(({ subject, statement, body }): Item => {
      const ttl = statement.deleted === true ? { ttlSeconds: tombstoneKeptMs / 1000 } : {};
      return { subject, body: sealDocument(signer, statement, body), ...ttl };
    });
    const indexes = plan.indexes.map(({ subject, index, expectSeq }): Item => ({ subject, body: sealIndex(signer, subject, index, Math.round(clock.now())), expectSeq }));
    try {
      const { seq } = await bus.append([...documents, ...indexes], `planner.${process.pid}.${clock.now()}.${this.#attempts}`);
      // The items of one batch take consecutive places, and the indexes are last.
      const first = seq - indexes.length + 1;
      const seqOf = new Map(indexes.map(({ subject }, at) => [subject, first + at]));
      recordPlan(this.published, plan, (subject) => seqOf.get(subject) ?? 0);
      this.lastSeq = Math.max(this.lastSeq, seq);
    } catch (error) {
      if (isCoded(error, 'conflict', 'timeout')) await this.#reload(plan.indexes.map(({ index }) => index.anchor as Anchor));
      throw error;
    }
  }

  async #reload(anchors: readonly Anchor[]): Promise<void> {
    for (const anchor of anchors) {
      const stored = await this.#deps.bus.last(indexSubject(anchor));
      if (stored === undefined) this.published.delete(anchor);
      else this.#learn(stored.subject, stored.seq, stored.body);
    }
  }

  #learn(subject: string, seq: number, bytes: Uint8Array): number {
    const anchor = parseIndex(subject);
    if (anchor === undefined) return 0;
    this.lastSeq = Math.max(this.lastSeq, seq);
    try {
      const { epoch, version, entries } = openIndex(bytes, subject, this.#deps.keys);
      this.published.set(anchor, { epoch, version, seq, entries: Entries.of(entries) });
      return epoch;
    } catch (error) {
      if (!isCoded(error)) throw error;
      // Not ours: the next write of this anchor replaces it, behind the expectation on its sequence.
      this.#deps.log.error('an index on the bus is not ours', { subject, seq, because: error.message });
      this.published.set(anchor, { epoch: 0, version: 0, seq, entries: new Entries() });
      return 0;
    }
  }
}
