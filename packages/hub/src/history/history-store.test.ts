import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { historyAuditCodec, historyOutcomesCodec, historyPresenceCodec, historyPublicationsCodec } from '@accord/proto/messages';
import { sealHistory } from '@accord/proto/history-message';
import { historySubject, type HistoryKind } from '@accord/proto/subjects';
import type { Stored } from '@accord/bus/bus';
import { ListLog } from '@accord/runtime/log';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Database } from './database.ts';
import { dumpHistory } from './dump.ts';
import { clusterA, exampleKeys, exampleSigner, sealedOutcome } from './example-history.ts';
import { HistoryStore } from './history-store.ts';
import { outcomesOfChange } from './past-changes.ts';
import { pastDrift } from './past-entries.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'accord-history-'));
});
afterEach(() => rmSync(directory, { recursive: true }));
const open = (path = ':memory:'): HistoryStore => new HistoryStore(new Database(path), { keys: exampleKeys, log: new ListLog() });
const message = (seq: number, kind: HistoryKind, body: Uint8Array): Stored => {
  const subject = historySubject(kind);
  return { seq, subject, body: sealHistory(exampleSigner, kind, body, seq), tx: '' };
};
const outcomes = (seq: number, ...numbers: number[]): Stored => {
  const said = numbers.map((n) => ({ cluster: clusterA, message: sealedOutcome(clusterA, { boot: 1, n }), atMs: n, skewMs: 0 }));
  return message(seq, 'outcome', historyOutcomesCodec.encode({ outcomesSeq: seq, outcomes: said, gaps: [] }));
};
const audit = (seq: number, detail: string): Stored => {
  const entry = {
    actor: 'a',
    action: 'GET',
    object: '/',
    change: '',
    reason: '',
    source: '',
    result: 'refused',
    detail,
    atMs: seq,
    count: 1,
  };
  return message(seq, 'audit', historyAuditCodec.encode({ entries: [entry] }));
};
const presence = (seq: number): Stored =>
  message(seq, 'presence', historyPresenceCodec.encode({ changes: [{ cluster: clusterA, state: 'live', atMs: seq, sinceMs: 0 }] }));
const published = (seq: number, version: number): Stored => {
  const publication = { anchor: 'all', doc: 'p', epoch: 1, version, revision: 1, step: 0, deleted: false, change: 'p@1', atMs: seq };
  return message(seq, 'publish', historyPublicationsCodec.encode({ publications: [publication] }));
};
const dumpOf = (messages: readonly Stored[], flushAfter: (at: number) => boolean): string => {
  const store = open();
  for (const [at, stored] of messages.entries()) {
    store.addMessage(stored);
    if (flushAfter(at)) store.flush();
  }
  store.flush();
  return dumpHistory(store.database);
};

