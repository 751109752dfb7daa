import { compareFences } from '@accord/proto/document';
import type { PolicyName } from '@accord/proto/ids';
import type { Statement } from '@accord/proto/messages';
import { decodeToken, isSystemDoc, parseDesired, type Anchor, type Doc } from '@accord/proto/subjects';

/** A verified policy document, wherever it came from: live, by reading, or out of a mirror. */
export interface HeldDocument {
  readonly statement: Statement;
  /** Canonical JSON of `{metadata: {name}, spec}`; empty for a tombstone. */
  readonly body: Uint8Array;
  /** What a mirror keeps as proof. */
  readonly signedStatement: Uint8Array;
  /** When it came in, for the timeline; 0 for what was restored. */
  readonly receivedMs: number;
  readonly verifiedMs: number;
}

/** What desired state says of one policy on this cluster, before its selector is looked at. */
export type Standing =
  | { readonly says: 'present'; readonly document: HeldDocument }
  | { readonly says: 'deleted'; readonly document: HeldDocument }
  /** No anchor of ours names it. `wasHeld`: one did before, or its verified mirror stands in this cluster. */
  | { readonly says: 'absent'; readonly wasHeld: boolean };

/**
 * The documents that a spoke holds, by policy and anchor.
 *
 * A policy may come over several anchors, and moves between them. Its word is the document with the highest fence;
 * of two with the same fence the living one counts, because a move buries the policy where it was.
 */
export class DesiredSet {
  readonly #held = new Map<PolicyName, Map<Anchor, HeldDocument>>();
  /** Every policy that was ever held here. */
  readonly #known = new Set<PolicyName>();

  /** Returns the policy whose word may have changed; undefined for documents that are no policy. */
  put(document: HeldDocument): PolicyName | undefined {
    const place = parseDesired(document.statement.subject);
    const policy = place === undefined ? undefined : policyOf(place.doc);
    if (place === undefined || policy === undefined) return undefined;
    this.#known.add(policy);
    const ofPolicy = this.#held.get(policy) ?? new Map<Anchor, HeldDocument>();
    this.#held.set(policy, ofPolicy.set(place.anchor, document));
    return policy;
  }

  /** A complete index no longer names these documents. */
  drop(anchor: Anchor, docs: readonly Doc[]): readonly PolicyName[] {
    return docs.map(policyOf).filter((policy) => policy !== undefined && this.#forget(policy, anchor)) as PolicyName[];
  }

  /** The cluster no longer holds the label of this anchor. */
  dropAnchor(anchor: Anchor): readonly PolicyName[] {
    return [...this.#held.keys()].filter((policy) => this.#forget(policy, anchor));
  }

  standing(policy: PolicyName): Standing {
    let best: HeldDocument | undefined;
    for (const document of this.#held.get(policy)?.values() ?? []) {
      const order =
        best === undefined
          ? 1
          : compareFences(document.statement, best.statement) || Number(!document.statement.deleted) - Number(!best.statement.deleted);
      if (order > 0) best = document;
    }
    if (best === undefined) return { says: 'absent', wasHeld: this.#known.has(policy) };
    return { says: best.statement.deleted ? 'deleted' : 'present', document: best };
  }

  policies(): readonly PolicyName[] {
    return [...this.#held.keys()].toSorted();
  }

  /** The living documents of one anchor: what a follower starts from after a restart. */
  documentsOf(anchor: Anchor): readonly HeldDocument[] {
    return [...this.#held.values()].flatMap((ofPolicy) => ofPolicy.get(anchor) ?? []).filter(({ statement }) => !statement.deleted);
  }

  #forget(policy: PolicyName, anchor: Anchor): boolean {
    const ofPolicy = this.#held.get(policy);
    if (ofPolicy?.delete(anchor) !== true) return false;
    if (ofPolicy.size === 0) this.#held.delete(policy);
    return true;
  }
}

function policyOf(doc: Doc): PolicyName | undefined {
  return isSystemDoc(doc) ? undefined : (decodeToken(doc) as PolicyName | undefined);
}
