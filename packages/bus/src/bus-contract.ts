import { clusterAnchor, desiredSubject, indexSubject, outcomeSubject, reportSubject, type Doc } from '@accord/proto/subjects';
import type { ClusterId } from '@accord/proto/ids';
import { CodedError } from '@accord/proto/coded-error';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Bus, FollowOptions, Item, Stored } from './bus.ts';

/** One empty bus with its two sides. */
export interface HubAndSpoke {
  readonly hub: Bus;
  readonly spoke: Bus;
  /** The cluster whose subjects the spoke may use. */
  readonly id: ClusterId;
  /** Lets time pass for a bus whose clock stands still; with a real clock the tests wait for what they expect. */
  readonly elapse: (ms: number) => void;
  readonly close: () => Promise<void>;
}

/** What every Bus must do. The memory bus and the NATS bus call this from their own test files. */
export function describeBusContract(name: string, createHubAndSpoke: () => Promise<HubAndSpoke>): void {
  describe(`bus contract: ${name}`, () => {
    let fleet: HubAndSpoke;
    let stop: AbortController;
    beforeEach(async () => {
      fleet = await createHubAndSpoke();
      stop = new AbortController();
    });
    afterEach(async () => {
      stop.abort();
      await fleet.close();
    });
    const use = (): Context => ({ ...fleet, signal: stop.signal });
    describe('append', () => describeAppend(use));
    describe('an attempt that is repeated', () => describeRepetition(use));
    describe('follow', () => describeFollow(use));
    describe('reports and outcomes', () => describeReports(use));
    describe('messages that are not stored', () => describeMessages(use));
  });
}

type Context = HubAndSpoke & { readonly signal: AbortSignal };
type Use = () => Context;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (body: Uint8Array | undefined): string | undefined => body && new TextDecoder().decode(body);
const item = (subject: string, body: string, expectSeq?: number): Item => ({
  subject,
  body: bytes(body),
  ...(expectSeq !== undefined && { expectSeq }),
});
const readText = async (bus: Bus, subject: string): Promise<string | undefined> => text((await bus.last(subject))?.body);
const none = { timeoutMs: 1_000 };

