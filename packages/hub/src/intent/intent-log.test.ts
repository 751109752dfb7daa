import { MemoryBroker } from '@accord/bus/memory-broker';
import { MemoryBus } from '@accord/bus/memory-bus';
import { draft, type Draft } from '@accord/core/registry/draft';
import { emptyRegistry } from '@accord/core/registry/registry';
import { hex, sha256 } from '@accord/proto/canonical';
import { CodedError } from '@accord/proto/coded-error';
import type { Signer } from '@accord/proto/document';
import type { ClusterName } from '@accord/proto/ids';
import { createKeyPair, parsePublicKey, rawPublicKey } from '@accord/proto/keys';
import { factStatementCodec, type FactStatement } from '@accord/proto/messages';
import { keyIdOf, openEnvelope, sealEnvelope, trustKeys } from '@accord/proto/seal';
import { intentSubject } from '@accord/proto/subjects';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { IntentLog, type Author, type IntentLogDeps } from './intent-log.ts';
import { writeDecision } from './write.ts';

const pair = createKeyPair('account');
const publicKey = parsePublicKey('account', pair.publicKey);
const signer: Signer = { pair, keyId: keyIdOf(publicKey) };
const keys = trustKeys([rawPublicKey(publicKey)]);
const subject = intentSubject('name', 'n');
const stop = new AbortController();
afterEach(() => vi.restoreAllMocks());

const author = (requestId: string): Author => ({
  actor: 'ann',
  reason: 'test',
  source: '',
  traceparent: '',
  requestId,
  requestDigest: new Uint8Array(),
});
/** Takes the name for a token, unless it is taken for it. */
const take = (hub: Hub, tokenHash: string): readonly Draft[] => {
  const before = hub.registry.names.get('n' as ClusterName);
  return before?.body.tokenHash === tokenHash
    ? []
    : [draft('name', 'n', 'NameReserved', { name: 'n' as ClusterName, tokenHash }, before?.seq ?? 0, `n@${tokenHash}`)];
};
const write = (hub: Hub, tokenHash: string, requestId = tokenHash) =>
  writeDecision(hub.intent, () => take(hub, tokenHash), author(requestId));

/** One hub at the broker; its clock moves with each write, as clocks do. */
async function hubAt(broker: MemoryBroker, more: Pick<IntentLogDeps, 'trust'> = {}) {
  const bus = new MemoryBus(broker);
  const registry = emptyRegistry();
  const clock = new ManualClock(1_000);
  const log = new ListLog();
  const seen: string[] = [];
  const intent = new IntentLog({
    bus,
    signer,
    keys,
    registry,
    clock,
    log,
    onFact: ({ recorded }) => seen.push(recorded.change.id),
    ...more,
  });
  await intent.replay(stop.signal);
  return { bus, broker, registry, clock, log, intent, seen };
}
type Hub = Awaited<ReturnType<typeof hubAt>>;

const held = ({ registry }: Hub): string | undefined => registry.names.get('n' as ClusterName)?.body.tokenHash;
const forge = (statement: Partial<FactStatement>, by: Signer = signer): Uint8Array => {
  const body = new TextEncoder().encode('{"name":"n","tokenHash":"forged"}');
  return sealEnvelope(
    by.pair,
    by.keyId,
    'accord.intent.v1',
    factStatementCodec.encode({ subject, bodyDigest: sha256(body), ...statement }),
    body,
  );
};

