import type { Bus, Item, Stored } from '@accord/bus/bus';
import { Entries, type Entry } from '@accord/core/follow/entries';
import { recordPlan, tombstoneKeptMs, type FleetPlan, type PublishedAnchor, type PublishedFleet } from '@accord/core/fleet/plan-fleet';
import { planReclaim } from '@accord/core/fleet/plan-reclaim';
import { equalBytes } from '@accord/proto/canonical';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import type { Index, Statement } from '@accord/proto/messages';
import {
  compareFences,
  openDocument,
  openIndexElsewhere,
  peekDocument,
  sealDocument,
  sealIndex,
  type Signer,
} from '@accord/proto/document';
import type { TrustedKeys } from '@accord/proto/seal';
import {
  desiredFilter,
  desiredSubject,
  indexSubject,
  isSetAnchor,
  parseDesired,
  parseIndex,
  type Anchor,
  type Doc,
} from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { mapAhead } from '@accord/runtime/map-ahead';

export interface FleetLogDeps {
  readonly bus: Bus;
  readonly signer: Signer;
  readonly keys: TrustedKeys;
  readonly clock: Clock;
  readonly log: Log;
  /** Gets the record of each cluster as it stands in a set. */
  readonly onRecord?: (subject: string, body: Uint8Array) => void;
  /** Gets what a signed index says to be there, as it was read: whoever relies on more of it asks for what is `verified`. */
  readonly onFound?: (subject: string, statement: Statement) => void;
  /** Gets each plan once it is stored. */
  readonly onStored?: (plan: FleetPlan, atMs: number) => void;
}

/** As it was read; the body of records alone. */
interface Document {
  readonly statement: Statement;
  readonly body: Uint8Array | undefined;
}

/** Of an index, what it says, or why that cannot be believed. */
interface ReadMessage {
  readonly stored: Stored | 'caught-up';
  readonly index?: Index | CodedError;
}

interface Mending {
  readonly entries: Entries;
  readonly documents: ReadonlyMap<string, Document>;
}

/** A write whose outcome is unknown is repeated, under its own name, for about this long. */
const attemptsMax = 60;
const attemptPauseMs = 250;
/** So many signatures are verified on other threads while one message is taken in: a large fleet has an index for each cluster. */
const verifiedAhead = 64;

/** The only writer of FLEET. It knows what stands there and writes differences, each one whole or not at all. */
export class FleetLog {
  readonly #deps: FleetLogDeps;
  readonly published: PublishedFleet = new Map();
  /** Highest sequence of an index: how far the history of desired state has come. */
  lastSeq = 0;
  #isKnown = false;
  #isMended = false;
  #writes = 0;

  constructor(deps: FleetLogDeps) {
    this.#deps = deps;
  }

