import { openDocument, sealDocument } from '@accord/proto/document';
import { rawPublicKey, parsePublicKey } from '@accord/proto/keys';
import { trustKeys } from '@accord/proto/seal';
import { anchorAll } from '@accord/proto/subjects';
import { describe, expect, test, vi } from 'vitest';
import { exampleInbox, memberOf, own, policy, signer } from './example-inbox.ts';

/** Out of a mirror, by its own word of an earlier epoch. */
function mirrored(name: string) {
  const { body, fence } = policy(name, 1);
  const subject = `desired.${anchorAll}.${name}`;
  const keys = trustKeys([rawPublicKey(parsePublicKey('account', signer.pair.publicKey))]);
  return {
    ...openDocument(sealDocument(signer, { subject, epoch: 1, version: 1, ...fence }, body), subject, keys),
    receivedMs: 0,
    verifiedMs: 0,
  };
}

describe('Inbox: mirrors without a position, as after joining again', () => {
  test('what a complete index does not name is absent', async () => {
    const { publish, inbox, bus, stop, standing } = exampleInbox();
    await publish(policy('other', 1));
    inbox.restore(memberOf(1, [own, anchorAll]), [mirrored('p')], new Map());
    expect(standing('p')).toBe('present@1');
    inbox.start(bus, stop.signal);
    await vi.waitFor(() => expect(inbox.isCaughtUp()).toBe(true));
    expect([standing('p'), standing('other')]).toEqual(['absent', 'present@1']);
  });

  test('an index that is not found takes nothing away, and the first that comes is read as a whole', async () => {
    const { publish, inbox, bus, stop, standing } = exampleInbox();
    inbox.restore(memberOf(1, [own, anchorAll]), [mirrored('p')], new Map());
    inbox.start(bus, stop.signal);
    await vi.waitFor(() => expect(inbox.isCaughtUp()).toBe(true));
    expect(standing('p')).toBe('present@1');
    await publish(policy('other', 1));
    await vi.waitFor(() => expect([standing('p'), standing('other')]).toEqual(['absent', 'present@1']));
  });
});
