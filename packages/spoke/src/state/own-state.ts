import type { HeldDocument } from '@accord/core/desired/desired-set';
import type { Credential } from '@accord/proto/join-api';
import { openDocument } from '@accord/proto/document';
import type { ClusterId } from '@accord/proto/ids';
import type { TrustedKeys } from '@accord/proto/seal';
import { clusterAnchor, desiredSubject, memberDoc, type Anchor } from '@accord/proto/subjects';
import type { KnownPosition } from '../inbox/inbox.ts';
import type { SpokeState } from './spoke-state.ts';

/**
 * The record of exactly this cluster, and how far it had come.
 *
 * What is stored may belong to another: a state that was edited or deleted, or one of an earlier membership, whose fleet may have come
 * further than this one ever will. Then record and positions count that came with the join, so that a broker cannot feed an old
 * history to a new spoke, and an index that is not found is not taken for an empty one.
 */
export function ownState(
  { member: stored, positions }: Pick<SpokeState, 'member' | 'positions'>,
  { id, member, anchors }: Pick<Credential, 'id' | 'member' | 'anchors'>,
  keys: TrustedKeys,
): { readonly record: HeldDocument; readonly positions: ReadonlyMap<Anchor, KnownPosition> } {
  const subject = desiredSubject(clusterAnchor(id as ClusterId), memberDoc);
  if (stored?.statement.subject === subject) return { record: stored, positions };
  const document = openDocument(new Uint8Array(Buffer.from(member, 'base64')), subject, keys);
  const known = anchors
    .filter(({ version }) => version > 0)
    .map(({ anchor, epoch, version }) => [anchor as Anchor, { epoch, version }] as const);
  return { record: { ...document, receivedMs: 0, verifiedMs: 0 }, positions: new Map(known) };
}
