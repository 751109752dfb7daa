import { planFleet } from '@accord/core/fleet/plan-fleet';
import { sealDocument, sealIndex } from '@accord/proto/document';
import { CodedError } from '@accord/proto/coded-error';
import { clusterIdOf } from '@accord/proto/ids';
import { encodeMember } from '@accord/proto/member';
import { anchorAll, checkSubject, credentialDoc, memberDoc } from '@accord/proto/subjects';
import { describe, expect, test, vi } from 'vitest';
import { exampleInbox, id, memberOf, own, policy, prod, signer, wanted } from './example-inbox.ts';

describe('Inbox', () => {
  test('what stands there is read at a start, and what comes is heard', async () => {
    const { publish, start, standing, holds } = exampleInbox();
    await publish(policy('p', 1), policy('q', 1, [prod]));
    await start(anchorAll, prod);
    expect([standing('p'), standing('q')]).toEqual(['present@1', 'present@1']);
    await publish(policy('p', 2));
    await holds('p', 'present@2');
  });

  test('without an index it is caught up with nothing', async () => {
    const { start, inbox } = exampleInbox();
    await start(anchorAll);
    expect(inbox.desired.names()).toEqual([]);
  });

  test('an anchor whose subscription failed is heard as soon as it is read', async () => {
    const { publish, bus, clock, holds, inbox, stop } = exampleInbox();
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
    const { publish, start, broker, bus, holds, caughtUp } = exampleInbox();
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
    const { publish, inbox, token, broker, bus, holds, stop } = exampleInbox();
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
    const { publish, inbox, bus, stop } = exampleInbox();
    await publish(policy('p', 1));
    vi.spyOn(bus, 'get').mockRejectedValueOnce(new CodedError('timeout', 'get: no answer'));
    const nothing = inbox.syncDigest();
    inbox.restore(memberOf(1, [anchorAll]), [], new Map([[anchorAll, { epoch: 1, version: 1 }]]));
    inbox.start(bus, stop.signal);
    expect(inbox.syncDigest()).toEqual(nothing);
  });

  test('a live message that was lost is noticed with the next one', async () => {
    const { publish, start, broker, bus, holds } = exampleInbox();
    await publish(policy('p', 1));
    await start(anchorAll);
    broker.dropLive(bus, ({ subject }) => subject.endsWith('.p'));
    await publish(policy('p', 2));
    await publish(policy('q', 1));
    await holds('p', 'present@2');
    await holds('q', 'present@1');
  });

  test('a last message that was lost is found when the hub asks to look', async () => {
    const { publish, start, broker, bus, hub, standing, clock } = exampleInbox();
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
    const { publish, start, broker, bus, inbox, standing, holds, caughtUp } = exampleInbox();
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
    const { publish, start, holds, heard, inbox, standing } = exampleInbox();
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
    const { publish, start, inbox, holds } = exampleInbox();
    await start(anchorAll);
    const other = { ...memberOf(9, [own, prod]), cluster: { ...memberOf(9, []).cluster, id: clusterIdOf(new Uint8Array(16).fill(1)) } };
    await publish(wanted(memberDoc, 9, [own], encodeMember(other)), policy('p', 1));
    await holds('p', 'present@1');
    expect(inbox.member?.anchors).toEqual([own, anchorAll]);
  });

  test('a credential is handed on', async () => {
    const { publish, start, heard } = exampleInbox();
    await start(anchorAll);
    await publish(wanted(credentialDoc, 1, [own], new TextEncoder().encode('jwt')));
    await vi.waitFor(() => expect(heard).toContain('credential jwt'));
  });

  test('while the index names a document that is not there, what was there stays and nothing counts as complete', async () => {
    const { publish, start, hub, broker, bus, inbox, standing, published, clock, caughtUp, holds } = exampleInbox();
    await publish(policy('p', 1));
    await start(anchorAll);
    const plan = planFleet(published, [policy('p', 2)], { epoch: 1, nowMs: 1, documentsMax: 1 });
    const torn = plan.indexes.map(({ subject, index, expectSeq }) => ({
      subject,
      body: sealIndex(signer, subject, index, { issuedAtMs: 1 }),
      expectSeq,
    }));
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
