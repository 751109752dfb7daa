import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStage, type Stage } from './attack-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());

const named = (text: string): string => text.replaceAll('SELF', stage.attacker.id).replaceAll('OTHER', stage.victim.id);
const report = 'report.SELF.summary';
const outcome = 'outcome.SELF';

interface Ack {
  readonly stream?: string;
  readonly seq?: number;
  readonly duplicate?: boolean;
  readonly error?: { readonly err_code: number; readonly description: string };
}

async function send(subject: string, headers: Readonly<Record<string, string>>, body = 'evil', reply = stage.inbox()): Promise<Ack> {
  const fields = Object.entries(headers).map(([name, value]) => [name, named(value)] as const);
  const answer = await stage.raw.request(named(subject), reply, { headers: Object.fromEntries(fields), body });
  return JSON.parse(answer.body) as Ack;
}

describe('JetStream refuses a report with', () => {
  const refused: [headers: Record<string, string>, code: number][] = [
    [{ 'Nats-Rollup': 'all' }, 10_111],
    [{ 'Nats-Rollup': 'sub' }, 10_111],
    [{ 'Nats-TTL': '1s' }, 10_166],
    [{ 'Nats-TTL': 'never' }, 10_166],
    [{ 'Nats-Schedule': '@every 1s', 'Nats-Schedule-Target': 'report.OTHER.summary' }, 10_188],
    [{ 'Nats-Schedule': '@at 2030-01-01T00:00:00Z', 'Nats-Schedule-Target': 'report.SELF.summary' }, 10_188],
    [{ 'Nats-Incr': '+1' }, 10_168],
    [{ 'Nats-Batch-Id': 'x', 'Nats-Batch-Sequence': '1' }, 10_174],
    [{ 'Nats-Batch-Id': 'x', 'Nats-Batch-Sequence': '1', 'Nats-Batch-Commit': '1' }, 10_174],
    [{ 'Nats-Expected-Stream': 'FLEET' }, 10_060],
    [{ 'Nats-Expected-Last-Sequence': '99' }, 10_071],
    [{ 'Nats-Expected-Last-Subject-Sequence': '99' }, 10_071],
    [{ 'Nats-Expected-Last-Msg-Id': 'x' }, 10_070],
  ];
  test.each(refused)('%j', async (headers, code) => {
    const before = await stage.stored();
    for (const subject of [report, outcome]) expect((await send(subject, headers)).error?.err_code).toBe(code);
    expect(await stage.stored()).toEqual(before);
    expect(await stage.raw.settle()).toEqual([]);
  });

  test('the reply subject of fast ingest', async () => {
    const reply = named('_INBOX.SELF.uuid.10.fail.1.0.$FI');
    for (const subject of [report, outcome]) expect((await send(subject, {}, 'evil', reply)).error?.err_code).toBe(10_205);
  });
});

describe('tracing', () => {
  const targets = [
    'intent.policy.x',
    'desired.all.x',
    'report.OTHER.summary',
    '$JS.API.STREAM.DELETE.FLEET',
    '_INBOX.OTHER.x.1',
    '_INBOX.SELF.own.1',
  ];
  test.each(targets)('to %s is a permission violation', async (target) => {
    stage.raw.publish(named(report), { headers: { 'Nats-Trace-Dest': named(target) }, body: 'evil' });
    expect(await stage.raw.settle()).toEqual([`Permissions Violation for Publish to "${named(target)}"`]);
  });

  test('by traceparent alone does nothing', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(await send(report, { traceparent })).toMatchObject({ stream: 'REPORTS' });
    expect(await stage.raw.settle()).toEqual([]);
    expect(stage.raw.messages).toEqual([]);
  });
});

