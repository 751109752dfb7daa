import { MemoryBroker } from '@accord/bus/memory-broker';
import { MemoryBus } from '@accord/bus/memory-bus';
import { foldFact } from '@accord/core/registry/registry';
import type { ClusterFact } from '@accord/core/registry/facts';
import { clusterIdOf, type ClusterId, type PolicyName } from '@accord/proto/ids';
import { createKeyPair } from '@accord/proto/keys';
import { beatCodec, outcomeCodec, summaryCodec, type PolicyReport } from '@accord/proto/messages';
import { sealReport, type ReportNumber } from '@accord/proto/signed-report';
import { beatSubject, intentSubject, outcomeSubject, reportSubject } from '@accord/proto/subjects';
import { breathe } from '@accord/runtime/breathe';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { SpokeMessages } from './follow-spokes.ts';
import { OpenedOutcomes } from './opened-outcomes.ts';
import { Projection, type Notice } from './projection.ts';

const id = clusterIdOf(new Uint8Array(16).fill(1));
const other = clusterIdOf(new Uint8Array(16).fill(2));
const pair = createKeyPair('user');
const { signal } = new AbortController();
const report = (state: string): PolicyReport => ({
  ...{ policy: 'p', epoch: 1, revision: 1, step: 0, state, reason: '', message: '', desired: 1, applied: 1 },
  ...{ problems: [], retained: [], sinceMs: 0, held: 0, heals: 0, leaving: false, hold: null },
});
const outcome = (state: string, number: ReportNumber, subject = outcomeSubject(id)): Uint8Array =>
  sealReport(
    pair,
    subject,
    number,
    1,
    outcomeCodec.encode({
      policies: [{ report: report(state), change: null, stamps: null, created: 0, changed: 0, removed: 0, stages: [] }],
    }),
  );

function world() {
  const clock = new ManualClock(1_000);
  const log = new ListLog();
  const broker = new MemoryBroker();
  const hub = new MemoryBus(broker);
  const projection = new Projection(clock, new Map());
  const join = (of: ClusterId, seq: number, publicKey: string, more: Partial<ClusterFact> = {}): void => {
    const body = { id: of, name: `c${seq}`, labels: {}, publicKey, ...more } as unknown as ClusterFact;
    const recorded = { body, seq, digest: new Uint8Array(), atMs: 0, actor: '', change: { id: '', traceparent: '' } };
    foldFact(projection.registry, intentSubject('cluster', of), recorded);
  };
  join(id, 1, pair.publicKey);
  join(other, 2, createKeyPair('user').publicKey);
  const notices: Notice[] = [];
  projection.onNotice((notice) => notices.push(notice), signal);
  const forged: ClusterId[] = [];
  const departures: ClusterId[] = [];
  const onDeparture = (of: ClusterId): void => void departures.push(of);
  const onForged = (of: ClusterId): void => void forged.push(of);
  const messages = new SpokeMessages({ bus: hub, projection, opened: new OpenedOutcomes(), onDeparture, clock, log, onForged });
  const stateOf = (): string | undefined => projection.reported.clusters.get(id)?.policies.get('p' as PolicyName)?.report.state;
  return { clock, log, broker, hub, projection, messages, notices, forged, departures, join, stateOf };
}

