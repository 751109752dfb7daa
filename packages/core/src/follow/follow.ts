/** The spoke's follower of one anchor, as a state machine. SPEC.md beside this file gives the complete table. */
import { equalBytes } from '@accord/proto/canonical';
import { compareFences } from '@accord/proto/document';
import type { Index } from '@accord/proto/messages';
import { parseDesired, type Anchor, type Doc } from '@accord/proto/subjects';
import type { HeldDocument } from '../desired/desired-set.ts';
import { Entries } from './entries.ts';

export type Phase = 'off' | 'reading' | 'fetching' | 'live';

/** Live messages kept while the index is read; beyond it the highest version is enough. */
export const queueMax = 1000;
const rereadMsStep = 50;
const rereadMsMax = 30_000;
const tickCheckSpreadMs = 60_000;
const askedCheckSpreadMs = 2_000;

/** Owned by one caller and changed in place by `follow`. */
export interface FollowState {
  readonly anchor: Anchor;
  phase: Phase;
  /** Of the last complete set. Never goes back. */
  epoch: number;
  version: number;
  entries: Entries;
  /** An index of this epoch below this version comes from a replica that is behind. */
  floor: { epoch: number; version: number };
  queue: HeldDocument[];
  fetching: { readonly index: Index; readonly missing: Set<Doc>; readonly got: HeldDocument[] } | undefined;
  attempt: number;
}

export type FollowEvent =
  | { readonly type: 'connected' }
  | { readonly type: 'disconnected' }
  | { readonly type: 'index-read'; readonly index: Index | undefined }
  | { readonly type: 'document-read'; readonly doc: Doc; readonly document: HeldDocument | undefined }
  /** No answer, or one whose signature is wrong. */
  | { readonly type: 'read-failed'; readonly alarm: string | undefined }
  /** A verified live document. */
  | { readonly type: 'live'; readonly document: HeldDocument }
  | { readonly type: 'live-refused'; readonly alarm: string }
  /** The hub asks, or a tick tells that something may have been missed. */
  | { readonly type: 'check'; readonly asked: boolean };

export type FollowAction =
  | { readonly type: 'subscribe' }
  /** After `afterMs` and a random part of `spreadMs`. */
  | { readonly type: 'read-index'; readonly afterMs: number; readonly spreadMs: number }
  | { readonly type: 'fetch'; readonly docs: readonly Doc[] }
  /** Answers to requests that are in flight are to be thrown away. */
  | { readonly type: 'abandon' }
  /** One step of a live anchor. */
  | { readonly type: 'put'; readonly doc: Doc; readonly document: HeldDocument }
  /** The whole set at once: what changed, and what is no longer there. */
  | { readonly type: 'replace'; readonly documents: readonly HeldDocument[]; readonly left: readonly Doc[] }
  | { readonly type: 'alarm'; readonly text: string };

/** Not connected yet. With `known` it goes on from what was held before, and asks only for what differs. */
export function startFollowing(
  anchor: Anchor,
  known?: { readonly epoch: number; readonly version: number; readonly entries: Entries },
): FollowState {
  const { epoch, version, entries } = known ?? { epoch: 0, version: 0, entries: new Entries() };
  return { anchor, phase: 'off', epoch, version, entries, floor: { epoch, version }, queue: [], fetching: undefined, attempt: 0 };
}

/** Takes one event and says what is to be done. It asks nobody, so every order of events can be tried. */
export function follow(state: FollowState, event: FollowEvent): readonly FollowAction[] {
  switch (event.type) {
    case 'connected':
      // Subscribe first and read afterwards, or a message in between is lost.
      return [{ type: 'subscribe' }, ...read(state, 0)];
    case 'disconnected':
      return stop(state);
    case 'check':
      return state.phase === 'live'
        ? [{ type: 'read-index', afterMs: 0, spreadMs: event.asked ? askedCheckSpreadMs : tickCheckSpreadMs }]
        : [];
    case 'index-read':
      return state.phase === 'off' || state.phase === 'fetching' ? [] : onIndex(state, event.index);
    case 'document-read':
      return state.phase === 'fetching' ? onDocument(state, event.doc, event.document) : [];
    case 'read-failed':
      return state.phase === 'off' ? [] : [...alarmOf(event.alarm), ...readAgain(state)];
    case 'live':
      return onLive(state, event.document);
    case 'live-refused':
      return [{ type: 'alarm', text: event.alarm }];
  }
}

function stop(state: FollowState): readonly FollowAction[] {
  state.phase = 'off';
  state.queue = [];
  state.fetching = undefined;
  state.attempt = 0;
  return [{ type: 'abandon' }];
}

function read(state: FollowState, afterMs: number): readonly FollowAction[] {
  state.phase = 'reading';
  state.fetching = undefined;
  return [{ type: 'read-index', afterMs, spreadMs: 0 }];
}

function readAgain(state: FollowState): readonly FollowAction[] {
  state.attempt += 1;
  return [{ type: 'abandon' }, ...read(state, Math.min(rereadMsStep * 2 ** Math.min(state.attempt - 1, 10), rereadMsMax))];
}

