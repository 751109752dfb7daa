import { MemoryBroker } from '@accord/bus/memory-broker';
import { MemoryBus } from '@accord/bus/memory-bus';
import { planFleet, recordPlan, type PublishedFleet, type WantedDocument } from '@accord/core/fleet/plan-fleet';
import { sealDocument, sealIndex, type Signer } from '@accord/proto/document';
import { CodedError } from '@accord/proto/coded-error';
import { clusterIdOf, type ClusterName, type PolicyName } from '@accord/proto/ids';
import { createKeyPair, parsePublicKey, rawPublicKey } from '@accord/proto/keys';
import { encodeMember, type Member } from '@accord/proto/member';
import { tickCodec } from '@accord/proto/messages';
import { keyIdOf, sealEnvelope, trustKeys } from '@accord/proto/seal';
import {
  anchorAll,
  checkSubject,
  clusterAnchor,
  credentialDoc,
  indexSubject,
  labelAnchor,
  memberDoc,
  policyDoc,
  tickSubject,
  type Anchor,
  type Doc,
} from '@accord/proto/subjects';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Inbox } from './inbox.ts';

const id = clusterIdOf(new Uint8Array(16));
const own = clusterAnchor(id);
const prod = labelAnchor('env', 'prod');
const pair = createKeyPair('account');
const publicKey = parsePublicKey('account', pair.publicKey);
const signer: Signer = { pair, keyId: keyIdOf(publicKey) };
const keys = trustKeys([rawPublicKey(publicKey)]);
let stop = new AbortController();
afterEach(() => {
  stop.abort();
  stop = new AbortController();
});

const memberOf = (revision: number, anchors: readonly Anchor[]): Member => ({
  cluster: { id, name: 'c' as ClusterName, labels: {}, spec: { mode: 'Enforce' } },
  revision,
  anchors,
  confirmedEpoch: 1,
  confirmedRemovals: {},
});
const wanted = (doc: Doc, revision: number, anchors: readonly Anchor[], body: Uint8Array): WantedDocument => ({
  ...{ doc, anchors, fence: { revision, step: 0 }, body },
  ...{ createdAtMs: 1, acceptedAtMs: 1, change: { id: '', traceparent: '' }, requires: [], removalsMax: 0 },
});
const policy = (name: string, revision: number, anchors: readonly Anchor[] = [anchorAll]): WantedDocument =>
  wanted(policyDoc(name as PolicyName), revision, anchors, new TextEncoder().encode(`${name}@${revision}`));

function world() {
  const clock = new ManualClock(1_000_000);
  const log = new ListLog();
  const broker = new MemoryBroker();
  const [hub, bus] = [new MemoryBus(broker), new MemoryBus(broker)];
  const published: PublishedFleet = new Map();
  const heard: string[] = [];
  const token = { opens: (_anchor: Anchor): boolean => true };
  const inbox = new Inbox({
    id,
    keys: () => keys,
    clock,
    log,
    random: () => 0,
    isPermitted: (anchor) => token.opens(anchor),
    onPolicies: (policies) => heard.push([...policies].toSorted().join(' ')),
    onMember: ({ revision }) => heard.push(`member@${revision}`),
    onCredential: (body) => heard.push(`credential ${new TextDecoder().decode(body)}`),
    onCaughtUp: () => heard.push('caught up'),
    onMoved: () => undefined,
  });
  /** What a planner does, with the fence of a batch. */
  const publish = async (...documents: WantedDocument[]): Promise<void> => {
    const plan = planFleet(published, documents, { epoch: 1, nowMs: clock.now(), documentsMax: 100 });
    const items = plan.documents.map(({ subject, statement, body }) => ({ subject, body: sealDocument(signer, statement, body) }));
    const indexes = plan.indexes.map(({ subject, index, expectSeq }) => ({
      subject,
      body: sealIndex(signer, subject, index, 1),
      expectSeq,
    }));
    const { seq } = await hub.append([...items, ...indexes], `tx${documents.map(({ doc, fence }) => `${doc}${fence.revision}`).join('')}`);
    recordPlan(published, plan, (subject) => seq - indexes.length + 1 + indexes.findIndex((index) => index.subject === subject));
  };
  /** Starts from the record that came with the join. */
  const start = async (...anchors: Anchor[]): Promise<void> => {
    inbox.restore(memberOf(1, [own, ...anchors]), [], new Map());
    inbox.start(bus, stop.signal);
    await caughtUp();
  };
  const caughtUp = (): Promise<void> => vi.waitFor(() => expect(inbox.isCaughtUp()).toBe(true));
  const standing = (name: string): string => {
    const word = inbox.desired.standing(name as PolicyName);
    return word.says === 'absent' ? 'absent' : `${word.says}@${word.document.statement.revision}`;
  };
  const holds = (name: string, word: string): Promise<void> => vi.waitFor(() => expect(standing(name)).toBe(word));
  return { clock, log, broker, hub, bus, inbox, published, publish, start, caughtUp, standing, holds, heard, token };
}

