import { equalBytes, sha256 } from '@accord/proto/canonical';
import { compareFences, type Fence } from '@accord/proto/document';
import type { Change, Index, Statement } from '@accord/proto/messages';
import { desiredSubject, indexSubject, isSetAnchor, isSystemDoc, type Anchor, type Doc } from '@accord/proto/subjects';
import { Entries } from '../follow/entries.ts';

/** One document as it must stand in FLEET, wherever it is anchored. */
export interface WantedDocument {
  readonly doc: Doc;
  /** Where it must be; empty for a document that must be nowhere. */
  readonly anchors: readonly Anchor[];
  /** The record of a cluster, for the members of its sets. It may have the name of a policy, and is not one. */
  readonly isRecord?: true;
  readonly fence: Pick<Fence, 'revision' | 'step'>;
  readonly body: Uint8Array;
  readonly createdAtMs: number;
  readonly acceptedAtMs: number;
  readonly change: Change;
  readonly requires: readonly string[];
  readonly removalsMax: number;
  readonly removalsConfirmed?: number;
}

/** What the planner knows to stand in FLEET: one index per anchor, and the sequence at which it was read. */
export interface PublishedAnchor {
  readonly epoch: number;
  readonly version: number;
  readonly seq: number;
  readonly entries: Entries;
}
export type PublishedFleet = Map<Anchor, PublishedAnchor>;

export interface PlannedDocument {
  readonly subject: string;
  readonly statement: Partial<Statement>;
  readonly body: Uint8Array;
}

export interface PlannedIndex {
  readonly subject: string;
  readonly index: Index;
  /** The same as `index.entries`. */
  readonly entries: Entries;
  readonly expectSeq: number;
}

/** One atomic step: documents in the order in which they must arrive, then the index of each touched anchor. */
export interface FleetPlan {
  readonly documents: readonly PlannedDocument[];
  readonly indexes: readonly PlannedIndex[];
}

export interface FleetPlanOptions {
  readonly epoch: number;
  readonly nowMs: number;
  /** Stop adding documents beyond this; the rest follows in the next plan. */
  readonly documentsMax: number;
  /** Or beyond so many messages to connected readers. Without it their number is no limit. */
  readonly deliveries?: { readonly max: number; readonly readersOf: (anchor: Anchor) => number };
}

/** A tombstone's entry stays as long as a spoke may have been away; absence says the same afterwards. */
export const tombstoneKeptMs = 30 * 24 * 3_600_000;

/** An anchor that a plan writes to. `last` is the place of its last document in the plan. */
interface Touched {
  epoch: number;
  version: number;
  expectSeq: number;
  readonly entries: Entries;
  last: number;
}

/**
 * The difference between what must stand in FLEET and what does: empty when nothing changed.
 *
 * Documents that are put come before tombstones, so that a policy that moves to another anchor arrives before it leaves.
 */
