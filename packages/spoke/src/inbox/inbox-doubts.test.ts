import { sealDocument } from '@accord/proto/document';
import { createKeyPair } from '@accord/proto/keys';
import { tickCodec } from '@accord/proto/messages';
import { sealEnvelope } from '@accord/proto/seal';
import { anchorAll, indexSubject, tickSubject } from '@accord/proto/subjects';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { exampleInbox, own, policy, prod, signer } from './example-inbox.ts';

const tickAt = (timeMs: number): Uint8Array =>
  sealEnvelope(signer.pair, signer.keyId, 'accord.tick.v1', tickCodec.encode({ epoch: 1, fleetLastSeq: 1, timeMs }), new Uint8Array());

describe('Inbox: a hub that has gone silent', () => {
  async function heardOnce() {
    const { hub, inbox, clock, start, log } = exampleInbox();
    await start(anchorAll);
    const hears = async (timeMs: number): Promise<boolean> => {
      hub.publish(tickSubject, tickAt(timeMs));
      await new Promise((resolve) => setImmediate(resolve));
      return inbox.hearsHub();
    };
    await hears(50);
    clock.advance(300_001);
    return { inbox, hears, log };
  }

  test('is said after five minutes without a tick, once, and what is desired stays complete', async () => {
    const { inbox, log } = await heardOnce();
    expect([inbox.hearsHub(), inbox.isCaughtUp()]).toEqual([false, true]);
    inbox.lookAtTime();
    inbox.lookAtTime();
    expect(log.lines.filter((line) => JSON.stringify(line).includes('has not been heard'))).toHaveLength(1);
  });

  test('is heard again with the next tick, and not with one that was kept and is sent again', async () => {
    const { hears } = await heardOnce();
    expect([await hears(49), await hears(50), await hears(51)]).toEqual([false, false, true]);
  });
});

describe('Inbox: what cannot be believed', () => {
  test('a forged live message is counted, and what was there stays', async () => {
    const { publish, start, hub, inbox, standing, heard } = exampleInbox();
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
    await vi.waitFor(() => expect(inbox.alarms()).toEqual(['bad-signature live.desired.all.p: the signature does not match']));
    // Told at once, and once.
    expect(heard.filter((text) => text.startsWith('alarms'))).toEqual([
      'alarms bad-signature live.desired.all.p: the signature does not match',
    ]);
    expect([standing('p'), inbox.isCaughtUp()]).toEqual(['present@1', true]);
  });

  test('a document of one anchor is not believed on another', async () => {
    const { publish, start, hub, standing } = exampleInbox();
    await publish(policy('p', 1, [prod]));
    await start(anchorAll);
    const stolen = (await hub.last(`desired.${prod}.p`))?.body ?? new Uint8Array();
    hub.publish('live.desired.all.p', stolen);
    await new Promise((resolve) => setImmediate(resolve));
    expect(standing('p')).toBe('absent');
  });

  test('an index that cannot be believed is read again, and nothing is lost', async () => {
    const { publish, start, hub, broker, bus, inbox, standing } = exampleInbox();
    await publish(policy('p', 1));
    await start(anchorAll);
    await hub.append([{ subject: indexSubject(anchorAll), body: Uint8Array.of(1, 2, 3) }], 'garbage');
    broker.disconnect(bus);
    broker.connect(bus);
    await vi.waitFor(() => expect(inbox.alarms().join(' ')).toContain('garbage all'));
    expect([standing('p'), inbox.isCaughtUp()]).toEqual(['present@1', false]);
  });

  test('property: random bytes on any subject that it hears do not stop the spoke', async () => {
    const { publish, start, hub, standing } = exampleInbox();
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