  /**
   * Reads what stands in FLEET, unless that is known. Returns the highest epoch there; 0 when it is empty.
   *
   * A writer that died between an index and its document left an entry that nobody can read. Such an entry is taken for what the
   * document says, so that the next difference writes it again.
   */
  async load(signal: AbortSignal): Promise<number> {
    if (this.#isKnown) return this.#epoch();
    this.published.clear();
    const documents = new Map<string, Document>();
    const unreadable = new Map<Anchor, number>();
    const atEnd = new AbortController();
    const reading = AbortSignal.any([signal, atEnd.signal]);
    let isCaughtUp = false;
    const all = this.#deps.bus.follow({ stream: 'FLEET', filters: [], afterSeq: 0, lastPerSubject: true }, reading);
    for await (const { stored, index } of mapAhead(all, verifiedAhead, (one) => this.#openElsewhere(one))) {
      if (stored === 'caught-up') {
        isCaughtUp = true;
        break;
      }
      if (index === undefined) this.#read(stored, documents);
      else this.#learn(stored, index, unreadable);
    }
    atEnd.abort();
    // Half of FLEET looks like one that was lost, and that would start an epoch.
    if (!isCaughtUp) throw new CodedError('unavailable', 'read FLEET: stopped before its end');
    for (const [anchor, seq] of unreadable) this.published.set(anchor, await this.#rebuilt(anchor, seq, documents));
    if (unreadable.size > 0) this.#isMended = true;
    await this.#mendEntries(documents);
    this.#isKnown = true;
    return this.#epoch();
  }

  /** True once after a load that found something half done: then every document is to be looked at. */
  takeMended(): boolean {
    const isMended = this.#isMended;
    this.#isMended = false;
    return isMended;
  }

  /** Rejects with `conflict` when another planner wrote first, or `timeout`; what stands there is read again before the next plan. */
  async store(plan: FleetPlan, signal: AbortSignal): Promise<void> {
    const { signer, clock, onStored } = this.#deps;
    const documents = plan.documents.map(({ subject, statement, body }): Item => {
      const ttl = statement.deleted === true ? { ttlSeconds: tombstoneKeptMs / 1000 } : {};
      return { subject, body: sealDocument(signer, statement, body), ...ttl };
    });
    const indexes = plan.indexes.map(({ subject, index, entries, expectSeq }): Item => ({
      subject,
      body: sealIndex(signer, subject, index, { issuedAtMs: Math.round(clock.now()), digest: entries.digest() }),
      expectSeq,
    }));
    this.#writes += 1;
    const seq = await this.#append([...documents, ...indexes], `planner.${process.pid}.${Math.round(clock.now())}.${this.#writes}`, signal);
    // The items of one batch take consecutive places, and the indexes are last.
    const first = seq - indexes.length + 1;
    const seqOf = new Map(indexes.map(({ subject }, at) => [subject, first + at]));
    recordPlan(this.published, plan, (subject) => seqOf.get(subject) ?? 0);
    this.lastSeq = Math.max(this.lastSeq, seq);
    onStored?.(plan, clock.now());
  }

  /**
   * Takes anchors that nobody reads any more out of FLEET. Documents before their index: a hub that dies in between finds the index and
   * takes the anchor away again. Rejects as `store` does.
   */
  async reclaim(anchors: ReadonlySet<Anchor>, epoch: number, signal: AbortSignal): Promise<void> {
    const kept = planReclaim(this.published, anchors, epoch);
    if (kept.indexes.length > 0) await this.store(kept, signal);
    for (const anchor of anchors) {
      await this.#deps.bus.purge(desiredFilter(anchor));
      await this.#deps.bus.purge(indexSubject(anchor));
      this.published.delete(anchor);
    }
  }

  /** The next hub finds what a stop leaves half done. The same transaction for every attempt: what an earlier one stored is found, and what it left half done is finished. */
  async #append(items: readonly Item[], tx: string, signal: AbortSignal): Promise<number> {
    const { bus, clock } = this.#deps;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await bus.append(items, tx)).seq;
      } catch (error) {
        const isUnknown = isCoded(error, 'timeout', 'unavailable');
        if (!isUnknown || attempt === attemptsMax || signal.aborted) {
          this.#isKnown = false;
          throw error;
        }
        await clock.sleep(attemptPauseMs, signal);
      }
    }
  }

  async #openElsewhere(stored: Stored | 'caught-up'): Promise<ReadMessage> {
    if (stored === 'caught-up' || parseIndex(stored.subject) === undefined) return { stored };
    try {
      return { stored, index: await openIndexElsewhere(stored.body, stored.subject, this.#deps.keys) };
    } catch (error) {
      if (!isCoded(error)) throw error;
      return { stored, index: error };
    }
  }

  #learn({ subject, seq }: Stored, index: Index | CodedError, unreadable: Map<Anchor, number>): void {
    const anchor = parseIndex(subject);
    if (anchor === undefined) return;
    this.lastSeq = Math.max(this.lastSeq, seq);
    if (isCoded(index)) {
      // Not ours: the next write of this anchor replaces it, behind the expectation on its sequence.
      this.#deps.log.error('an index on the bus is not ours', { subject, seq, because: index.message });
      unreadable.set(anchor, seq);
      return;
    }
    const { epoch, version, entries } = index;
    this.published.set(anchor, { epoch, version, seq, entries: Entries.of(entries) });
  }

