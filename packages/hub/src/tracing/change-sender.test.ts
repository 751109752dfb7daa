import { requestSpanId } from '@accord/core/history/trace-context';
import type { TraceSpan } from '@accord/core/history/span';
import { ManualClock } from '@accord/runtime/clock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Database } from '../history/database.ts';
import { pastChange } from '../history/past-changes.ts';
import { spansOfChange } from '../history/past-traces.ts';
import { ChangeSender } from './change-sender.ts';
import { MomentsBook } from './moments.ts';

const traceparent = (sampled: string): string => `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-${sampled}`;
const startMs = 1_000_000;
const cluster = 'a'.repeat(26);
const stamps = { publishedMs: startMs + 5, receivedMs: startMs + 6, appliedMs: startMs + 7, reportedMs: startMs + 8 };

/** Rows as the streams make them, and a collector that can be switched off. */
class World {
  readonly database = new Database(':memory:');
  readonly clock = new ManualClock(startMs);
  readonly moments = new MomentsBook();
  readonly sent: TraceSpan[] = [];
  isTaking = true;
  #seq = 0;
  readonly sender = this.newSender();

  newSender(): ChangeSender {
    const send = async (spans: readonly TraceSpan[]): Promise<boolean> => {
      if (this.isTaking) this.sent.push(...spans);
      return this.isTaking || spans.length === 0;
    };
    const sampler = { begins: () => true, keeps: ({ isSampled }: { readonly isSampled: boolean }) => isSampled };
    return new ChangeSender({ read: () => this.database, moments: this.moments, export: { send, sampler }, clock: this.clock });
  }

  change(id: string, sampled = '01'): void {
    const seq = this.#next('INTENT');
    const [name = '', revision = ''] = id.split('@');
    this.database.run(
      `INSERT INTO changes (id, seq, kind, object, name, type, actor, reason, source, traceparent, request, at_ms, revision)
       VALUES (?, ?, 'policy', ?, ?, 'PolicyChanged', 'ann', '', '', ?, 'request-1', ?, ?)`,
      ...[id, seq, name, name, traceparent(sampled), startMs, Number(revision)],
    );
  }

  published(change: string): void {
    const seq = this.#next('HISTORY');
    this.database.run(
      `INSERT INTO published (anchor, epoch, version, seq, doc, revision, step, deleted, change, at_ms)
       VALUES ('all', 1, ?, ?, 'p', 1, 0, 0, ?, ?)`,
      ...[seq, seq, change, startMs + 5],
    );
  }

  outcome(change: string, n: number, state: string, item = 0): void {
    this.database.run(
      `INSERT INTO outcomes (cluster, boot, n, item, seq, at_ms, skew_ms, policy, change, revision, step, state, reason, message, leaving,
         desired, applied, held, created, changed, removed, stamps, problems, stages)
       VALUES (?, 1, ?, ?, ?, ?, 0, 'pay', ?, 1, 0, ?, '', '', 0, 1, 1, 0, 0, 0, 0, ?, '[]', '[]')`,
      ...[cluster, n, item, this.#next('HISTORY'), startMs + 10 + n, change, state, JSON.stringify(stamps)],
    );
  }

  /** Names of what was sent since the last look. */
  async pass(sender = this.sender): Promise<string> {
    this.sent.length = 0;
    await sender.pass();
    return this.sent.map(({ name, error }) => (error === undefined ? name : `${name}!`)).join(' ');
  }

  #next(stream: string): number {
    this.#seq += 1;
    this.database.run(`INSERT OR REPLACE INTO positions (stream, seq, digest) VALUES (?, ?, '')`, stream, this.#seq);
    return this.#seq;
  }
}

let it: World;
beforeEach(async () => {
  it = new World();
  it.change('before@1');
  await it.pass();
});
afterEach(() => it.database.close());

describe('ChangeSender', () => {
  test('begins with what comes from now on, and sends each span once', async () => {
    it.change('pay@1');
    expect(await it.pass()).toBe('intent append');
    it.published('pay@1');
    expect(await it.pass()).toBe('plan publish');
    it.outcome('pay@1', 1, 'Applied');
    expect(await it.pass()).toBe('cluster deliver apply report fold');
    it.outcome('pay@1', 2, 'Applied');
    expect(await it.pass()).toBe('');
  });

  test('a cluster that waits is told when it is over, and one that failed at once', async () => {
    it.change('pay@1');
    it.published('pay@1');
    await it.pass();
    it.outcome('pay@1', 1, 'Retrying');
    expect(await it.pass()).toBe('');
    it.outcome('pay@1', 2, 'Failed');
    expect(await it.pass()).toBe('cluster! deliver apply report fold');
    it.outcome('pay@1', 3, 'Applied');
    expect(await it.pass()).toBe('cluster deliver apply report fold');
  });

  test('what a collector does not take waits in the history', async () => {
    it.isTaking = false;
    it.change('pay@1');
    expect(await it.pass()).toBe('');
    it.isTaking = true;
    expect(await it.pass()).toBe('intent append');
  });

  test('is given up once it is old', async () => {
    it.isTaking = false;
    it.change('pay@1');
    await it.pass();
    it.isTaking = true;
    it.clock.advance(700_000);
    expect(await it.pass()).toBe('');
    it.change('pay@2');
    it.moments.learn('pay@2', { appendedMs: it.clock.now() });
    expect(await it.pass()).toBe('intent append');
  });

  test('of a trace that is not sampled nothing is sent', async () => {
    it.change('pay@1', '00');
    it.published('pay@1');
    it.outcome('pay@1', 1, 'Applied');
    expect(await it.pass()).toBe('');
  });

  test('a hub that starts again sends what was recorded since, with the ids of the one before', async () => {
    it.change('pay@1');
    it.published('pay@1');
    await it.pass();
    const before = it.sent.map(({ spanId }) => spanId);
    const next = it.newSender();
    await it.pass(next);
    it.outcome('pay@1', 1, 'Applied');
    expect(await it.pass(next)).toBe('cluster deliver apply report fold');
    const change = pastChange(it.database, 'pay@1');
    const all = change === undefined ? [] : spansOfChange(it.database, { change, moments: {} });
    expect(all.map(({ spanId }) => spanId)).toEqual([
      requestSpanId('4bf92f3577b34da6a3ce929d0e0e4736', 'request-1'),
      ...before,
      ...it.sent.map(({ spanId }) => spanId),
    ]);
  });

  test('many come in parts, and none is missing', async () => {
    for (let n = 1; n <= 250; n += 1) it.change(`pay@${n}`);
    const parts: number[] = [];
    for (let more = true; more;) {
      it.sent.length = 0;
      more = await it.sender.pass();
      parts.push(it.sent.length);
    }
    expect(parts).toEqual([100, 100, 50]);
  });
});