describe('SpokeMessages', () => {
  test('an outcome that its cluster signed is folded and told', () => {
    const { messages, notices, stateOf } = world();
    messages.read(outcomeSubject(id), outcome('Applied', { boot: 1, n: 1 }));
    expect([stateOf(), notices.map(({ type }) => type)]).toEqual(['Applied', ['row']]);
  });

  test('the same outcome again tells nobody anything', () => {
    const { messages, notices } = world();
    for (let times = 0; times < 3; times += 1) messages.read(outcomeSubject(id), outcome('Applied', { boot: 1, n: 1 }));
    expect(notices).toHaveLength(1);
  });

  test('a summary that comes before its outcome, or instead of it, tells of the row, and tells it once', () => {
    const { messages, notices } = world();
    const policies = [report('Applied')];
    const plain = summaryCodec.encode({ lastBoot: 1, lastN: 1, policies });
    for (const n of [1, 2])
      messages.read(reportSubject(id, 'summary'), sealReport(pair, reportSubject(id, 'summary'), { boot: 1, n }, 1, plain));
    messages.read(outcomeSubject(id), outcome('Applied', { boot: 1, n: 1 }));
    expect(notices.map(({ type }) => type)).toEqual(['row', 'cluster', 'cluster']);
  });

  test('a revoked cluster is not believed any more, whatever it signs, and is offline whoever beats', () => {
    const { messages, projection, join, stateOf } = world();
    messages.read(beatSubject(id), beatCodec.encode({}));
    expect(projection.connectionOf(id)).toEqual({ state: 'live' });
    join(id, 9, pair.publicKey, { revokedAtMs: 500 });
    messages.read(outcomeSubject(id), outcome('Applied', { boot: 1, n: 1 }));
    messages.read(beatSubject(id), beatCodec.encode({}));
    expect([stateOf(), projection.connectionOf(id)]).toEqual([undefined, { state: 'offline', sinceMs: 500 }]);
  });

  test('what its key did not sign is told of, and other garbage is not', () => {
    const { messages, forged } = world();
    messages.read(outcomeSubject(id), new Uint8Array([1, 2, 3]));
    expect(forged).toEqual([]);
    messages.read(outcomeSubject(other), outcome('Applied', { boot: 1, n: 1 }, outcomeSubject(other)));
    expect(forged).toEqual([other]);
  });

  test('what one cluster signed says nothing of another', () => {
    const { messages, stateOf, projection } = world();
    messages.read(outcomeSubject(other), outcome('Applied', { boot: 1, n: 1 }));
    messages.read(outcomeSubject(other), outcome('Applied', { boot: 1, n: 1 }, outcomeSubject(other)));
    expect([stateOf(), projection.reported.clusters.size, messages.garbage.get(other)]).toEqual([undefined, 0, 2]);
  });

  test('a cluster that nobody joined is not listened to', () => {
    const { messages, projection } = world();
    const stranger = clusterIdOf(new Uint8Array(16).fill(3));
    messages.read(beatSubject(stranger), beatCodec.encode({ epoch: 9 }));
    expect(projection.presence.beats.size).toBe(0);
  });

  test('a beat makes a cluster live, once', () => {
    const { messages, notices, projection } = world();
    for (let times = 0; times < 3; times += 1) messages.read(beatSubject(id), beatCodec.encode({ epoch: 1 }));
    expect([projection.connectionOf(id).state, notices.length]).toEqual(['live', 1]);
  });

  test('what is stored is folded at a start, whatever lies between', async () => {
    const { hub, messages, stateOf, broker } = world();
    const spoke = new MemoryBus(broker);
    await spoke.request(outcomeSubject(id), outcome('Retrying', { boot: 1, n: 1 }), { timeoutMs: 10 });
    await spoke.request(outcomeSubject(id), Uint8Array.of(9, 9, 9), { timeoutMs: 10 });
    await spoke.request(outcomeSubject(id), outcome('Applied', { boot: 1, n: 2 }), { timeoutMs: 10 });
    const summary = summaryCodec.encode({ lastBoot: 1, lastN: 1, policies: [report('Retrying')] });
    await spoke.request(reportSubject(id, 'summary'), sealReport(pair, reportSubject(id, 'summary'), { boot: 1, n: 1 }, 1, summary), {
      timeoutMs: 10,
    });
    await messages.start(signal);
    expect([stateOf(), messages.garbage.get(id)]).toEqual(['Applied', 1]);
    await spoke.request(outcomeSubject(id), outcome('Failed', { boot: 1, n: 3 }), { timeoutMs: 10 });
    await vi.waitFor(() => expect(stateOf()).toBe('Failed'));
    expect(hub.link.isConnected).toBe(true);
  });

  test('a storm of outcomes takes no more of a turn than its share, and all of it is folded', async () => {
    const { clock, projection, messages, stateOf, broker } = world();
    const spoke = new MemoryBus(broker);
    await messages.start(signal);
    let inTurn = 0;
    const turns: number[] = [];
    projection.onNotice(() => {
      inTurn += 1;
      clock.advance(15);
    }, signal);
    const storm = Array.from({ length: 50 }, (_, n) =>
      spoke.request(outcomeSubject(id), outcome(n < 49 ? 'Retrying' : 'Applied', { boot: 1, n: n + 1 }), { timeoutMs: 10 }),
    );
    while (stateOf() !== 'Applied') {
      await breathe();
      turns.push(inTurn);
      inTurn = 0;
    }
    await Promise.all(storm);
    // Two take 30 of the 20 ms that there are.
    expect(Math.max(...turns)).toBe(2);
  });

  test('garbage is counted, and logged at the first, the tenth, the hundredth', () => {
    const { messages, log } = world();
    for (let times = 0; times < 120; times += 1) messages.read(outcomeSubject(id), Uint8Array.of(1));
    expect(messages.garbage.get(id)).toBe(120);
    expect(log.lines.map(({ fields }) => fields['count'])).toEqual([1, 10, 100]);
  });
});

