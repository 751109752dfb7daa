import type { Bus } from '@accord/bus/bus';
import { MemoryBroker } from '@accord/bus/memory-broker';
import { MemoryBus } from '@accord/bus/memory-bus';
import { planFleet, type WantedDocument } from '@accord/core/fleet/plan-fleet';
import { equalBytes } from '@accord/proto/canonical';
import { CodedError } from '@accord/proto/coded-error';
import { compareFences, openDocument, openIndex, sealIndex, type Signer } from '@accord/proto/document';
import type { PolicyName } from '@accord/proto/ids';
import { createKeyPair, parsePublicKey, rawPublicKey } from '@accord/proto/keys';
import { keyIdOf, trustKeys } from '@accord/proto/seal';
import {
  anchorAll,
  desiredFilter,
  desiredSubject,
  indexSubject,
  labelAnchor,
  policyDoc,
  type Anchor,
  type Doc,
} from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { describe, expect, test } from 'vitest';
import { FleetLog } from './fleet-log.ts';

const signerOf = (pair: ReturnType<typeof createKeyPair>): Signer => ({ pair, keyId: keyIdOf(parsePublicKey('account', pair.publicKey)) });
const pair = createKeyPair('account');
const signer = signerOf(pair);
const keys = trustKeys([rawPublicKey(parsePublicKey('account', pair.publicKey))]);
/** Nobody waits in these tests. */
const clock: Clock = { now: () => 5_000, sleep: async () => undefined };
const { signal } = new AbortController();
const prod = labelAnchor('env', 'prod');

const wanted = (policy: string, revision: number, anchors: readonly Anchor[] = [anchorAll], step = 0): WantedDocument => ({
  doc: policyDoc(policy as PolicyName),
  anchors,
  fence: { revision, step },
  body: new TextEncoder().encode(`${policy}@${revision}`),
  ...{ createdAtMs: 1, acceptedAtMs: 1, change: { id: '', traceparent: '' }, requires: [], removalsMax: 0 },
});

function world() {
  const broker = new MemoryBroker();
  const bus = new MemoryBus(broker);
  const log = new ListLog();
  const fleetLog = (over: Bus = bus): FleetLog => new FleetLog({ bus: over, signer, keys, clock, log });
  /** A writer that dies between the index and the document. */
  const dying: Bus = Object.assign(Object.create(bus) as Bus, {
    follow: (...args: Parameters<Bus['follow']>) => bus.follow(...args),
    append: (items: Parameters<Bus['append']>[0], tx: string) =>
      bus.append(
        items.filter(({ subject }) => subject.startsWith('index.')),
        tx,
      ),
  });
  return { broker, bus, log, fleetLog, dying };
}

/** One pass of a planner that starts: reads what stands there and writes the difference. Returns how many documents it wrote. */
async function pass(fleet: FleetLog, documents: readonly WantedDocument[], epoch = 1): Promise<number> {
  await fleet.load(signal);
  let written = 0;
  for (;;) {
    const plan = planFleet(fleet.published, documents, { epoch, nowMs: clock.now(), documentsMax: 400 });
    if (plan.documents.length === 0) return written;
    await fleet.store(plan, signal);
    written += plan.documents.length;
  }
}

/** What a spoke would find: each entry of an index with its document, or what is wrong with it. */
async function readable(bus: Bus, anchor: Anchor): Promise<readonly string[]> {
  const subject = indexSubject(anchor);
  const stored = await bus.get(subject);
  if (stored === undefined) return [];
  const lines = openIndex(stored.body, subject, keys).entries.map(async (entry) => {
    const place = desiredSubject(anchor, entry.doc as Doc);
    const found = await bus.get(place);
    const statement = found === undefined ? undefined : openDocument(found.body, place, keys).statement;
    const isRight =
      statement !== undefined &&
      compareFences(statement, entry) === 0 &&
      statement.deleted === entry.deleted &&
      equalBytes(statement.bodyDigest, entry.digest);
    return `${entry.deleted ? '-' : ''}${entry.doc}@${entry.revision}${isRight ? '' : ' unreadable'}`;
  });
  return Promise.all(lines);
}