function describeAppend(use: Use): void {
  test('of two appends that expect the same sequence, exactly one wins', async () => {
    const { hub } = use();
    const results = await Promise.allSettled([hub.append([item('index.all', '1', 0)], 'a'), hub.append([item('index.all', '2', 0)], 'b')]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
  });

  const sizes: [name: string, items: (expectSeq: number) => Item[]][] = [
    ['one message', (expectSeq) => [item('index.all', 'i', expectSeq)]],
    ['a document and its index', (expectSeq) => [item('desired.all.p', 'p'), item('index.all', 'i', expectSeq)]],
    ['a batch', (expectSeq) => [item('desired.all.p', 'p'), item('desired.all.q', 'q'), item('index.all', 'i', expectSeq)]],
  ];
  test.each(sizes)('%s: the answer is the sequence of the last item, which the next writer must expect', async (_name, items) => {
    const { hub } = use();
    const { seq } = await hub.append(items(0), 'a');
    expect(await hub.last('index.all')).toMatchObject({ seq, tx: 'a' });
    await expect(hub.append(items(0), 'b')).rejects.toMatchObject({ code: 'conflict' });
    const next = await hub.append(items(seq), 'c');
    expect(next.seq).toBeGreaterThan(seq);
  });

  test.each(sizes)('%s: a refused append stores nothing and shows nothing live', async (_name, items) => {
    const { hub, spoke, signal } = use();
    await hub.append([item('index.all', 'other')], 'a');
    const live: string[] = [];
    await spoke.subscribe('live.desired.all.>', ({ subject }) => live.push(subject), signal);
    await expect(hub.append(items(0), 'b')).rejects.toMatchObject({ code: 'conflict' });
    expect(await hub.last('desired.all.p')).toBeUndefined();
    expect(await readText(hub, 'index.all')).toBe('other');
    await hub.append([item('desired.all.z', 'z')], 'c');
    await vi.waitFor(() => expect(live).toEqual(['live.desired.all.z']));
  });

  test('shows documents live in the order of the batch, and indexes never', async () => {
    const { hub, spoke, signal } = use();
    const live: string[] = [];
    await spoke.subscribe('live.desired.all.>', ({ subject, body }) => live.push(`${subject} ${text(body)}`), signal);
    await hub.append([item('desired.all.c', '1'), item('desired.all.a', '2'), item('desired.all.b', '3'), item('index.all', 'i', 0)], 'a');
    await hub.append([item('desired.all.last', '4')], 'b');
    await vi.waitFor(() => expect(live.at(-1)).toBe('live.desired.all.last 4'));
    expect(live).toEqual(['live.desired.all.c 1', 'live.desired.all.a 2', 'live.desired.all.b 3', 'live.desired.all.last 4']);
  });

  test('stores 1,000 items at once', async () => {
    const { hub, spoke, signal } = use();
    let live = 0;
    await spoke.subscribe('live.desired.all.>', () => (live += 1), signal);
    const documents = Array.from({ length: 999 }, (_, at) => item(`desired.all.p${at}`, 'x'.repeat(500)));
    await hub.append([...documents, item('index.all', 'i', 0)], 'a');
    expect(await readText(hub, 'desired.all.p998')).toHaveLength(500);
    await vi.waitFor(() => expect(live).toBe(999), 5_000);
  });

  test('stores nothing of a batch with one item that is too large', async () => {
    const { hub } = use();
    const tooLarge = { subject: 'desired.all.q', body: new Uint8Array(2 * 1024 * 1024) };
    await expect(hub.append([item('desired.all.p', 'p'), tooLarge, item('index.all', 'i', 0)], 'a')).rejects.toMatchObject({
      code: 'too-large',
    });
    expect(await hub.last('desired.all.p')).toBeUndefined();
    expect(await hub.last('index.all')).toBeUndefined();
  });

  test('stores the largest body that it takes', async () => {
    const { hub } = use();
    const body = new Uint8Array(2 * 1024 * 1024 - 1024).fill(7);
    await hub.append([{ subject: 'desired.all.p', body }], 'a');
    expect((await hub.last('desired.all.p'))?.body).toEqual(body);
  });

  test('refuses one subject twice as a bug of the caller', async () => {
    const { hub } = use();
    await expect(hub.append([item('desired.all.p', '1'), item('desired.all.p', '2')], 'a')).rejects.toThrow('one subject twice');
  });

  test('what has a time to live goes away, and then 0 is the right expectation again', async () => {
    const { hub, elapse } = use();
    const lease = { ...item('control.lease.planner', 'hub-1', 0), ttlSeconds: 1 };
    await hub.append([lease], 'a');
    await expect(hub.append([lease], 'b')).rejects.toMatchObject({ code: 'conflict' });
    elapse(1_000);
    await vi.waitFor(async () => expect(await hub.last('control.lease.planner')).toBeUndefined(), 5_000);
    await hub.append([lease], 'c');
  });
}

function describeRepetition(use: Use): void {
  const changes: [name: string, subject: string, items: Item[]][] = [
    ['one document', 'index.all', [item('index.all', 'i', 0)]],
    ['an intent', 'intent.policy.p', [item('intent.policy.p', 'i', 0)]],
    ['an intent without expectation', 'intent.policy.p', [item('intent.policy.p', 'i')]],
    ['a document and its index', 'index.all', [item('desired.all.p', 'p'), item('index.all', 'i', 0)]],
    ['a batch', 'index.all', [item('desired.all.p', 'p'), item('desired.all.q', 'q'), item('index.all', 'i', 0)]],
  ];
  test.each(changes)('%s: answers like the first attempt, and stores nothing again', async (_name, subject, items) => {
    const { hub } = use();
    const first = await hub.append(items, 'a');
    expect(await hub.append(items, 'a')).toEqual(first);
    expect(await hub.last(subject)).toMatchObject({ seq: first.seq });
  });

  const index = item('index.all', 'i2', 1);
  const pair = [item('desired.all.p', 'p2'), index];

  test('a writer that died between index and document is finished by its next attempt', async () => {
    const { hub, spoke, signal } = use();
    await hub.append([item('index.all', 'i1', 0)], 'a');
    const live: string[] = [];
    await spoke.subscribe('live.desired.all.>', ({ body }) => live.push(text(body) ?? ''), signal);
    // The index alone is what such a writer leaves: it names a document that is not there.
    const { seq } = await hub.append([index], 'b');
    expect(await hub.last('desired.all.p')).toBeUndefined();
    expect(await hub.append(pair, 'b')).toEqual({ seq });
    expect(await readText(hub, 'desired.all.p')).toBe('p2');
    await vi.waitFor(() => expect(live).toEqual(['p2']));
    expect(await hub.append(pair, 'b')).toEqual({ seq });
  });

  test('a writer that died between index and document holds up nobody who has read its index', async () => {
    const { hub } = use();
    await hub.append([item('index.all', 'i1', 0)], 'a');
    const { seq } = await hub.append([index], 'b');
    await expect(hub.append(pair, 'c')).rejects.toMatchObject({ code: 'conflict' });
    await hub.append([item('desired.all.p', 'p3'), item('index.all', 'i3', seq)], 'c');
    expect(await readText(hub, 'desired.all.p')).toBe('p3');
    await expect(hub.append(pair, 'b')).rejects.toMatchObject({ code: 'conflict' });
    expect(await readText(hub, 'desired.all.p')).toBe('p3');
  });

  test('a transaction that was used for another intent is a conflict, never a silent success', async () => {
    const { hub } = use();
    await hub.append([item('intent.policy.p', 'p', 0)], 'a');
    await expect(hub.append([item('intent.policy.q', 'q', 0)], 'a')).rejects.toMatchObject({ code: 'conflict' });
    expect(await hub.last('intent.policy.q')).toBeUndefined();
  });
}

/** Reads until something is true of what was read, one line per delivery. */
async function read(
  { hub, signal }: Context,
  options: FollowOptions,
  until: (lines: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const delivery of hub.follow(options, signal)) {
    lines.push(render(delivery));
    if (until(lines)) break;
  }
  return lines;
}
const render = (delivery: Stored | 'caught-up'): string =>
  delivery === 'caught-up' ? delivery : `${delivery.seq} ${delivery.subject} ${text(delivery.body)} ${delivery.tx}`;
const caughtUp = (lines: readonly string[]): boolean => lines.at(-1) === 'caught-up';
const everything = (stream: FollowOptions['stream']): FollowOptions => ({ stream, filters: [], afterSeq: 0 });

function describeFollow(use: Use): void {
  const decide = async ({ hub }: Context): Promise<void> => {
    await hub.append([item('intent.policy.p', 'p1')], 'a');
    await hub.append([item('intent.cluster.c', 'c1')], 'b');
    await hub.append([item('intent.policy.p', 'p2')], 'c');
  };

  test('gives what is stored in order, says once that it has caught up, and then gives what comes', async () => {
    const context = use();
    await decide(context);
    const lines = await read(context, everything('INTENT'), (seen) => {
      if (caughtUp(seen)) void context.hub.append([item('intent.policy.q', 'q1')], 'd');
      return seen.length === 5;
    });
    expect(lines).toEqual([
      '1 intent.policy.p p1 a',
      '2 intent.cluster.c c1 b',
      '3 intent.policy.p p2 c',
      'caught-up',
      '4 intent.policy.q q1 d',
    ]);
  });

  test('an empty stream has caught up at once', async () => {
    expect(await read(use(), everything('REPORTS'), caughtUp)).toEqual(['caught-up']);
  });

  test('goes on after a sequence', async () => {
    const context = use();
    await decide(context);
    expect(await read(context, { stream: 'INTENT', filters: [], afterSeq: 2 }, caughtUp)).toEqual(['3 intent.policy.p p2 c', 'caught-up']);
    expect(await read(context, { stream: 'INTENT', filters: [], afterSeq: 3 }, caughtUp)).toEqual(['caught-up']);
  });

  test('gives only the subjects of its filters', async () => {
    const context = use();
    await decide(context);
    const filters = ['intent.cluster.*', 'intent.token.*'];
    expect(await read(context, { stream: 'INTENT', filters, afterSeq: 0 }, caughtUp)).toEqual(['2 intent.cluster.c c1 b', 'caught-up']);
  });

  test('gives only the last message of each subject when asked, and then everything that comes', async () => {
    const context = use();
    await decide(context);
    const lines = await read(context, { ...everything('INTENT'), lastPerSubject: true }, (seen) => {
      if (caughtUp(seen))
        void context.hub.append([item('intent.policy.p', 'p3')], 'd').then(() => context.hub.append([item('intent.policy.p', 'p4')], 'e'));
      return seen.length === 5;
    });
    expect(lines).toEqual([
      '2 intent.cluster.c c1 b',
      '3 intent.policy.p p2 c',
      'caught-up',
      '4 intent.policy.p p3 d',
      '5 intent.policy.p p4 e',
    ]);
  });

  test('gives thousands of messages without a gap', async () => {
    const context = use();
    const batch = (from: number): Item[] => Array.from({ length: 900 }, (_, at) => item(`desired.all.p${from + at}`, 'x'));
    for (const from of [0, 900, 1_800]) await context.hub.append(batch(from), 'a');
    const lines = await read(context, everything('FLEET'), caughtUp);
    expect(lines).toHaveLength(2_701);
    expect(lines.at(-2)).toBe('2700 desired.all.p2699 x a');
  });

  test('ends when its signal aborts', async () => {
    const { hub } = use();
    const stop = new AbortController();
    const lines: string[] = [];
    for await (const delivery of hub.follow(everything('INTENT'), stop.signal)) {
      lines.push(render(delivery));
      setImmediate(() => stop.abort());
    }
    expect(lines).toEqual(['caught-up']);
  });

  test('refuses to go on after a sequence that the stream has never reached', async () => {
    const context = use();
    await decide(context);
    await expect(read(context, { stream: 'INTENT', filters: [], afterSeq: 9 }, caughtUp)).rejects.toMatchObject({ code: 'gone' });
  });
}

function describeReports(use: Use): void {
  test('a report replaces its predecessor', async () => {
    const { hub, spoke, id } = use();
    const subject = reportSubject(id, 'summary');
    expect(await spoke.request(subject, bytes('1'), none)).toEqual(new Uint8Array());
    await spoke.request(subject, bytes('2'), none);
    expect(await read(use(), everything('REPORTS'), caughtUp)).toEqual([`2 ${subject} 2 `, 'caught-up']);
    expect(await readText(hub, subject)).toBe('2');
  });

  test('an outcome that is sent again with its id is stored once', async () => {
    const { spoke, id } = use();
    const subject = outcomeSubject(id);
    for (const body of ['1', '1', '2']) await spoke.request(subject, bytes(body), { ...none, msgId: `id-${body}` });
    expect(await read(use(), everything('OUTCOMES'), caughtUp)).toEqual([`1 ${subject} 1 `, `2 ${subject} 2 `, 'caught-up']);
  });

  test('keeps the last 256 outcomes of a cluster', async () => {
    const { spoke, id } = use();
    await Promise.all(Array.from({ length: 260 }, (_, at) => spoke.request(outcomeSubject(id), bytes(String(at)), { timeoutMs: 5_000 })));
    const lines = await read(use(), everything('OUTCOMES'), caughtUp);
    expect(lines).toHaveLength(257);
    expect(lines[0]).toMatch(/^5 /);
  });

  test('an outcome reaches who listens for outcomes', async () => {
    const { hub, spoke, id, signal } = use();
    const heard: string[] = [];
    await hub.subscribe('outcome.*', ({ subject, body }) => heard.push(`${subject} ${text(body)}`), signal);
    await spoke.request(outcomeSubject(id), bytes('1'), none);
    await vi.waitFor(() => expect(heard).toEqual([`${outcomeSubject(id)} 1`]));
  });

  test('a report that is too large is refused, and the next one is not', async () => {
    const { spoke, id } = use();
    const subject = reportSubject(id, 'drift');
    await expect(spoke.request(subject, new Uint8Array(128 * 1024), none)).rejects.toMatchObject({ code: 'too-large' });
    await spoke.request(subject, bytes('1'), none);
  });

  test('a spoke reads what is stored for it, and nothing where nothing is', async () => {
    const { hub, spoke, id } = use();
    const anchor = clusterAnchor(id);
    const { seq } = await hub.append([item(desiredSubject(anchor, '_member' as Doc), 'member'), item(indexSubject(anchor), 'i', 0)], 'a');
    const stored = await spoke.get(indexSubject(anchor));
    expect(stored).toMatchObject({ subject: indexSubject(anchor), seq, tx: 'a' });
    expect(text((await spoke.get(desiredSubject(anchor, '_member' as Doc)))?.body)).toBe('member');
    expect(await spoke.get('index.all')).toBeUndefined();
  });
}

function describeMessages(use: Use): void {
  const renew = (id: ClusterId): string => `rpc.${id}.renew`;

  test('a request is answered by who serves it', async () => {
    const { hub, spoke, id, signal } = use();
    await hub.serve('rpc.*.renew', async ({ subject, body }) => bytes(`${subject}: ${text(body)}`), signal);
    expect(text(await spoke.request(renew(id), bytes('please'), none))).toBe(`${renew(id)}: please`);
  });

  test('a handler that rejects is answered with its code and message', async () => {
    const { hub, spoke, id, signal } = use();
    const refuse = (): Promise<Uint8Array> => Promise.reject(new CodedError('busy', 'come back\nlater'));
    await hub.serve('rpc.*.renew', refuse, signal);
    await expect(spoke.request(renew(id), bytes(''), none)).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringContaining('come back'),
    });
  });

  test('a request that nobody serves is unavailable, before and after', async () => {
    const { hub, spoke, id } = use();
    await expect(spoke.request(renew(id), bytes(''), none)).rejects.toMatchObject({ code: 'unavailable' });
    const stop = new AbortController();
    await hub.serve('rpc.*.renew', async () => bytes('yes'), stop.signal);
    expect(text(await spoke.request(renew(id), bytes(''), none))).toBe('yes');
    stop.abort();
    // A request that crosses the end of the service on its way is lost.
    const again = (): Promise<Uint8Array> => spoke.request(renew(id), bytes(''), { timeoutMs: 200 });
    await vi.waitFor(() => expect(again()).rejects.toMatchObject({ code: 'unavailable' }), 5_000);
  });

  test('a request without an answer ends with a timeout', async () => {
    const { hub, spoke, id, signal, elapse } = use();
    await hub.serve('rpc.*.renew', () => new Promise(() => undefined), signal);
    const answer = spoke.request(renew(id), bytes(''), { timeoutMs: 50 });
    elapse(50);
    await expect(answer).rejects.toMatchObject({ code: 'timeout' });
  });

  test('beats go up and ticks go down', async () => {
    const { hub, spoke, id, signal } = use();
    const heard: string[] = [];
    await hub.subscribe('beat.*', ({ subject, body }) => heard.push(`${subject} ${text(body)}`), signal);
    await spoke.subscribe('live.tick', ({ subject, body }) => heard.push(`${subject} ${text(body)}`), signal);
    spoke.publish(`beat.${id}`, bytes('1'));
    await vi.waitFor(() => expect(heard).toEqual([`beat.${id} 1`]));
    hub.publish('live.tick', bytes('2'));
    await vi.waitFor(() => expect(heard).toEqual([`beat.${id} 1`, 'live.tick 2']));
  });

  test('nothing arrives after the signal of a subscription aborts', async () => {
    const { hub, spoke, signal } = use();
    const heard: string[] = [];
    const first = new AbortController();
    await spoke.subscribe('live.tick', () => heard.push('first'), first.signal);
    await spoke.subscribe('live.tick', () => heard.push('second'), signal);
    hub.publish('live.tick', bytes('1'));
    await vi.waitFor(() => expect(heard.toSorted()).toEqual(['first', 'second']));
    first.abort();
    hub.publish('live.tick', bytes('2'));
    await vi.waitFor(() => expect(heard).toHaveLength(3));
    expect(heard.at(-1)).toBe('second');
  });

  test('says at once whether the connection is there', () => {
    const { hub, spoke, signal } = use();
    const states: string[] = [];
    hub.onConnection((state) => states.push(state), signal);
    spoke.onConnection((state) => states.push(state), signal);
    expect(states).toEqual(['connected', 'connected']);
  });
}
