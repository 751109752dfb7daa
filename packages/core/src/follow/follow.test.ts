import { readFileSync } from 'node:fs';
import { sha256 } from '@accord/proto/canonical';
import type { Fence } from '@accord/proto/document';
import type { Index, IndexEntry, Statement } from '@accord/proto/messages';
import { anchorAll, desiredSubject, parseDesired, type Doc } from '@accord/proto/subjects';
import { describe, expect, test } from 'vitest';
import type { HeldDocument } from '../desired/desired-set.ts';
import { Entries } from './entries.ts';
import { heldDocument } from './example-fleet.ts';
import { follow, queueMax, startFollowing, type FollowAction, type FollowEvent, type FollowState, type Phase } from './follow.ts';

type Change = Partial<Fence> & { readonly deleted?: boolean; readonly text?: string };
const bodyOf = (name: string, { deleted = false, text = name }: Change): Uint8Array => new TextEncoder().encode(deleted ? '' : text);
const entry = (name: string, change: Change = {}): IndexEntry => {
  const { epoch = 1, revision = 1, step = 0, deleted = false } = change;
  return { doc: name, epoch, revision, step, digest: sha256(bodyOf(name, change)), deleted, deletedAtMs: deleted ? 5 : 0 };
};
const index = (version: number, entries: readonly IndexEntry[], epoch = 1): Index => ({ anchor: anchorAll, epoch, version, entries });
const document = (name: string, statement: Partial<Statement>, change: Change = {}): HeldDocument => {
  const { epoch = 1, revision = 1, step = 0, deleted = false } = change;
  return heldDocument(
    { subject: desiredSubject(anchorAll, name as Doc), epoch, revision, step, deleted, ...statement },
    bodyOf(name, change),
  );
};

const a = entry('a');
const b = entry('b');
const c = entry('c');
const buriedB = entry('b', { revision: 2, deleted: true });
const live = (version: number, change: Partial<Statement> = {}): FollowEvent => ({
  type: 'live',
  document: document('c', { version, indexDigest: Entries.of([a, b, c]).digest(), ...change }),
});
const read = (found: Index | undefined): FollowEvent => ({ type: 'index-read', index: found });
const fetched = (doc: string, found: HeldDocument | undefined): FollowEvent => ({
  type: 'document-read',
  doc: doc as Doc,
  document: found,
});

const events = {
  connected: { type: 'connected' },
  disconnected: { type: 'disconnected' },
  'the index is not found': read(undefined),
  'an index below the floor': read(index(1, [a])),
  'an index of a lower epoch': read(index(9, [a], 0)),
  'the index that is known': read(index(2, [a, b])),
  'an index without `b`': read(index(3, [a])),
  'an index with `c`': read(index(3, [a, b, c])),
  'an index with a tombstone of `b`': read(index(3, [a, buriedB])),
  'an index of a new epoch': read(index(1, [entry('a', { epoch: 2 })], 2)),
  'the document that the index names': fetched('c', document('c', {})),
  'an older document than the index names': fetched('c', document('c', {}, { revision: 0, text: 'old' })),
  'the document is not found': fetched('c', undefined),
  'a document that was not asked for': fetched('z', document('z', {})),
  'a read fails': { type: 'read-failed', alarm: undefined },
  'a read brings what cannot be believed': { type: 'read-failed', alarm: 'bad-signature' },
  'live: the next version': live(3),
  'live: a tombstone as the next version': {
    type: 'live',
    document: document('b', { version: 3, indexDigest: Entries.of([a]).digest() }, { revision: 2, deleted: true }),
  },
  'live: a version that is known': live(2),
  'live: a version beyond the next': live(4),
  'live: the next version with another digest': live(3, { indexDigest: sha256('other') }),
  'live: a higher epoch': live(1, { epoch: 2 }),
  'live: a lower epoch': live(9, { epoch: 0 }),
  'live: what cannot be believed': { type: 'live-refused', alarm: 'bad-signature' },
  'the hub asks for a check': { type: 'check', asked: true },
  'a tick asks for a check': { type: 'check', asked: false },
} as const satisfies Record<string, FollowEvent>;

const before: Record<Phase, readonly FollowEvent[]> = {
  off: [],
  reading: [events.connected],
  fetching: [events.connected, events['an index with `c`']],
  live: [events.connected, events['the index that is known']],
};
const phases = Object.keys(before) as Phase[];
/** Kept complete by the compiler: an event without a row is found by name. */
const eventTypes: Record<FollowEvent['type'], true> = {
  connected: true,
  disconnected: true,
  'index-read': true,
  'document-read': true,
  'read-failed': true,
  live: true,
  'live-refused': true,
  check: true,
};

function start(phase: Phase): FollowState {
  const state = startFollowing(anchorAll, { epoch: 1, version: 2, entries: Entries.of([a, b]) });
  for (const event of before[phase]) follow(state, event);
  expect(state.phase).toBe(phase);
  return state;
}

/** Cells of the table in SPEC.md, by event and phase. */
function specified(): ReadonlyMap<string, string> {
  const rows = readFileSync(new URL('SPEC.md', import.meta.url), 'utf8')
    .split('\n## ')
    .find((section) => section.startsWith('Table'));
  const lines = (rows ?? '').split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| event |'));
  return new Map(
    lines.flatMap((line) => {
      const [event = '', ...cells] = line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim());
      return cells.map((cell, at) => [`${event} / ${phases[at] ?? 'no phase'}`, cell] as const);
    }),
  );
}