describe('FleetLog', () => {
  test('what was stored is known to a planner that starts, which then has nothing to write', async () => {
    const { bus, fleetLog } = world();
    const documents = [wanted('p', 1), wanted('q', 1, [anchorAll, prod])];
    expect(await pass(fleetLog(), documents)).toBe(3);
    const restarted = fleetLog();
    expect(await restarted.load(signal)).toBe(1);
    expect(await pass(restarted, documents)).toBe(0);
    expect([await readable(bus, anchorAll), await readable(bus, prod)]).toEqual([['p@1', 'q@1'], ['q@1']]);
  });

  test('a start that is stopped while it reads takes nothing for all there is', async () => {
    const { fleetLog } = world();
    await pass(fleetLog(), [wanted('p', 1)]);
    const restarted = fleetLog();
    await expect(restarted.load(AbortSignal.abort())).rejects.toMatchObject({ code: 'unavailable' });
    expect(await restarted.load(signal)).toBe(1);
  });

  test('what is taken out of FLEET is gone, and FLEET is told to be as far as it was', async () => {
    const { bus, fleetLog } = world();
    await pass(fleetLog(), [wanted('p', 1), wanted('q', 1, [prod])]);
    const before = fleetLog();
    await before.load(signal);
    // The newest index is the one that goes.
    await before.reclaim(new Set([prod]), 1, signal);
    expect([await readable(bus, prod), await bus.get(desiredSubject(prod, policyDoc('q' as PolicyName)))]).toEqual([[], undefined]);
    expect(await readable(bus, anchorAll)).toEqual(['p@1']);
    const restarted = fleetLog();
    expect(await restarted.load(signal)).toBe(1);
    expect([restarted.published.has(prod), restarted.lastSeq]).toEqual([false, before.lastSeq]);
    expect(await pass(restarted, [wanted('p', 1)])).toBe(0);
  });

  test('a hub that died while it took something out finds what is left of it', async () => {
    const { bus, fleetLog } = world();
    await pass(fleetLog(), [wanted('p', 1), wanted('q', 1, [prod])]);
    await bus.purge(desiredFilter(prod));
    const restarted = fleetLog();
    await restarted.load(signal);
    expect(restarted.published.has(prod)).toBe(true);
    await restarted.reclaim(new Set([prod]), 1, signal);
    expect(await bus.get(indexSubject(prod))).toBeUndefined();
  });

  test('an empty FLEET has no epoch', async () => expect(await world().fleetLog().load(signal)).toBe(0));

  test('the epoch of FLEET is the highest of its indexes', async () => {
    const { fleetLog } = world();
    await pass(fleetLog(), [wanted('p', 1), wanted('q', 1, [prod])]);
    await pass(fleetLog(), [wanted('p', 1)], 4);
    expect(await fleetLog().load(signal)).toBe(4);
  });

  test('an answer that was lost is found by the next attempt of the same write', async () => {
    const { broker, bus, fleetLog } = world();
    broker.loseNextAnswer(bus);
    const fleet = fleetLog();
    expect(await pass(fleet, [wanted('p', 1)])).toBe(1);
    expect(await pass(fleet, [wanted('p', 2)])).toBe(1);
    expect(await readable(bus, anchorAll)).toEqual(['p@2']);
  });

  test('of two planners one is refused, reads again, and goes on from there', async () => {
    const { bus, fleetLog } = world();
    const [first, second] = [fleetLog(), fleetLog()];
    await pass(first, [wanted('p', 1)]);
    await second.load(signal);
    await pass(first, [wanted('p', 2)]);
    await expect(pass(second, [wanted('q', 1)])).rejects.toMatchObject({ code: 'conflict' });
    expect(await pass(second, [wanted('q', 1)])).toBe(1);
    expect(await readable(bus, anchorAll)).toEqual(['p@2', 'q@1']);
  });

  test('an index that another wrote is replaced, and said', async () => {
    const { bus, log, fleetLog } = world();
    const stranger = signerOf(createKeyPair('account'));
    await bus.append(
      [
        {
          subject: indexSubject(anchorAll),
          body: sealIndex(stranger, indexSubject(anchorAll), { anchor: anchorAll, epoch: 9, version: 9, entries: [] }, { issuedAtMs: 1 }),
        },
      ],
      'x',
    );
    const fleet = fleetLog();
    expect(await fleet.load(signal)).toBe(0);
    expect(await pass(fleet, [wanted('p', 1)])).toBe(1);
    expect(await readable(bus, anchorAll)).toEqual(['p@1']);
    expect(log.lines).toMatchObject([{ level: 'error', message: 'an index on the bus is not ours' }]);
  });
});