describe('Inbox', () => {
  test('what stands there is read at a start, and what comes is heard', async () => {
    const { publish, start, standing, holds } = world();
    await publish(policy('p', 1), policy('q', 1, [prod]));
    await start(anchorAll, prod);
    expect([standing('p'), standing('q')]).toEqual(['present@1', 'present@1']);
    await publish(policy('p', 2));
    await holds('p', 'present@2');
  });

  test('without an index it is caught up with nothing', async () => {
    const { start, inbox } = world();
    await start(anchorAll);
    expect(inbox.desired.policies()).toEqual([]);
  });

  test('an anchor whose subscription failed is heard as soon as it is read', async () => {
    const { publish, bus, clock, holds, inbox } = world();
    await publish(policy('p', 1));
    const subscribe = bus.subscribe.bind(bus);
    let failures = 1;
    vi.spyOn(bus, 'subscribe').mockImplementation(async (filter, onMessage, signal) => {
      if (filter.startsWith('live.desired') && failures-- > 0) throw new CodedError('timeout', 'subscribe: no answer');
      return subscribe(filter, onMessage, signal);
    });
    inbox.restore(memberOf(1, [anchorAll]), [], new Map());
    inbox.start(bus, stop.signal);
    await vi.waitFor(() => {
      clock.advance(50);
      expect(inbox.isCaughtUp()).toBe(true);
    });
    await publish(policy('p', 2));
    await holds('p', 'present@2');
  });

  test('a subscription that ended with an older token is made again with the next connection', async () => {
    const { publish, start, broker, bus, holds, caughtUp } = world();
    await publish(policy('p', 1));
    const subscribe = bus.subscribe.bind(bus);
    const older = new AbortController();
    vi.spyOn(bus, 'subscribe').mockImplementation((filter, onMessage, signal) =>
      subscribe(filter, onMessage, older.signal.aborted ? signal : AbortSignal.any([signal, older.signal])),
    );
    await start(anchorAll);
    older.abort();
    broker.disconnect(bus);
    broker.connect(bus);
    await caughtUp();
    await publish(policy('p', 2));
    await holds('p', 'present@2');
  });

  test('an anchor that the token did not open is followed from the next connection on', async () => {
    const { publish, inbox, token, broker, bus, holds } = world();
    await publish(policy('p', 1), policy('q', 1, [prod]));
    token.opens = (anchor) => anchor !== prod;
    inbox.restore(memberOf(1, [anchorAll, prod]), [], new Map());
    inbox.start(bus, stop.signal);
    await holds('p', 'present@1');
    expect(inbox.isCaughtUp()).toBe(false);
    token.opens = () => true;
    broker.disconnect(bus);
    broker.connect(bus);
    await holds('q', 'present@1');
  });

  test('a position that was restored and not yet read is not claimed', async () => {
    const { publish, inbox, bus } = world();
    await publish(policy('p', 1));
    vi.spyOn(bus, 'get').mockRejectedValueOnce(new CodedError('timeout', 'get: no answer'));
    const nothing = inbox.syncDigest();
    inbox.restore(memberOf(1, [anchorAll]), [], new Map([[anchorAll, { epoch: 1, version: 1 }]]));
    inbox.start(bus, stop.signal);
    expect(inbox.syncDigest()).toEqual(nothing);
  });

  test('a live message that was lost is noticed with the next one', async () => {
    const { publish, start, broker, bus, holds } = world();
    await publish(policy('p', 1));
    await start(anchorAll);
    broker.dropLive(bus, ({ subject }) => subject.endsWith('.p'));
    await publish(policy('p', 2));
    await publish(policy('q', 1));
    await holds('p', 'present@2');
    await holds('q', 'present@1');
  });

  test('a last message that was lost is found when the hub asks to look', async () => {
    const { publish, start, broker, bus, hub, standing, clock } = world();
    await publish(policy('p', 1));
    await start(own, anchorAll);
    broker.dropLive(bus, ({ subject }) => subject.startsWith('live.desired.all'));
    await publish(policy('p', 2));
    expect(standing('p')).toBe('present@1');
    hub.publish(checkSubject(id), new Uint8Array());
    await vi.waitFor(() => {
      clock.advance(2_000);
      expect(standing('p')).toBe('present@2');
    });
  });

  test('what changed while the bus was away is there after it is back', async () => {
    const { publish, start, broker, bus, inbox, standing, holds, caughtUp } = world();
    await publish(policy('p', 1), policy('q', 1));
    await start(anchorAll);
    broker.disconnect(bus);
    expect([inbox.isCaughtUp(), standing('p')]).toEqual([false, 'present@1']);
    await publish(policy('p', 2), policy('q', 2, []));
    broker.connect(bus);
    await caughtUp();
    await holds('p', 'present@2');
    expect(standing('q')).toBe('deleted@2');
  });

  test('a relabelled cluster follows its new anchors and lets go of the old ones', async () => {
    const { publish, start, holds, heard, inbox, standing } = world();
    await publish(policy('p', 1, [prod]), policy('q', 1));
    await publish(wanted(memberDoc, 2, [own], encodeMember(memberOf(2, [own, prod]))));
    await start(anchorAll);
    await holds('p', 'present@1');
    expect([heard.includes('member@2'), inbox.member?.revision]).toEqual([true, 2]);
    await publish(wanted(memberDoc, 3, [own], encodeMember(memberOf(3, [own, anchorAll]))));
    await holds('q', 'present@1');
    await vi.waitFor(() => expect(standing('p')).toBe('absent'));
  });

  test('a record of another cluster, or an older one, changes nothing', async () => {
    const { publish, start, inbox, holds } = world();
    await start(anchorAll);
    const other = { ...memberOf(9, [own, prod]), cluster: { ...memberOf(9, []).cluster, id: clusterIdOf(new Uint8Array(16).fill(1)) } };
    await publish(wanted(memberDoc, 9, [own], encodeMember(other)), policy('p', 1));
    await holds('p', 'present@1');
    expect(inbox.member?.anchors).toEqual([own, anchorAll]);
  });

  test('a credential is handed on', async () => {
    const { publish, start, heard } = world();
    await start(anchorAll);
    await publish(wanted(credentialDoc, 1, [own], new TextEncoder().encode('jwt')));
    await vi.waitFor(() => expect(heard).toContain('credential jwt'));
  });

  test('while the index names a document that is not there, what was there stays and nothing counts as complete', async () => {
    const { publish, start, hub, broker, bus, inbox, standing, published, clock, caughtUp, holds } = world();
    await publish(policy('p', 1));
    await start(anchorAll);
    const plan = planFleet(published, [policy('p', 2)], { epoch: 1, nowMs: 1, documentsMax: 1 });
    const torn = plan.indexes.map(({ subject, index, expectSeq }) => ({ subject, body: sealIndex(signer, subject, index, 1), expectSeq }));
    await hub.append(torn, 'torn');
    broker.disconnect(bus);
    broker.connect(bus);
    await vi.waitFor(() => expect(inbox.positions().find(({ anchor }) => anchor === anchorAll)?.live).toBe(false));
    expect(standing('p')).toBe('present@1');
    for (const { subject, statement, body } of plan.documents)
      await hub.append([{ subject, body: sealDocument(signer, statement, body) }], 'mended');
    clock.advance(60_000);
    await holds('p', 'present@2');
    await caughtUp();
  });
});