describe('an expectation about another subject', () => {
  const ask = (subject: string): Promise<Ack> =>
    send(report, { 'Nats-Expected-Last-Subject-Sequence': '99', 'Nats-Expected-Last-Subject-Sequence-Subject': subject });

  test('is refused, but tells the last sequence of a cluster whose id is known', async () => {
    const bus = await stage.realm.spokeBus(stage.victim);
    await bus.request(named('report.OTHER.summary'), new Uint8Array([1]), { timeoutMs: 5_000 });
    const { seq } = (await stage.realm.hub.last(named('report.OTHER.summary'))) ?? {};
    expect((await ask('report.OTHER.summary')).error).toMatchObject({ err_code: 10_071, description: `wrong last sequence: ${seq}` });
    expect((await ask('report.aaaaaaaaaaaaaaaaaaaaaaaaaa.summary')).error?.description).toBe('wrong last sequence: 0');
  });

  test('is refused for wildcards, which would tell without an id', async () => {
    for (const wildcard of ['report.*.summary', 'report.>', '>']) expect((await ask(wildcard)).error?.err_code).toBe(10_071);
  });
});

describe('the message id of another', () => {
  test('claimed in advance suppresses its outcome with a success answer, so ids must be unguessable', async () => {
    expect(await send(outcome, { 'Nats-Msg-Id': 'guessable' })).toMatchObject({ stream: 'OUTCOMES' });
    const bus = await stage.realm.spokeBus(stage.victim);
    await bus.request(named('outcome.OTHER'), new Uint8Array([1]), { timeoutMs: 5_000, msgId: 'guessable' });
    expect(await stage.realm.hub.last(named('outcome.OTHER'))).toBeUndefined();
  });

  test('suppresses nothing in REPORTS once 100 ms have passed', async () => {
    const bus = await stage.realm.spokeBus(stage.victim);
    const subject = named('report.OTHER.drift');
    await send(report, { 'Nats-Msg-Id': 'same' });
    const stored = async (): Promise<boolean> => {
      await bus.request(subject, new Uint8Array([1]), { timeoutMs: 5_000, msgId: 'same' });
      return (await stage.realm.hub.last(subject)) !== undefined;
    };
    await expect.poll(stored, { interval: 120, timeout: 5_000 }).toBe(true);
  });
});

describe('forged headers of the server', () => {
  test('are removed or stored, and a reader gets the true subject and sequence', async () => {
    const forged = {
      'Nats-Request-Info': '{"acc":"HUB","user":"admin"}',
      'Nats-Stream': 'INTENT',
      'Nats-Subject': 'report.OTHER.summary',
      'Nats-Sequence': '1',
      'KV-Operation': 'DEL',
    };
    const { seq } = await send(report, forged, 'forged');
    const { 'Nats-Request-Info': _removed, ...kept } = forged;
    expect(Object.fromEntries(await storedHeaders(named(report)))).toEqual(
      Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, named(value)])),
    );
    expect(await stage.realm.hub.get(named(report))).toMatchObject({ subject: named(report), seq });
  });
});

describe('a message that is too large', () => {
  test('for its stream is refused with 10054', async () => {
    expect((await send(report, {}, 'x'.repeat(128 * 1024 + 1))).error?.err_code).toBe(10_054);
    expect((await send(outcome, {}, 'x'.repeat(16 * 1024 + 1))).error?.err_code).toBe(10_054);
  });

  test('for the scope closes the connection', async () => {
    const raw = await stage.realm.login(stage.attacker);
    raw.publish(named(report), { body: 'x'.repeat(256 * 1024 + 1) });
    await raw.until(() => raw.isClosed, 'the end of the connection');
    expect(await raw.settle()).toEqual(['Maximum Payload Violation', 'closed']);
  });
});

async function storedHeaders(subject: string): Promise<ReadonlyMap<string, string>> {
  const { message } = await stage.realm.hub.link.api<{ readonly message: { readonly hdrs?: string } }>(
    'STREAM.MSG.GET.REPORTS',
    { last_by_subj: subject },
    'look',
  );
  const lines = Buffer.from(message.hdrs ?? '', 'base64')
    .toString()
    .split('\r\n')
    .slice(1);
  return new Map(lines.filter((line) => line !== '').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
}