test('an index that cannot be read goes on from the documents that stand there: nothing that is wanted is missing in the next one', async () => {
  const { bus, fleetLog } = world();
  await pass(fleetLog(), [wanted('p', 1), wanted('q', 1), wanted('r', 1)]);
  await pass(fleetLog(), [wanted('r', 2, [])]);
  await bus.append([{ subject: indexSubject(anchorAll), body: new TextEncoder().encode('nobody signed this') }], 'x');
  const fleet = fleetLog();
  expect([await fleet.load(signal), fleet.takeMended()]).toEqual([1, true]);
  expect(await pass(fleet, [wanted('s', 1)])).toBe(1);
  expect(await readable(bus, anchorAll)).toEqual(['p@1', 'q@1', '-r@2', 's@1']);
  expect(fleet.published.get(anchorAll)?.version).toBe(5);
});

describe('a planner that died between index and document', () => {
  const last = [wanted('q', 1)];
  const rows: [claim: string, before: readonly WantedDocument[], dyingWith: WantedDocument, left: string, mended: string][] = [
    ['a first document', [], wanted('p', 1), 'p@1 unreadable', 'p@1'],
    ['a newer revision', [wanted('p', 1)], wanted('p', 2), 'p@2 unreadable', 'p@2'],
    ['a tombstone', [wanted('p', 1)], wanted('p', 2, []), '-p@2 unreadable', '-p@2'],
    ['a confirmed tombstone', [wanted('p', 1), wanted('p', 2, [])], wanted('p', 2, [], 1), '-p@2 unreadable', '-p@2'],
    ['a name that is used again', [wanted('p', 1), wanted('p', 2, [])], wanted('p', 3), 'p@3 unreadable', 'p@3'],
  ];
  test.each(rows)('%s is written again by the next one', async (_claim, before, dyingWith, left, mended) => {
    const { bus, fleetLog, dying } = world();
    for (const document of [...last, ...before]) await pass(fleetLog(), [document]);
    await pass(fleetLog(dying), [dyingWith]);
    expect(await readable(bus, anchorAll)).toContain(left);
    expect(await pass(fleetLog(), [dyingWith, ...last])).toBe(1);
    expect(await readable(bus, anchorAll)).toEqual([mended, 'q@1']);
    expect(await pass(fleetLog(), [dyingWith, ...last])).toBe(0);
  });
});

test('a stop does not wait for a bus that is away', async () => {
  const { bus, fleetLog } = world();
  const stop = new AbortController();
  let attempts = 0;
  const away: Bus = Object.assign(Object.create(bus) as Bus, {
    follow: (...args: Parameters<Bus['follow']>) => bus.follow(...args),
    append: async () => {
      attempts += 1;
      if (attempts === 3) stop.abort();
      throw new CodedError('unavailable', 'append to FLEET: the bus is away');
    },
  });
  const fleet = fleetLog(away);
  await fleet.load(stop.signal);
  const plan = planFleet(fleet.published, [wanted('p', 1)], { epoch: 1, nowMs: 5_000, documentsMax: 400 });
  await expect(fleet.store(plan, stop.signal)).rejects.toThrow(expect.objectContaining({ code: 'unavailable' }));
  expect(attempts).toBe(3);
});