  /** Of thousands of documents nearly all are what a signed index says of them; the signatures of the others are looked at. */
  #read({ subject, body: bytes }: Stored, documents: Map<string, Document>): void {
    try {
      const { statement, body } = peekDocument(bytes, subject);
      const anchor = parseDesired(subject)?.anchor;
      documents.set(subject, { statement, body: anchor !== undefined && isSetAnchor(anchor) ? body : undefined });
    } catch (error) {
      if (!isCoded(error)) throw error;
      this.#deps.log.error('a document on the bus is not ours', { subject, because: error.message });
    }
  }

  /** What a document says of whom nobody else vouches; undefined when it is not there, or not ours. */
  async verified(subject: string): Promise<Statement | undefined> {
    const { bus, keys, log } = this.#deps;
    const stored = await bus.last(subject);
    try {
      return stored === undefined ? undefined : openDocument(stored.body, subject, keys).statement;
    } catch (error) {
      if (!isCoded(error)) throw error;
      log.error('a document on the bus is not ours', { subject, because: error.message });
      return undefined;
    }
  }

  async #mendEntries(documents: ReadonlyMap<string, Document>): Promise<void> {
    for (const [anchor, { entries }] of this.published as Map<Anchor, { readonly entries: Entries }>) {
      for (const doc of [...entries.docs()]) await this.#mendEntry(anchor, doc, { entries, documents });
    }
  }

  async #mendEntry(anchor: Anchor, doc: Doc, { entries, documents }: Mending): Promise<void> {
    const entry = entries.get(doc);
    const subject = desiredSubject(anchor, doc);
    const found = documents.get(subject);
    // The document of an old tombstone has gone away by itself, and nobody needs it.
    if (entry === undefined || (entry.deleted && found === undefined)) return;
    if (found !== undefined && isSaidBy(found.statement, entry)) {
      this.#deps.onFound?.(subject, found.statement);
      if (found.body !== undefined) this.#deps.onRecord?.(subject, found.body);
      return;
    }
    this.#isMended = true;
    this.#deps.log.warn('an index names a document that is not there; it is written again', { anchor, doc });
    const statement = await this.verified(subject);
    if (statement === undefined) entries.drop(doc);
    else entries.put(doc, entryOf(statement));
  }

  /**
   * What the index of an anchor said, out of the documents that stand there. An index that began anew would be complete without them, and
   * clusters would remove what it does not name.
   */
  async #rebuilt(anchor: Anchor, seq: number, documents: ReadonlyMap<string, Document>): Promise<PublishedAnchor> {
    const found: { readonly doc: Doc; readonly statement: Statement }[] = [];
    for (const subject of documents.keys()) {
      const place = parseDesired(subject);
      const statement = place?.anchor === anchor ? await this.verified(subject) : undefined;
      if (place !== undefined && statement !== undefined) found.push({ doc: place.doc, statement });
    }
    const epoch = Math.max(0, ...found.map(({ statement }) => statement.epoch));
    const ofEpoch = found.filter(({ statement }) => statement.epoch === epoch);
    const entries = new Entries();
    for (const { doc, statement } of ofEpoch) entries.put(doc, entryOf(statement));
    return { epoch, version: Math.max(0, ...ofEpoch.map(({ statement }) => statement.version)), seq, entries };
  }

  #epoch(): number {
    return Math.max(0, ...[...this.published.values()].map(({ epoch }) => epoch));
  }
}

function isSaidBy(statement: Statement, entry: Entry): boolean {
  return compareFences(statement, entry) === 0 && statement.deleted === entry.deleted && equalBytes(statement.bodyDigest, entry.digest);
}

function entryOf({ epoch, revision, step, bodyDigest: digest, deleted, issuedAtMs }: Statement): Entry {
  return { epoch, revision, step, digest, deleted, deletedAtMs: deleted ? issuedAtMs : 0 };
}