export function planFleet(
  published: PublishedFleet,
  wanted: readonly WantedDocument[],
  { epoch, nowMs, documentsMax, deliveries }: FleetPlanOptions,
): FleetPlan {
  const touched = new Map<Anchor, Touched>();
  const documents: PlannedDocument[] = [];
  let delivered = 0;
  let isFull = false;

  const write = (anchor: Anchor, document: WantedDocument, tombstone: Partial<Statement> | undefined): void => {
    delivered += deliveries?.readersOf(anchor) ?? 0;
    // What does not fit ends the plan. Nothing smaller that comes later may pass it: a policy would leave before it arrives.
    isFull ||= documents.length >= documentsMax || (documents.length > 0 && delivered > (deliveries?.max ?? Number.POSITIVE_INFINITY));
    if (isFull) return;
    const before = published.get(anchor);
    const index = touched.get(anchor) ?? {
      epoch,
      version: before?.epoch === epoch ? before.version : 0,
      expectSeq: before?.seq ?? 0,
      entries: carriedEntries(before, epoch, nowMs),
      last: 0,
    };
    touched.set(anchor, index);
    index.version += 1;
    index.last = documents.length;
    const { doc, fence, createdAtMs, acceptedAtMs, change, requires, removalsMax, removalsConfirmed = 0 } = document;
    const body = tombstone === undefined ? document.body : new Uint8Array();
    const deleted = tombstone !== undefined;
    index.entries.put(doc, { epoch, ...fence, digest: sha256(body), deleted, deletedAtMs: deleted ? nowMs : 0 });
    const place = { subject: desiredSubject(anchor, doc), epoch, ...fence, version: index.version };
    const times = { issuedAtMs: Math.round(nowMs), createdAtMs, acceptedAtMs, change };
    const statement = { ...place, ...times, requires, removalsMax, removalsConfirmed, specDigest: sha256(body), ...tombstone };
    documents.push({ subject: place.subject, statement, body });
  };

  for (const document of wanted) {
    for (const anchor of document.anchors) if (differs(published.get(anchor), document, epoch)) write(anchor, document, undefined);
  }
  // Thousands of clusters have an anchor each, and records are never there.
  const ofSets = [...published].filter(([anchor]) => isSetAnchor(anchor));
  const ofOthers = [...published].filter(([anchor]) => !isSetAnchor(anchor));
  for (const document of wanted) {
    // Every cluster has a document of this name, at its own anchor alone: those of the others are no old places of this one.
    if (isSystemDoc(document.doc)) continue;
    for (const [anchor, { entries }] of document.isRecord ? ofSets : ofOthers) {
      const entry = entries.get(document.doc);
      if (entry === undefined || document.anchors.includes(anchor)) continue;
      const order = compareFences(entry, { epoch, ...document.fence });
      const isDone = entry.epoch === epoch ? order > 0 || (order === 0 && entry.deleted) : entry.deleted;
      if (!isDone) write(anchor, document, { deleted: true, movedTo: document.isRecord ? [] : document.anchors });
    }
  }
  // One for each anchor: a set of ten thousand is hashed in a millisecond, and a plan may have hundreds of its documents.
  for (const { last, entries } of touched.values()) Object.assign(documents[last]?.statement ?? {}, { indexDigest: entries.digest() });
  return { documents, indexes: [...touched].map(([anchor, index]) => plannedIndex(anchor, index)) };
}

/** What stands in FLEET after a plan was stored; `seqOf` gives the sequence of each stored index. */
export function recordPlan(published: PublishedFleet, plan: FleetPlan, seqOf: (indexSubject: string) => number): void {
  for (const { subject, index, entries } of plan.indexes) {
    published.set(index.anchor as Anchor, {
      epoch: index.epoch,
      version: index.version,
      seq: seqOf(subject),
      entries,
    });
  }
}

function differs(published: PublishedAnchor | undefined, { doc, fence, body }: WantedDocument, epoch: number): boolean {
  const entry = published?.epoch === epoch ? published.entries.get(doc) : undefined;
  if (entry === undefined) return true;
  // A newer entry than ours, living or buried, was written by a hub that knows more.
  const order = compareFences(entry, { epoch, ...fence });
  return order < 0 || (order === 0 && (entry.deleted || !equalBytes(entry.digest, sha256(body))));
}

/** A new epoch starts with nothing: every document is signed anew. Old tombstones leave with the next ordinary write. */
function carriedEntries(before: PublishedAnchor | undefined, epoch: number, nowMs: number): Entries {
  if (before === undefined || before.epoch !== epoch) return new Entries();
  return before.entries.copy(({ deleted, deletedAtMs }) => !deleted || nowMs - deletedAtMs < tombstoneKeptMs);
}

function plannedIndex(
  anchor: Anchor,
  { epoch, version, expectSeq, entries }: { epoch: number; version: number; expectSeq: number; entries: Entries },
): PlannedIndex {
  return { subject: indexSubject(anchor), index: { anchor, epoch, version, entries: entries.list() }, entries, expectSeq };
}