function onIndex(state: FollowState, index: Index | undefined): readonly FollowAction[] {
  if (index === undefined) {
    // A 404 never removes anything: the index is late on this replica, or lost, and only the hub can tell.
    if (state.version > 0 || state.floor.version > 0) return [{ type: 'alarm', text: `IndexMissing ${state.anchor}` }, ...readAgain(state)];
    // Where none was ever known, what is held out of mirrors stays held until an index says more.
    return goLive(state, { anchor: state.anchor, epoch: 0, version: 0, entries: state.entries.list() }, []);
  }
  // A check reads beside the live path; what it finds may already have been overtaken.
  if (state.phase === 'live' && index.epoch === state.epoch && index.version <= state.version) return [];
  const isStale =
    index.epoch < state.epoch ||
    index.epoch < state.floor.epoch ||
    (index.epoch === state.floor.epoch && index.version < state.floor.version);
  if (isStale) return readAgain(state);
  const missing = new Set(index.entries.filter((entry) => isWanted(state, entry)).map(({ doc }) => doc as Doc));
  if (missing.size === 0) return goLive(state, index, []);
  state.phase = 'fetching';
  state.fetching = { index, missing, got: [] };
  return [{ type: 'fetch', docs: [...missing] }];
}

/** A tombstone is read only where the document is held: it may say how much may be removed, or where the policy moved. */
function isWanted(state: FollowState, entry: Index['entries'][number]): boolean {
  const held = state.entries.get(entry.doc as Doc);
  if (entry.deleted) return held !== undefined && !held.deleted;
  return held === undefined || held.deleted || compareFences(held, entry) !== 0 || !equalBytes(held.digest, entry.digest);
}

function onDocument(state: FollowState, doc: Doc, document: HeldDocument | undefined): readonly FollowAction[] {
  const { fetching } = state;
  if (fetching === undefined || !fetching.missing.has(doc)) return [];
  const entry = fetching.index.entries.find((candidate) => candidate.doc === doc);
  const isExpired = entry?.deleted === true && document === undefined;
  const isRight =
    entry !== undefined &&
    document !== undefined &&
    compareFences(document.statement, entry) === 0 &&
    equalBytes(document.statement.bodyDigest, entry.digest);
  // Something newer was written, or the writer stopped between index and document: keep what there is and look again.
  if (!isRight && !isExpired) return readAgain(state);
  fetching.missing.delete(doc);
  if (document !== undefined) fetching.got.push(document);
  return fetching.missing.size > 0 ? [] : goLive(state, fetching.index, fetching.got);
}

function goLive(state: FollowState, index: Index, documents: readonly HeldDocument[]): readonly FollowAction[] {
  const entries = Entries.of(index.entries);
  // A tombstone that was read says more than absence: how much may be removed, and where the policy moved.
  const buried = new Set(documents.map(({ statement }) => parseDesired(statement.subject)?.doc));
  const left = [...state.entries.docs()].filter((doc) => isHeld(state.entries, doc) && !isHeld(entries, doc) && !buried.has(doc));
  const queue = state.queue;
  Object.assign(state, { phase: 'live', epoch: index.epoch, version: index.version, entries, queue: [], fetching: undefined, attempt: 0 });
  raiseFloor(state, index.epoch, index.version);
  const actions: FollowAction[] = [{ type: 'replace', documents, left }];
  for (const document of queue) actions.push(...onLive(state, document));
  return actions;
}

function isHeld(entries: Entries, doc: Doc): boolean {
  return entries.get(doc)?.deleted === false;
}

function onLive(state: FollowState, document: HeldDocument): readonly FollowAction[] {
  const { epoch, version } = document.statement;
  if (state.phase === 'off' || epoch < state.epoch) return [];
  if (state.phase === 'reading' || state.phase === 'fetching') {
    if (state.queue.length < queueMax) state.queue.push(document);
    else {
      state.queue = [];
      raiseFloor(state, epoch, version);
    }
    return [];
  }
  if (epoch === state.epoch && version <= state.version) return [];
  const isNext = epoch === state.epoch && version === state.version + 1;
  const doc = parseDesired(document.statement.subject)?.doc;
  if (!isNext || doc === undefined || !extendsIndex(state, doc, document)) {
    raiseFloor(state, epoch, version);
    return read(state, 0);
  }
  state.version = version;
  raiseFloor(state, epoch, version);
  return [{ type: 'put', doc, document }];
}

/**
 * Equality of the digest proves that the whole anchor is complete, not only that this document is new. Of several documents that are
 * written together only the last says it; the others are proven by it, and by their versions.
 */
function extendsIndex(state: FollowState, doc: Doc, { statement }: HeldDocument): boolean {
  const before = state.entries.get(doc);
  const { epoch, revision, step, bodyDigest: digest, deleted, issuedAtMs } = statement;
  state.entries.put(doc, { epoch, revision, step, digest, deleted, deletedAtMs: deleted ? issuedAtMs : 0 });
  if (statement.indexDigest.length === 0 || equalBytes(state.entries.digest(), statement.indexDigest)) return true;
  if (before === undefined) state.entries.drop(doc);
  else state.entries.put(doc, before);
  return false;
}

function raiseFloor(state: FollowState, epoch: number, version: number): void {
  const isHigher = epoch > state.floor.epoch || (epoch === state.floor.epoch && version > state.floor.version);
  if (isHigher) state.floor = { epoch, version };
}

function alarmOf(text: string | undefined): readonly FollowAction[] {
  return text === undefined ? [] : [{ type: 'alarm', text }];
}