describe('Inbox: what cannot be believed', () => {
  test('a forged live message is counted, and what was there stays', async () => {
    const { publish, start, hub, inbox, standing } = world();
    await publish(policy('p', 1));
    await start(anchorAll);
    const stranger = createKeyPair('account');
    const forged = sealDocument(
      { pair: stranger, keyId: signer.keyId },
      { subject: 'desired.all.p', epoch: 1, revision: 9, version: 2 },
      new Uint8Array(),
    );
    hub.publish('live.desired.all.p', forged);
    hub.publish('live.desired.all.p', forged);
    let alarms: readonly string[] = [];
    await vi.waitFor(() => {
      alarms = [...alarms, ...inbox.takeAlarms()];
      expect(alarms.join(' ')).toContain('bad-signature live.desired.all.p');
    });
    expect([standing('p'), inbox.isCaughtUp()]).toEqual(['present@1', true]);
  });

  test('a document of one anchor is not believed on another', async () => {
    const { publish, start, hub, standing } = world();
    await publish(policy('p', 1, [prod]));
    await start(anchorAll);
    const stolen = (await hub.last(`desired.${prod}.p`))?.body ?? new Uint8Array();
    hub.publish('live.desired.all.p', stolen);
    await new Promise((resolve) => setImmediate(resolve));
    expect(standing('p')).toBe('absent');
  });

  test('an index that cannot be believed is read again, and nothing is lost', async () => {
    const { publish, start, hub, broker, bus, inbox, standing } = world();
    await publish(policy('p', 1));
    await start(anchorAll);
    await hub.append([{ subject: indexSubject(anchorAll), body: Uint8Array.of(1, 2, 3) }], 'garbage');
    broker.disconnect(bus);
    broker.connect(bus);
    await vi.waitFor(() => expect(inbox.takeAlarms().join(' ')).toContain('garbage all'));
    expect([standing('p'), inbox.isCaughtUp()]).toEqual(['present@1', false]);
  });

  test('property: random bytes on any subject that it hears do not stop the spoke', async () => {
    const { publish, start, hub, standing } = world();
    await publish(policy('p', 1));
    await start(anchorAll);
    const subject = fc.constantFrom(
      'live.desired.all.p',
      'live.desired.all._member',
      `live.desired.${own}._member`,
      `live.desired.${own}._check`,
      tickSubject,
    );
    await fc.assert(
      fc.asyncProperty(subject, fc.uint8Array({ maxLength: 200 }), async (on, bytes) => {
        hub.publish(on, bytes);
        await Promise.resolve();
      }),
      { seed: 110, numRuns: 200 },
    );
    const tick = sealEnvelope(
      createKeyPair('account'),
      signer.keyId,
      'accord.tick.v1',
      tickCodec.encode({ epoch: 99, fleetLastSeq: 99 }),
      new Uint8Array(),
    );
    hub.publish(tickSubject, tick);
    await new Promise((resolve) => setImmediate(resolve));
    expect(standing('p')).toBe('present@1');
  });
});