describe('IntentLog', () => {
  test('a fact is folded when it was written, told once, and read again by a hub that starts', async () => {
    const broker = new MemoryBroker();
    const first = await hubAt(broker);
    await write(first, 't1');
    await write(first, 't2');
    expect([held(first), first.seen]).toEqual(['t2', ['n@t1', 'n@t2']]);
    const second = await hubAt(broker);
    expect([held(second), second.seen, second.intent.refused]).toEqual(['t2', ['n@t1', 'n@t2'], 0]);
    expect(second.registry).toEqual(first.registry);
    await vi.waitFor(() => expect(first.seen).toEqual(['n@t1', 'n@t2']));
  });

  test('a start that is stopped while it reads ends, and not as if it had caught up', async () => {
    const hub = await hubAt(new MemoryBroker());
    await write(hub, 't1');
    await expect(hub.intent.replay(AbortSignal.abort())).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('what a fact says of its author is signed with it', async () => {
    const hub = await hubAt(new MemoryBroker());
    await write(hub, 't1', 'request-1');
    const stored = await hub.bus.last(subject);
    const statement = factStatementCodec.decode(openEnvelope(stored?.body ?? new Uint8Array(), 'accord.intent.v1', keys).statement);
    expect(statement).toMatchObject({
      subject,
      type: 'NameReserved',
      actor: 'ann',
      reason: 'test',
      requestId: 'request-1',
      atMs: 1_000,
      change: { id: 'n@t1' },
    });
  });

  test('a fact by a key that was replaced is believed up to the epoch after it, and not later', async () => {
    const broker = new MemoryBroker();
    const hub = await hubAt(broker, { trust: { believes: (_keyId, epoch) => epoch < 2 } });
    await write(hub, 't1');
    expect(held(hub)).toBe('t1');
    const start = draft('fleet', 'epoch', 'EpochStarted', { epoch: 2, confirmedEpoch: 1 }, 0, 'fleet@2');
    await hub.intent.append(start, author('epoch'));
    await (await hubAt(broker)).intent.append(take(hub, 't2')[0] ?? start, author('late'));
    await vi.waitFor(() => expect(hub.intent.refused).toBe(1));
    expect([held(hub), held(await hubAt(broker)), hub.log.lines.at(-1)?.fields]).toMatchObject([
      't1',
      't2',
      { because: expect.stringContaining('a key that was replaced') },
    ]);
  });

  const other = createKeyPair('account');
  const stranger: Signer = { pair: other, keyId: keyIdOf(parsePublicKey('account', other.publicKey)) };
  const forgeries: [claim: string, body: () => Uint8Array][] = [
    ['by a stranger', () => forge({}, stranger)],
    ['by a stranger who names our key', () => forge({}, { pair: other, keyId: signer.keyId })],
    ['for another subject', () => forge({ subject: intentSubject('name', 'other') })],
    ['over another body', () => forge({ bodyDigest: sha256('other') })],
    ['that does not continue the chain', () => forge({ previousDigest: sha256('other') })],
    ['that starts the chain again', () => forge({ previousDigest: new Uint8Array() })],
    ['that is no envelope', () => Uint8Array.of(1, 2, 3)],
  ];
  test.each(forgeries)('a fact %s is not believed, and what was there stays', async (_claim, body) => {
    const broker = new MemoryBroker();
    const hub = await hubAt(broker);
    await write(hub, 't1');
    await hub.bus.append([{ subject, body: body() }], 'forgery');
    await vi.waitFor(() => expect(hub.intent.refused).toBe(1));
    expect([held(hub), held(await hubAt(broker))]).toEqual(['t1', 't1']);
    expect(hub.log.lines).toMatchObject([{ level: 'error', fields: { subject, seq: 2 } }]);
  });

  test('an old fact that is stored once more is not believed', async () => {
    const broker = new MemoryBroker();
    const hub = await hubAt(broker);
    await write(hub, 't1');
    const old = (await hub.bus.last(subject))?.body ?? new Uint8Array();
    await write(hub, 't2');
    await hub.bus.append([{ subject, body: old }], 'replay');
    await vi.waitFor(() => expect(hub.intent.refused).toBe(1));
    expect(held(hub)).toBe('t2');
  });
});

describe('two who write', () => {
  test('the second decides again on what the first wrote', async () => {
    const broker = new MemoryBroker();
    const [first, second] = [await hubAt(broker), await hubAt(broker)];
    await Promise.all([write(first, 't1'), write(second, 't2'), write(first, 't3'), write(second, 't4')]);
    const last = await hubAt(broker);
    expect(last.seen.toSorted()).toEqual(['n@t1', 'n@t2', 'n@t3', 'n@t4']);
    expect(last.intent.refused).toBe(0);
    await vi.waitFor(() => expect([held(first), held(second)]).toEqual([held(last), held(last)]));
  });

  test('a hub that hears of the other late waits for the news before it decides again', async () => {
    const broker = new MemoryBroker();
    const slow = await hubAt(broker);
    const quick = await hubAt(broker);
    // The stream of the slow hub stands still until its write was refused.
    broker.disconnect(slow.bus);
    await write(quick, 't1');
    broker.connect(slow.bus);
    await write(slow, 't2');
    expect(slow.seen).toEqual(['n@t1', 'n@t2']);
  });

  test('whoever loses to others again and again is told so, and not what the bus says', async () => {
    const hub = await hubAt(new MemoryBroker());
    const append = vi.spyOn(hub.intent, 'append').mockRejectedValue(new CodedError('conflict', 'wrong last sequence: 7 (10071)'));
    await expect(write(hub, 't1')).rejects.toMatchObject({ message: 'others write the same at this moment', help: 'Send it again.' });
    expect(append).toHaveBeenCalledTimes(5);
  });

  test('whoever wants exactly what he saw is told of the conflict', async () => {
    const broker = new MemoryBroker();
    const hub = await hubAt(broker);
    const drafts = take(hub, 't2');
    await write(hub, 't1');
    await expect(hub.intent.append(drafts[0] ?? expect.unreachable(), author('r'))).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('a lost answer', () => {
  test('the same request again finds what it stored, and the chain goes on', async () => {
    const broker = new MemoryBroker();
    const hub = await hubAt(broker);
    broker.loseNextAnswer(hub.bus);
    const decided = take(hub, 't1');
    await expect(hub.intent.append(decided[0] ?? expect.unreachable(), author('r1'))).rejects.toMatchObject({ code: 'timeout' });
    hub.clock.advance(5);
    const again = await hub.intent.append(decided[0] ?? expect.unreachable(), author('r1')).catch(() => undefined);
    expect(again?.change.id ?? held(hub)).toMatch(/t1$/);
    await write(hub, 't2');
    const restarted = await hubAt(broker);
    expect([held(restarted), restarted.intent.refused, hub.intent.refused]).toEqual(['t2', 0, 0]);
  });

  test('another hub that is asked the same again keeps the chain too', async () => {
    const broker = new MemoryBroker();
    const [first, second] = [await hubAt(broker), await hubAt(broker)];
    broker.loseNextAnswer(first.bus);
    second.clock.advance(5);
    const [decided] = take(second, 't1');
    const lost = first.intent.append(decided ?? expect.unreachable(), author('r1')).catch(() => undefined);
    const found = second.intent.append(decided ?? expect.unreachable(), author('r1')).catch(() => undefined);
    await Promise.all([lost, found]);
    await write(second, 't2');
    const restarted = await hubAt(broker);
    expect([held(restarted), restarted.intent.refused]).toEqual(['t2', 0]);
    expect(hex(second.registry.names.get('n' as ClusterName)?.digest ?? new Uint8Array())).toBe(
      hex(restarted.registry.names.get('n' as ClusterName)?.digest ?? new Uint8Array()),
    );
  });
});