describe('HistoryStore', () => {
  test('property: the tables do not depend on when they were written', () => {
    const kinds = fc.constantFrom('outcome', 'audit', 'presence', 'publish');
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, fc.integer({ min: 1, max: 6 }), fc.boolean()), { maxLength: 20 }), (chosen) => {
        const make = { outcome: outcomes, audit: (seq: number) => audit(seq, 'x'), presence, publish: published } as const;
        const messages = chosen.map(([kind, number], at) => make[kind as 'outcome'](at + 1, number));
        expect(dumpOf(messages, (at) => chosen[at]?.[2] ?? false)).toBe(dumpOf(messages, () => false));
      }),
      { numRuns: 30 },
    );
  });

  test('an outcome or a publication that is recorded twice counts once', () => {
    const store = open();
    for (const stored of [outcomes(1, 1, 2), outcomes(2, 2, 3), published(3, 1), published(4, 1)]) store.addMessage(stored);
    store.flush();
    const count = (table: string): unknown => store.database.get(`SELECT count(*) AS n FROM ${table}`)?.['n'];
    expect(['numbers', 'outcomes', 'published'].map(count)).toEqual([3, 3, 1]);
  });

  test('a message that no hub of ours signed is passed over, and what comes after it is not', () => {
    const store = open();
    const [forged, moved] = [
      { ...audit(1, 'forged'), body: new Uint8Array([1, 2]) },
      { ...audit(2, 'moved'), subject: 'history.presence' },
    ];
    for (const stored of [forged, moved, audit(3, 'ours')]) store.addMessage(stored);
    store.flush();
    expect(store.database.all('SELECT detail FROM audit')).toEqual([{ detail: 'ours' }]);
    expect(store.position('HISTORY').seq).toBe(3);
  });

  test('the position is stored with the rows: a file that is opened again goes on behind them', () => {
    const path = join(directory, 'history.sqlite');
    const store = open(path);
    store.addMessage(audit(7, 'x'));
    store.close();
    const again = open(path);
    expect([again.historySeq, again.database.all('SELECT seq FROM audit')]).toEqual([7, [{ seq: 7 }]]);
    again.close();
  });

  test('what HISTORY dropped goes, as if it had never been read', () => {
    const all = [outcomes(1, 1), audit(2, 'old'), outcomes(3, 2), audit(4, 'new')];
    const store = open();
    for (const stored of all) store.addMessage(stored);
    store.prune(3);
    expect(dumpHistory(store.database)).toBe(dumpOf(all.slice(2), () => false));
  });

  test.each([
    ['is no database', 'these are not the tables'],
    ['was cut off', 'SQLite format 3\0'],
  ])('a file that %s is made anew', (_claim, text) => {
    const path = join(directory, 'history.sqlite');
    writeFileSync(path, text);
    const store = open(path);
    store.addMessage(audit(1, 'x'));
    store.flush();
    expect(store.database.all('SELECT seq FROM audit')).toHaveLength(1);
    store.close();
    expect(readdirSync(directory)).toEqual(['history.sqlite']);
  });

  test('stages come back as they were told, in order, and without what is none', () => {
    const slowest = { object: '/ConfigMap/a/b', method: 'PATCH', startMs: 3.5, ms: 1.25, result: 'changed' };
    const [second, fifth] = [
      { stage: 2, startMs: 1.5, endMs: 2, writes: 1, slowest: null },
      { stage: 5, startMs: 3, endMs: 9, writes: 4, slowest },
    ];
    const none = [
      { ...fifth, stage: 9 },
      { ...second, stage: 3, startMs: Number.NaN },
      { ...second, stage: 4, startMs: 3 },
      { ...fifth, stage: 6, slowest: { ...slowest, ms: Number.POSITIVE_INFINITY } },
    ];
    const told = [{ stages: [...none, fifth, second] }, {}].map((said, at) => ({
      ...{ cluster: clusterA, message: sealedOutcome(clusterA, { boot: 1, n: at + 1 }, said), atMs: 1, skewMs: 0 },
    }));
    const store = open();
    store.addMessage(message(1, 'outcome', historyOutcomesCodec.encode({ outcomesSeq: 1, outcomes: told, gaps: [] })));
    store.flush();
    expect(outcomesOfChange(store.database, 'p@1').map(({ stages }) => stages)).toEqual([[second, fifth], []]);
  });

  test('drift that was only seen has who wrote what differs, as far as the spoke says it', () => {
    const drift = { manager: 'helm', operation: 'Update', writtenMs: 5_000, fields: ['.data.a'] };
    const problem = { object: '/ConfigMap/n/a', state: 'Drifted', reason: 'Differs', message: '.data.a is 1', drift };
    const problems = [problem, { ...problem, object: '/ConfigMap/n/b', reason: 'Missing', message: 'is not there', drift: null }];
    const store = open();
    const said = {
      ...{ cluster: clusterA, message: sealedOutcome(clusterA, { boot: 1, n: 1 }, { state: 'Drifted', problems }), atMs: 1, skewMs: 0 },
    };
    store.addMessage(message(1, 'outcome', historyOutcomesCodec.encode({ outcomesSeq: 1, outcomes: [said], gaps: [] })));
    store.flush();
    expect(pastDrift(store.database, { limit: 9 }).toReversed()).toMatchObject([
      { kind: 'seen', cause: 'Differs', manager: 'helm', operation: 'Update', writtenMs: 5_000, fields: '[".data.a"]' },
      { kind: 'seen', cause: 'Missing', manager: '', operation: '', writtenMs: 0, fields: '[]' },
    ]);
  });

  test('numbers that a table cannot give back do not get in, and hold up nobody', () => {
    const heal = {
      object: 'o',
      policy: 'p',
      manager: '',
      operation: '',
      seenMs: Number.NaN,
      healedMs: Number.POSITIVE_INFINITY,
      writtenMs: Number.NEGATIVE_INFINITY,
      cause: '',
      fields: [],
    };
    const store = open();
    const said = {
      cluster: clusterA,
      message: sealedOutcome(clusterA, { boot: 1, n: 1 }, { revision: 2 ** 60, heals: [heal] }),
      atMs: 1,
      skewMs: 0,
    };
    store.addMessage(message(1, 'outcome', historyOutcomesCodec.encode({ outcomesSeq: 1, outcomes: [said], gaps: [] })));
    store.addMessage(audit(2, 'y'));
    store.flush();
    expect(store.database.all('SELECT revision FROM outcomes')).toEqual([{ revision: 0 }]);
    expect(store.database.all('SELECT seen_ms, healed_ms, written_ms FROM drift')).toEqual([{ seen_ms: 0, healed_ms: 0, written_ms: 0 }]);
    expect(store.database.all('SELECT detail FROM audit')).toEqual([{ detail: 'y' }]);
  });
});
