import type { ClusterId } from '@accord/proto/ids';
import type { Heal, Outcome, PolicyReport, Stamps, Summary } from '@accord/proto/messages';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  changesKeptMax,
  emptyReported,
  foldOutcome,
  foldSummary,
  healsKeptMax,
  policiesPerClusterMax,
  timesKeptMax,
  type Reported,
} from './reported.ts';

const id = 'a'.repeat(26) as ClusterId;
const boot = 3;
const noTimes: Stamps = { acceptedMs: 0, publishedMs: 0, receivedMs: 0, verifiedMs: 0, compiledMs: 0, appliedMs: 0, reportedMs: 0 };
const report = (policy: string, state: string, revision = 1): PolicyReport => ({
  ...{ policy, epoch: 1, revision, step: 0, state, reason: '', message: '', desired: 1, applied: 1 },
  ...{ problems: [], retained: [], sinceMs: 0, held: 0, heals: 0, leaving: false, hold: null },
});
const heal = (object: string, seenMs: number): Heal => ({
  object,
  policy: 'p',
  manager: 'kubectl',
  operation: 'Update',
  seenMs,
  healedMs: seenMs + 1,
  fields: [],
  cause: 'FieldsChanged',
  writtenMs: 0,
});
const outcome = (reports: readonly PolicyReport[], heals: readonly Heal[] = []): Outcome => ({
  policies: reports.map((one) => ({
    report: one,
    change: { id: `${one.policy}@${one.revision}`, traceparent: '' },
    stamps: noTimes,
    created: 0,
    changed: 0,
    removed: 0,
    stages: [],
  })),
  heals,
});
const summary = (lastN: number, reports: readonly PolicyReport[]): Summary => ({
  lastBoot: boot,
  lastN,
  policies: reports,
  facts: null,
  anchors: [],
  alarms: [],
  usage: [],
  left: false,
});

type Message = { readonly n: number; readonly outcome: Outcome } | { readonly summary: Summary };

function foldAll(messages: readonly Message[]): Reported {
  const reported = emptyReported();
  for (const message of messages) {
    if ('summary' in message) foldSummary(reported, id, message.summary, 7);
    else foldOutcome(reported, id, { number: { boot, n: message.n }, outcome: message.outcome, atMs: 7 });
  }
  return reported;
}

/** Rows, then times of changes, then heals. */
function render(reported: Reported): string {
  const rows = [...(reported.clusters.get(id)?.policies ?? [])].map(
    ([policy, { report: last }]) => `${policy}@${last.revision}=${last.state}`,
  );
  const changes = [...reported.changes].map(([change, clusters]) => `${change}:${clusters.get(id)?.state}#${clusters.get(id)?.number.n}`);
  return `${rows.toSorted().join(' ')} | ${changes.toSorted().join(' ')} | ${reported.heals.map(({ object, seenMs }) => `${object}@${seenMs}`).join(' ')}`;
}