describe('follow: the table', () => {
  const cells = specified();
  const combinations = Object.keys(events).flatMap((event) =>
    phases.map((phase) => [`${event} / ${phase}`, event as keyof typeof events, phase] as const),
  );

  test.each(combinations)('%s', (cell, event, phase) => {
    const state = start(phase);
    expect(after(state, events[event])).toBe(cells.get(cell));
  });

  test('every combination of state and event has a cell, and no cell is of anything else', () => {
    expect([...cells.keys()].toSorted()).toEqual(combinations.map(([cell]) => cell).toSorted());
  });

  test('every kind of event has a row', () => {
    expect([...new Set(Object.values(events).map(({ type }) => type))].toSorted()).toEqual(Object.keys(eventTypes).toSorted());
  });
});

describe('follow: beside the table', () => {
  test('an anchor that never had an index is live with nothing', () => {
    const state = startFollowing(anchorAll);
    follow(state, events.connected);
    expect(after(state, events['the index is not found'])).toBe('replace nothing → live');
  });

  test('the pauses before a missing index is read again grow from 50 ms to 30 s', () => {
    const state = start('reading');
    const pauses = Array.from({ length: 14 }, () =>
      follow(state, read(undefined)).flatMap((action) => (action.type === 'read-index' ? action.afterMs : [])),
    );
    expect(pauses.flat().slice(0, 4)).toEqual([50, 100, 200, 400]);
    expect(pauses.flat().at(-1)).toBe(30_000);
  });

  test('what was queued is played once the set is complete', () => {
    const state = start('reading');
    follow(state, events['live: the next version']);
    expect(after(state, events['the index that is known'])).toBe('replace nothing, put c → live');
    expect(state.version).toBe(3);
  });

  test('of a queue that is full only the highest version is kept, and a lower index is read again', () => {
    const state = start('reading');
    for (let version = 3; version <= queueMax + 3; version += 1) follow(state, live(version));
    expect(state.queue).toEqual([]);
    expect(state.floor.version).toBe(queueMax + 3);
    expect(after(state, read(index(queueMax + 2, [a, b, c])))).toContain('read the index after');
    expect(after(state, read(index(queueMax + 3, [a, b, c])))).toBe('fetch c → fetching');
  });

  test('a tombstone that was fetched is handed on, and does not count as gone without a word', () => {
    const state = start('reading');
    follow(state, events['an index with a tombstone of `b`']);
    expect(after(state, fetched('b', document('b', {}, { revision: 2, deleted: true })))).toBe('replace -b → live');
    expect(state.entries.get('b' as Doc)?.deleted).toBe(true);
  });

  test('of a tombstone that has expired only the absence is left', () => {
    const state = start('reading');
    follow(state, events['an index with a tombstone of `b`']);
    expect(after(state, fetched('b', undefined))).toBe('replace left b → live');
  });

  test('a tombstone of what was never held is not fetched', () => {
    const state = start('reading');
    expect(after(state, read(index(3, [a, b, entry('z', { deleted: true })])))).toBe('replace nothing → live');
  });

  test('a document that is back after its tombstone is fetched', () => {
    const state = startFollowing(anchorAll, { epoch: 1, version: 2, entries: Entries.of([a, buriedB]) });
    follow(state, events.connected);
    expect(after(state, read(index(3, [a, entry('b', { revision: 3 })])))).toBe('fetch b → fetching');
  });

  test('a live message whose digest is wrong leaves the entries as they were', () => {
    const state = start('live');
    const known = state.entries.digest();
    follow(state, events['live: the next version with another digest']);
    expect(state.entries.digest()).toEqual(known);
    expect(state.version).toBe(2);
  });
});

/** What one event does, in one line. */
function after(state: FollowState, event: FollowEvent): string {
  const [queued, floor] = [state.queue.length, state.floor];
  const actions = follow(state, event);
  const done = actions.flatMap(render);
  if (state.queue.length > queued) done.push('queue');
  const isHandedOn = actions.some(({ type }) => type === 'put' || type === 'replace');
  if (state.floor !== floor && !isHandedOn) done.unshift('remember the version');
  return `${done.join(', ') || 'nothing'} → ${state.phase}`;
}

function render(action: FollowAction): string {
  switch (action.type) {
    case 'subscribe':
      return 'subscribe';
    case 'read-index':
      return `read the index${action.afterMs > 0 ? ` after ${action.afterMs} ms` : ''}${action.spreadMs > 0 ? ` within ${action.spreadMs} ms` : ''}`;
    case 'fetch':
      return `fetch ${action.docs.join(' ')}`;
    case 'abandon':
      return 'abandon requests';
    case 'put':
      return `put ${sign(action.document, '')}`;
    case 'replace': {
      const documents = action.documents.map((one) => sign(one, '+'));
      return `replace ${[...documents, ...action.left.map((doc) => `left ${doc}`)].join(' ') || 'nothing'}`;
    }
    case 'alarm':
      return 'alarm';
  }
}

function sign({ statement }: HeldDocument, plus: string): string {
  return `${statement.deleted ? '-' : plus}${parseDesired(statement.subject)?.doc ?? ''}`;
}
