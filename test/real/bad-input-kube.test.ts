import { systemClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { createHttpKube, type HttpKube } from '@accord/spoke/kube/http-kube';
import { configMapKind, ownRef } from '@accord/spoke/kube/own-kinds';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ScriptedApiServer, type Answer } from '../chaos/scripted-api-server.ts';

/** What a real API server says is proven by kube-refusals.test.ts; here is what stands in for it when it is ill, or is none. */
let server: ScriptedApiServer;
let kube: HttpKube;
beforeAll(async () => {
  server = await ScriptedApiServer.start();
  kube = createHttpKube({ ...server.access, clock: systemClock, log: new ListLog() });
});
afterAll(async () => {
  kube.close();
  await server.stop();
});

const never = new AbortController().signal;
const at = ownRef(configMapKind, 'team', 'a');
const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'team' } };
const stored: Answer = { status: 200, body: { ...object, metadata: { ...object.metadata, uid: 'u', resourceVersion: '7' } } };
const status = (code: number, message: string) => ({
  status: code,
  body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code },
});

type Outcome = readonly [outcome: string, reason: string];
const write = async (): Promise<Outcome> => {
  const answer = await kube.apply(at, object, {}, never);
  return [answer.outcome, 'reason' in answer ? answer.reason : ''];
};
const remove = async (): Promise<Outcome> => {
  const answer = await kube.remove(at, { uid: 'u', resourceVersion: '7' }, never);
  return [answer.outcome, 'reason' in answer ? answer.reason : ''];
};

const html = '<html><body>502 Bad Gateway</body></html>';
const cases: [claim: string, answer: Answer, applied: Outcome, removed: Outcome][] = [
  ['403', status(403, 'no'), ['refused', 'Forbidden'], ['refused', 'Forbidden']],
  ['409', status(409, 'the object has been modified'), ['retry', 'Conflict'], ['retry', 'Conflict']],
  ['422', status(422, 'is invalid'), ['refused', 'Invalid'], ['refused', 'Invalid']],
  ['500', status(500, 'internal error'), ['retry', 'ServerError'], ['retry', 'ServerError']],
  ['503', status(503, 'starting'), ['retry', 'ServerError'], ['retry', 'ServerError']],
  ['a page of a proxy', { status: 502, body: html }, ['retry', 'ServerError'], ['retry', 'ServerError']],
  [
    'a redirect',
    { status: 302, body: '', headers: { location: 'https://127.0.0.1:1/' } },
    ['retry', 'ServerError'],
    ['retry', 'ServerError'],
  ],
  ['a refusal without a word', { status: 403, body: '' }, ['refused', 'Forbidden'], ['refused', 'Forbidden']],
  [
    'a refusal of another shape',
    { status: 403, body: { message: 5, details: { causes: 'many' } } },
    ['refused', 'Forbidden'],
    ['refused', 'Forbidden'],
  ],
  ['a refusal that is no object', { status: 422, body: [null] }, ['refused', 'Invalid'], ['refused', 'Invalid']],
  [
    'a refusal with causes of another shape',
    { status: 422, body: { kind: 'Status', message: 'no', details: { causes: [null, 5] } } },
    ['refused', 'Invalid'],
    ['refused', 'Invalid'],
  ],
  ['a connection that is closed', 'hang up', ['retry', 'Unreachable'], ['retry', 'Unreachable']],
  ['a connection that is closed in the middle', 'hang up in the middle', ['retry', 'Unreachable'], ['retry', 'Unreachable']],
];

describe('an API server that answers', () => {
  test.each(cases)('%s gives one clear outcome for each write, and the next one works', async (_claim, answer, applied, removed) => {
    server.script(answer);
    expect([await write(), await remove()]).toEqual([applied, removed]);
    server.script(stored);
    expect(await write()).toEqual(['changed', '']);
  });

  test('429 is retried, and no write comes before the time that it asked for', async () => {
    server.script({ ...status(429, 'too many requests'), headers: { 'retry-after': '1' } }, stored);
    const answer = await kube.apply(at, object, {}, never);
    expect(answer).toEqual({ outcome: 'retry', reason: 'Overloaded', because: 'too many requests', afterMs: 1000 });
    const askedAtMs = performance.now();
    expect(await write()).toEqual(['changed', '']);
    expect(performance.now() - askedAtMs).toBeGreaterThan(900);
    expect(server.asked).toHaveLength(2);
  });

  const garbage: [claim: string, body: unknown][] = [
    ['nothing', ''],
    ['a page', html],
    ['null', null],
    ['a number', 5],
    ['a list', []],
    ['an object without metadata', {}],
    ['metadata of another shape', { metadata: 5 }],
    ['managed fields of another shape', { metadata: { uid: 'u', resourceVersion: '7', managedFields: { a: 1 } } }],
    ['managed fields of nothing', { metadata: { uid: 'u', resourceVersion: '7', managedFields: [null] } }],
    ['half of an object', '{"metadata":{"na'],
  ];
  test.each([
    ['a page', html],
    ['nothing', ''],
    ['null', null],
  ])('200 with %s is no removal', async (_claim, body) => {
    server.script({ status: 200, body });
    expect(await remove()).toEqual(['retry', 'ServerError']);
  });

  test.each(garbage)('200 with %s is an answer that is tried again, for writes and for reads', async (_claim, body) => {
    server.script({ status: 200, body });
    expect(await write()).toEqual(['retry', 'ServerError']);
    await expect(kube.get(at, never)).rejects.toMatchObject({ code: 'garbage' });
    await expect(kube.inspect(never)).rejects.toMatchObject({ code: 'garbage' });
    server.script(stored);
    expect(await write()).toEqual(['changed', '']);
  });

  test.each(garbage.filter(([claim]) => !claim.includes('managed fields')))(
    'a list of %s is a failure and never an empty list',
    async (_claim, body) => {
      server.script({ status: 200, body });
      await expect(kube.list(configMapKind, {}, never)).rejects.toMatchObject({ code: 'garbage' });
    },
  );

  test.each([
    ['items of another shape', { metadata: {}, items: 5 }],
    ['no items', { metadata: { resourceVersion: '7' } }],
    ['an entry that is no object', { metadata: {}, items: [5] }],
  ])('a list with %s is a failure and never an empty list', async (_claim, body) => {
    server.script({ status: 200, body });
    await expect(kube.list(configMapKind, {}, never)).rejects.toMatchObject({ code: 'garbage' });
  });

  test('nothing at all is given up after 45 s, and the write may have happened', { timeout: 60_000 }, async () => {
    server.script('say nothing');
    expect(await write()).toEqual(['retry', 'Unreachable']);
  });
});

describe('a watch', () => {
  test.each([
    ['a page', html],
    ['lines that are no events', '{"type":"ADDED"}\n5\nnull\n{"type":7,"object":[]}\n'],
    ['an event of half an object', '{"type":"ADDED","object":{"metadata":{"managedFields":7}}}\n'],
    ['an error without a status', '{"type":"ERROR","object":5}\n'],
    ['an error of nothing', '{"type":"ERROR","object":null}\n'],
  ])('of %s goes on asking, and shows nothing as gone', async (_claim, body) => {
    const stop = new AbortController();
    const events: unknown[] = [];
    server.script({ status: 200, body });
    const watching = kube.watch(configMapKind, {}, (event) => events.push(event), stop.signal);
    await expect.poll(() => server.asked.length, { timeout: 20_000, interval: 10 }).toBeGreaterThan(1);
    stop.abort();
    await watching;
    expect(events).toEqual([]);
  });
});