describe('reported: rows', () => {
  const first = { n: 1, outcome: outcome([report('p', 'Retrying')]) };
  const second = { n: 2, outcome: outcome([report('p', 'Applied')]) };
  const gone = { n: 3, outcome: outcome([report('p', 'Removed', 2)]) };
  const rows: [claim: string, messages: readonly Message[], rows: string][] = [
    ['the last outcome counts', [first, second], 'p@1=Applied'],
    ['a late outcome does not take a row back', [second, first], 'p@1=Applied'],
    ['an outcome after the summary counts', [{ summary: summary(1, [report('p', 'Retrying')]) }, second], 'p@1=Applied'],
    ['an outcome that the summary includes changes nothing', [{ summary: summary(2, [report('p', 'Applied')]) }, first], 'p@1=Applied'],
    ['a summary that no longer names a policy takes its row away', [second, { summary: summary(3, []) }], ''],
    ['a late outcome does not bring back what a summary took away', [{ summary: summary(3, []) }, second], ''],
    [
      'a late summary does not bring back what a newer one took away',
      [{ summary: summary(3, []) }, { summary: summary(2, [report('p', 'Applied')]) }],
      '',
    ],
    ['a late summary does not take a newer row away', [second, { summary: summary(1, []) }], 'p@1=Applied'],
    ['what left is a row until a summary says so too', [second, gone], 'p@2=Removed'],
    ['progress is what the row says until an outcome comes', [{ n: 1, outcome: outcome([report('p', 'Applying')]) }], 'p@1=Applying'],
    ['an outcome takes the place of progress', [{ n: 1, outcome: outcome([report('p', 'Applying')]) }, second], 'p@1=Applied'],
    [
      'progress after an outcome of the same revision says nothing',
      [second, { n: 3, outcome: outcome([report('p', 'Applying')]) }],
      'p@1=Applied',
    ],
    ['nor in a summary', [second, { summary: summary(3, [report('p', 'Received')]) }], 'p@1=Applied'],
    ['progress on the next revision counts', [second, { n: 3, outcome: outcome([report('p', 'Applying', 2)]) }], 'p@2=Applying'],
    ['and on what had left', [gone, { n: 4, outcome: outcome([report('p', 'Received', 2)]) }], 'p@2=Received'],
    [
      'a spoke that started again counts from one',
      [{ n: 9, outcome: outcome([report('p', 'Failed')]) }, { summary: { ...summary(1, [report('p', 'Applied')]), lastBoot: boot + 1 } }],
      'p@1=Applied',
    ],
  ];
  test.each(rows)('%s', (_claim, messages, expected) => expect(render(foldAll(messages)).split(' | ')[0]).toBe(expected));

  test('the same outcome twice is no news', () => {
    const reported = emptyReported();
    const told = outcome([report('p', 'Applied')], [heal('x', 1)]);
    expect(foldOutcome(reported, id, { number: { boot, n: 1 }, outcome: told, atMs: 7 })).toBe(true);
    expect(foldOutcome(reported, id, { number: { boot, n: 1 }, outcome: told, atMs: 8 })).toBe(false);
  });

  test('times and heals of an outcome are kept although the summary came first', () => {
    const reported = foldAll([
      { summary: summary(2, [report('p', 'Applied')]) },
      { n: 2, outcome: outcome([report('p', 'Applied')], [heal('x', 1)]) },
    ]);
    expect(render(reported)).toBe('p@1=Applied | p@1:Applied#2 | x@1');
  });

  test('of several passes over one change the first that applied it tells the times', () => {
    expect(render(foldAll([{ n: 3, outcome: outcome([report('p', 'Applied')]) }, first, second]))).toBe('p@1=Applied | p@1:Applied#2 | ');
  });

  test('changes and heals are bounded; the oldest leave', () => {
    const reported = emptyReported();
    for (let n = 1; n <= changesKeptMax + 1; n += 1)
      foldOutcome(reported, id, { number: { boot, n }, outcome: outcome([report('p', 'Applied', n)]), atMs: 7 });
    for (let n = 1; n <= healsKeptMax + 1; n += 1)
      foldOutcome(reported, id, { number: { boot, n: changesKeptMax + 1 + n }, outcome: outcome([], [heal('x', n)]), atMs: 7 });
    expect([reported.changes.size, reported.changes.has('p@1')]).toEqual([changesKeptMax, false]);
    expect([reported.heals.length, reported.heals[0]?.seenMs]).toEqual([healsKeptMax, 2]);
  });

  test('changes that reach many clusters are bounded by their times', () => {
    const reported = emptyReported();
    const clusters = Array.from({ length: 1_000 }, (_, at) => String(at).padStart(26, 'a') as ClusterId);
    for (let n = 1; n <= timesKeptMax / clusters.length + 2; n += 1)
      for (const cluster of clusters)
        foldOutcome(reported, cluster, { number: { boot, n }, outcome: outcome([report('p', 'Applied', n)]), atMs: 7 });
    expect(reported.timesKept).toBeLessThanOrEqual(timesKeptMax);
    expect(reported.timesKept).toBe([...reported.changes.values()].reduce((sum, { size }) => sum + size, 0));
  });

  test('a cluster that tells of ever new policies gets no more rows than a cluster may have', () => {
    const reported = emptyReported();
    for (let n = 1; n <= policiesPerClusterMax + 50; n += 1)
      foldOutcome(reported, id, { number: { boot, n }, outcome: outcome([report(`p${n}`, 'Applied')]), atMs: 7 });
    expect(reported.clusters.get(id)?.policies.size).toBe(policiesPerClusterMax);
  });
});

describe('reported: any order', () => {
  /** What a spoke says in order: after each outcome it may tell everything in a summary. */
  const told = fc
    .array(
      fc.record({
        reports: fc.uniqueArray(
          fc.record({ policy: fc.constantFrom('p', 'q', 'r'), state: fc.constantFrom('Retrying', 'Applied', 'Failed', 'Removed') }),
          { selector: ({ policy }) => policy, minLength: 1 },
        ),
        heals: fc.boolean(),
        summed: fc.boolean(),
      }),
      { minLength: 1, maxLength: 8 },
    )
    .map((steps) => {
      const messages: Message[] = [];
      const now = new Map<string, PolicyReport>();
      let revision = 1;
      for (const [at, { reports, heals, summed }] of steps.entries()) {
        if (at % 3 === 2) revision += 1;
        const all = reports.map(({ policy, state }) => report(policy, state, revision));
        for (const one of all) {
          if (one.state === 'Removed') now.delete(one.policy);
          else now.set(one.policy, one);
        }
        messages.push({ n: at + 1, outcome: outcome(all, heals ? [heal('x', at)] : []) });
        if (summed) messages.push({ summary: summary(at + 1, [...now.values()]) });
      }
      return messages;
    });
  const disordered = told.chain((messages) =>
    fc.record({ messages: fc.constant(messages), again: fc.subarray(messages) }).chain(({ again }) => {
      const all = [...messages, ...again];
      return fc.record({ inOrder: fc.constant(messages), disorder: fc.shuffledSubarray(all, { minLength: all.length }) });
    }),
  );

  test('property: any interleaving of summaries and outcomes, with late ones and duplicates, gives the same rows, times and heals', () => {
    fc.assert(
      fc.property(disordered, ({ inOrder, disorder }) => {
        expect(render(foldAll(disorder))).toBe(render(foldAll(inOrder)));
      }),
      { seed: 40, numRuns: 500 },
    );
  });
});
