import { describe, expect, test } from 'vitest';
import { historyOutcomesCodec, historyPresenceCodec } from '@accord/proto/messages';
import { sealHistory } from '@accord/proto/history-message';
import { historySubject, type HistoryKind } from '@accord/proto/subjects';
import { ListLog } from '@accord/runtime/log';
import { Database } from './database.ts';
import { clusterA, exampleKeys, exampleSigner, sealedOutcome } from './example-history.ts';
import { HistoryStore } from './history-store.ts';
import { connectionAt, reportsAt } from './past-clusters.ts';

/** Outcomes `[boot, n, policy, state]`, each read at ten times its place. */
function told(...outcomes: readonly (readonly [boot: number, n: number, policy: string, state: string])[]): Database {
  const store = new HistoryStore(new Database(':memory:'), { keys: exampleKeys, log: new ListLog() });
  for (const [at, [boot, n, policy, state]] of outcomes.entries()) {
    const message = sealedOutcome(clusterA, { boot, n }, { state, policy });
    const said = [{ cluster: clusterA, message, atMs: (at + 1) * 10, skewMs: 0 }];
    add(store, at + 1, 'outcome', historyOutcomesCodec.encode({ outcomesSeq: at + 1, outcomes: said, gaps: [] }));
  }
  store.flush();
  return store.database;
}
function add(store: HistoryStore, seq: number, kind: HistoryKind, body: Uint8Array): void {
  store.addMessage({ seq, subject: historySubject(kind), body: sealHistory(exampleSigner, kind, body, seq), tx: '' });
}
const had = (database: Database, untilMs: number): string =>
  reportsAt(database, clusterA, untilMs)
    .map(({ policy, state }) => `${policy} ${state}`)
    .join(', ');

describe('what a cluster had', () => {
  const all = told([1, 1, 'b', 'Applying'], [1, 2, 'a', 'Applied'], [1, 3, 'b', 'Applied'], [2, 1, 'a', 'Removed']);
  test.each([
    [5, ''],
    [10, 'b Applying'],
    [29, 'a Applied, b Applying'],
    [30, 'a Applied, b Applied'],
    [40, 'b Applied'],
  ])('at %i it is the last word on each policy until then', (ms, expected) => expect(had(all, ms)).toBe(expected));

  test('an older word that was read later is no later word', () => {
    expect(had(told([1, 1, 'a', 'Applying'], [1, 3, 'a', 'Applied'], [1, 2, 'a', 'Retrying']), 99)).toBe('a Applied');
  });

  test('whether it was there is what was noted last', () => {
    const store = new HistoryStore(new Database(':memory:'), { keys: exampleKeys, log: new ListLog() });
    const changes = [
      { cluster: clusterA, state: 'live', atMs: 10, sinceMs: 0 },
      { cluster: clusterA, state: 'offline', atMs: 20, sinceMs: 12 },
    ];
    add(store, 1, 'presence', historyPresenceCodec.encode({ changes }));
    store.flush();
    expect([5, 10, 25].map((ms) => connectionAt(store.database, clusterA, ms))).toEqual(['unknown', 'live', 'offline']);
  });
});
