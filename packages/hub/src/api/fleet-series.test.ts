import { historyOutcomesCodec, historyPresenceCodec, type Stamps } from '@accord/proto/messages';
import { sealHistory } from '@accord/proto/history-message';
import { historySubject, type HistoryKind } from '@accord/proto/subjects';
import { ListLog } from '@accord/runtime/log';
import { describe, expect, test } from 'vitest';
import { Database } from '../history/database.ts';
import { clusterA, clusterB, exampleKeys, exampleSigner, sealedOutcome, type Said } from '../history/example-history.ts';
import { insertFact, type FactRow } from '../history/fact-rows.ts';
import { HistoryStore } from '../history/history-store.ts';
import { FleetSeries } from './fleet-series.ts';
import { wholePast, type SeenPast } from './seen-past.ts';

const none: Stamps = { acceptedMs: 0, publishedMs: 0, receivedMs: 0, verifiedMs: 0, compiledMs: 0, appliedMs: 0, reportedMs: 0 };

class Told {
  readonly store = new HistoryStore(new Database(':memory:'), { keys: exampleKeys, log: new ListLog() });
  readonly series = new FleetSeries(() => (this.store.flush(), (this.reads += 1), this.store.database));
  reads = 0;
  #seq = 0;

  #add(kind: HistoryKind, body: (seq: number) => Uint8Array): this {
    const seq = (this.#seq += 1);
    this.store.addMessage({ seq, subject: historySubject(kind), body: sealHistory(exampleSigner, kind, body(seq), seq), tx: '' });
    return this;
  }

  outcome(atMs: number, said: Said, cluster = clusterA, skewMs = 0): this {
    return this.#add('outcome', (n) => {
      const message = sealedOutcome(cluster, { boot: 1, n }, said);
      return historyOutcomesCodec.encode({ outcomesSeq: n, outcomes: [{ cluster, message, atMs, skewMs }], gaps: [] });
    });
  }

  fact(atMs: number, fact: Pick<FactRow, 'kind' | 'object' | 'type' | 'change'>): this {
    const seq = (this.#seq += 1);
    const said = { digest: '', name: '', actor: '', reason: '', source: '', traceparent: '', request: '', revision: 1, body: '' };
    insertFact(this.store.database, { ...said, ...fact, seq, atMs });
    return this;
  }

  presence(atMs: number, state: string, cluster = clusterA): this {
    return this.#add('presence', () => historyPresenceCodec.encode({ changes: [{ cluster, state, atMs, sinceMs: 0 }] }));
  }

  point(fromMs: number, toMs: number, { seen = wholePast, nowMs = 1e9 }: { seen?: SeenPast; nowMs?: number } = {}) {
    return this.series.point({ fromMs, toMs }, seen, nowMs);
  }
}

const heal = {
  ...{ policy: 'p', object: '/ConfigMap/a/b', cause: 'FieldsChanged', manager: 'm', operation: 'Update', fields: [] },
  ...{ seenMs: 1, healedMs: 2, writtenMs: 0 },
};

describe('a point', () => {
  test('counts what the hub learnt from its start on, and not at its end', async () => {
    const told = new Told()
      .outcome(999, { state: 'Applied' })
      .outcome(1_000, { state: 'Applied' })
      .outcome(1_500, { state: 'Failed', heals: [heal, heal] })
      .outcome(1_999, { state: 'Blocked' })
      .outcome(1_999, { state: 'Pending' })
      .outcome(2_000, { state: 'Failed' });
    expect(await told.point(1_000, 2_000)).toEqual({
      ...{ at: '1970-01-01T00:00:01.000Z', changes: 0, applied: 1, failed: 2, healed: 2, wentOffline: 0, cameBack: 0 },
    });
  });

  test('one that joined came from nowhere, one that was away came back', async () => {
    const told = new Told().presence(10, 'live').presence(20, 'offline').presence(30, 'live').presence(40, 'live', clusterB);
    expect(await told.point(0, 100)).toMatchObject({ wentOffline: 1, cameBack: 1 });
  });

  test('times the first apply of each change on each cluster, on the clock of the hub', async () => {
    const stamps = (appliedMs: number): Stamps => ({ ...none, acceptedMs: 100, appliedMs });
    const told = new Told()
      .outcome(300, { change: 'p@1', stamps: stamps(200) })
      // Its clock is a second ahead.
      .outcome(310, { change: 'p@1', stamps: stamps(1_240) }, clusterB, 1_000)
      .outcome(400, { change: 'p@1', stamps: stamps(390) })
      .outcome(500, { change: 'p@2', state: 'Failed', stamps: stamps(490) });
    expect(await told.point(0, 1_000)).toMatchObject({ applied: 3, propagationP50Ms: 100, propagationP95Ms: 140 });
    expect(await told.point(350, 1_000)).not.toHaveProperty('propagationP50Ms');
  });

  test('counts thousands, of which many came at one moment', async () => {
    const told = new Told();
    for (let n = 0; n < 2_500; n += 1) told.outcome(5, { change: '' }, n % 2 === 0 ? clusterA : clusterB);
    expect((await told.point(0, 10)).applied).toBe(2_500);
  });

  test('holds what its reader sees, and nothing else', async () => {
    const told = new Told().outcome(1, { policy: 'mine' }).outcome(2, { policy: 'other' }).presence(3, 'offline', clusterB);
    const seen: SeenPast = { object: (_kind, id) => id === clusterA, row: (policy) => policy === 'mine', audit: () => false };
    expect(await told.point(0, 10, { seen })).toMatchObject({ applied: 1, wentOffline: 0 });
  });
});