describe('SpokeMessages: anything that a spoke may send', () => {
  const subjects = fc.constantFrom(
    outcomeSubject(id),
    reportSubject(id, 'summary'),
    reportSubject(id, 'drift'),
    reportSubject(id, 'inventory'),
    beatSubject(id),
    outcomeSubject(other),
    `rpc.${id}.renew`,
    'report',
    '',
    'outcome.>',
  );
  const random = fc.uint8Array({ maxLength: 400 });
  const number = fc.record({ boot: fc.nat(), n: fc.nat() });
  /** Signed as it should be: a hostile spoke holds its own key. */
  const signed = fc
    .record({ subject: subjects, number, plain: random })
    .map(({ subject, number: of, plain }) => ({ subject, bytes: sealReport(pair, subject, of, 1, plain) }));
  const bent = fc.record({ number, at: fc.nat(), to: fc.nat(255) }).map(({ number: of, at, to }) => {
    const bytes = outcome('Applied', of);
    bytes[at % bytes.length] = to;
    return { subject: outcomeSubject(id), bytes };
  });
  const anything = fc.oneof(fc.record({ subject: subjects, bytes: random }), signed, bent);

  test('property: never stops the hub', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 5 }), (messages) => {
        const { messages: reader } = world();
        for (const { subject, bytes } of messages) reader.read(subject, bytes);
      }),
      { seed: 100, numRuns: 300 },
    );
  });
});

describe('after a cluster replaced its key', () => {
  const next = createKeyPair('user');
  const signedBy = (key: typeof pair, tsMs: number, n: number): Uint8Array =>
    sealReport(
      key,
      outcomeSubject(id),
      { boot: 1, n },
      tsMs,
      outcomeCodec.encode({
        policies: [{ report: report(`By${n}`), change: null, stamps: null, created: 0, changed: 0, removed: 0, stages: [] }],
      }),
    );
  const replaced = () => {
    const at = world();
    at.join(id, 9, next.publicKey, { replacedKeys: [{ publicKey: pair.publicKey, atMs: 1_000_000 }] });
    return at;
  };

  test('what the old key signed before is still its word, also when it is read from the stream long after', () => {
    const { messages, forged, stateOf } = replaced();
    messages.read(outcomeSubject(id), signedBy(pair, 1_100_000, 1));
    expect([stateOf(), forged]).toEqual(['By1', []]);
    messages.read(outcomeSubject(id), signedBy(next, 1_200_000, 2));
    expect(stateOf()).toBe('By2');
  });

  test('what the old key signs later, or a key that it never had, is forged', () => {
    const { messages, forged, stateOf } = replaced();
    messages.read(outcomeSubject(id), signedBy(pair, 1_300_001, 1));
    messages.read(outcomeSubject(id), signedBy(createKeyPair('user'), 1, 2));
    expect([stateOf(), forged]).toEqual([undefined, [id, id]]);
  });
});

describe('after a cluster joined again', () => {
  const next = createKeyPair('user');
  const joinedAgain = () => {
    const at = world();
    at.join(id, 9, next.publicKey);
    return at;
  };

  test('what the streams still hold by its key of before is not believed, and nobody is called a forger', () => {
    const { messages, forged, stateOf } = joinedAgain();
    messages.read(outcomeSubject(id), outcome('Applied', { boot: 1, n: 1 }));
    expect([stateOf(), forged, messages.garbage.size]).toEqual([undefined, [], 0]);
  });

  test('what that key signs later is forged, and so is what another signs', () => {
    const { messages, forged } = joinedAgain();
    messages.read(outcomeSubject(id), sealReport(pair, outcomeSubject(id), { boot: 1, n: 1 }, 300_001, new Uint8Array()));
    messages.read(outcomeSubject(id), sealReport(createKeyPair('user'), outcomeSubject(id), { boot: 1, n: 1 }, 1, new Uint8Array()));
    expect(forged).toEqual([id, id]);
  });
});

describe('the change that an outcome names', () => {
  const madeBy = (change: string, policy = 'p'): Uint8Array => {
    const entry = { report: { ...report('Applied'), policy }, change: { id: change, traceparent: '' }, stamps: {} };
    const rest = { created: 0, changed: 0, removed: 0, stages: [] };
    return sealReport(pair, outcomeSubject(id), { boot: 1, n: 1 }, 1, outcomeCodec.encode({ policies: [{ ...entry, ...rest }] } as never));
  };
  const policyFact = (seq: number, name: string, clusterSelector: object) => ({
    subject: intentSubject('policy', name),
    recorded: {
      ...{ body: { name, spec: { clusterSelector } }, seq, digest: new Uint8Array(), atMs: 0, actor: '' },
      change: { id: `${name}@1`, traceparent: '' },
    },
  });

  test.each([
    ['is told of when people made it for this cluster', 'p@1', 'p', ['p@1']],
    ['is not when it was made for others', 'secret@1', 'secret', []],
    ['is not when it is of another policy', 'secret@1', 'p', []],
    ['is not when nobody made it', 'invented@1', 'p', []],
  ])('%s', (_claim, change, policy, kept) => {
    const { messages, projection } = world();
    projection.noticeFact(policyFact(5, 'p', {}));
    projection.noticeFact(policyFact(6, 'secret', { matchLabels: { env: 'prod' } }));
    messages.read(outcomeSubject(id), madeBy(change, policy));
    expect([...projection.reported.changes.keys()]).toEqual(kept);
  });
});