describe('convergence', () => {
  const took = (ms: number, change: string, over: Said = {}): Said => ({
    ...{ change, stamps: { ...none, acceptedMs: 100, appliedMs: 100 + ms } },
    ...over,
  });
  const changed = (told: Told, ...changes: readonly string[]): Told => {
    for (const change of changes) told.fact(100, { kind: 'policy', object: 'p', type: 'PolicyChanged', change });
    return told;
  };
  const step = [0, 1_000] as const;

  test('is how long each change of a step took to its last cluster, on the clock of the hub', async () => {
    const told = changed(new Told(), 'p@1', 'p@2', 'p@3')
      .outcome(300, took(40, 'p@1'))
      // Its clock is a second ahead.
      .outcome(310, took(1_090, 'p@1'), clusterB, 1_000)
      .outcome(9_000, took(7_000, 'p@2'))
      .outcome(9_100, took(9_000, 'p@1'))
      .outcome(9_200, took(10, 'p@3'))
      .outcome(9_300, { change: 'p@3', state: 'Retrying' }, clusterB);
    expect(await told.point(...step)).toMatchObject({ convergenceP50Ms: 90, convergenceMaxMs: 7_000 });
    expect(await told.point(1_000, 10_000)).not.toHaveProperty('convergenceMaxMs');
  });

  test('comes into a step that is long over when the last cluster is back', async () => {
    const told = changed(new Told(), 'p@1').outcome(300, took(40, 'p@1')).outcome(310, { change: 'p@1', state: 'Retrying' }, clusterB);
    expect(await told.point(...step, { nowMs: 20_000 })).not.toHaveProperty('convergenceMaxMs');
    told.outcome(25_000, took(24_000, 'p@1'), clusterB);
    expect(await told.point(...step, { nowMs: 40_000 })).toMatchObject({ applied: 1, convergenceMaxMs: 24_000 });
  });

  test('is not that of a cluster that joined later', async () => {
    const told = changed(new Told(), 'p@1')
      .fact(50, { kind: 'cluster', object: clusterA, type: 'ClusterJoined', change: 'cluster/c0@1' })
      .outcome(300, took(40, 'p@1'))
      .fact(20_000, { kind: 'cluster', object: clusterB, type: 'ClusterJoined', change: 'cluster/c1@1' })
      .outcome(21_000, took(20_500, 'p@1'), clusterB);
    expect(await told.point(...step)).toMatchObject({ convergenceP50Ms: 40, convergenceMaxMs: 40 });
  });

  test('is that of the rows which its reader sees', async () => {
    const told = changed(new Told(), 'p@1').outcome(300, took(40, 'p@1')).outcome(310, took(900, 'p@1'), clusterB);
    const seen: SeenPast = { object: () => true, row: (_policy, cluster) => cluster === clusterA, audit: () => false };
    expect(await told.point(...step, { seen })).toMatchObject({ convergenceMaxMs: 40 });
  });
});

describe('for many readers', () => {
  test('a step that is over is counted once, and how far its changes have come is looked at again later', async () => {
    const told = new Told().outcome(5, {});
    const points = await Promise.all(Array.from({ length: 50 }, () => told.point(0, 10)));
    const { reads } = told;
    expect([new Set(points).size, await told.point(0, 10, { nowMs: 1e9 + 9_999 })]).toEqual([1, points[0]]);
    expect(told.reads).toBe(reads);
    // Once, for the changes that were accepted in it: there is none.
    expect(await told.point(0, 10, { nowMs: 2e9 })).toEqual(points[0]);
    expect(told.reads).toBe(reads + 1);
  });

  test('one that is not over is looked at again after a moment', async () => {
    const told = new Told().outcome(5, {});
    expect((await told.point(0, 10_000, { nowMs: 1_000 })).applied).toBe(1);
    told.outcome(1_100, {});
    expect((await told.point(0, 10_000, { nowMs: 1_500 })).applied).toBe(1);
    expect((await told.point(0, 10_000, { nowMs: 2_000 })).applied).toBe(2);
  });
});
