import { compareFences } from '@accord/proto/document';
import { isClusterId, type ClusterId, type PolicyName } from '@accord/proto/ids';
import type { Statement } from '@accord/proto/messages';
import { decodeToken, isSetAnchor, isSystemDoc, parseDesired, type Anchor, type Doc } from '@accord/proto/subjects';

/** A verified document, wherever it came from: live, by reading, or out of a mirror. */
export interface HeldDocument {
  readonly statement: Statement;
  /** Canonical JSON, for a policy of `{metadata: {name}, spec}`; empty for a tombstone. */
  readonly body: Uint8Array;
  /** What a mirror keeps as proof. */
  readonly signedStatement: Uint8Array;
  /** When it came in, for the timeline; 0 for what was restored. */
  readonly receivedMs: number;
  readonly verifiedMs: number;
}

/** What desired state says of one policy, or of one record, on this cluster; the selector of a policy is not looked at yet. */
export type Standing =
  | { readonly says: 'present'; readonly document: HeldDocument }
  | { readonly says: 'deleted'; readonly document: HeldDocument }
  /**
   * No anchor of ours names it. `wasHeld`: one did before, or its verified mirror stands in this cluster. `lost`: the last word of it, where
   * this cluster does not follow its anchor any more, and so is not one of those that it selects.
   */
  | { readonly says: 'absent'; readonly wasHeld: boolean; readonly lost?: LostDocument };

/** Of a document that is not read any more: what a report says of it, and nothing that could be applied. */
export type LostDocument = Pick<HeldDocument, 'statement' | 'receivedMs' | 'verifiedMs'>;

/** Which of the documents of an anchor a set is about, and under which name. */
export type NameOf<Name extends string> = (anchor: Anchor, doc: Doc) => Name | undefined;

/** Policies are published anywhere but to cluster sets. */
export const policyAt: NameOf<PolicyName> = (anchor, doc) =>
  isSetAnchor(anchor) || isSystemDoc(doc) ? undefined : (decodeToken(doc) as PolicyName | undefined);

/** The records of clusters are published to cluster sets alone. */
export const recordAt: NameOf<ClusterId> = (anchor, doc) => (isSetAnchor(anchor) && isClusterId(doc) ? doc : undefined);

/**
 * The documents that a spoke holds, by name and anchor: its policies, or the records of its sets.
 *
 * A policy may come over several anchors, and moves between them. Its word is the document with the highest fence;
 * of two with the same fence the living one counts, because a move buries the policy where it was.
 */
export class DesiredSet<Name extends string = PolicyName> {
  readonly #nameOf: NameOf<Name>;
  readonly #held = new Map<Name, Map<Anchor, HeldDocument>>();
  /** Everything that was ever held here. */
  readonly #known = new Set<Name>();
  readonly #lost = new Map<Name, LostDocument>();

  constructor(nameOf: NameOf<Name>) {
    this.#nameOf = nameOf;
  }

  /** Returns whose word may have changed; undefined for documents of another sort. */
  put(document: HeldDocument): Name | undefined {
    const place = parseDesired(document.statement.subject);
    const name = place === undefined ? undefined : this.#nameOf(place.anchor, place.doc);
    if (place === undefined || name === undefined) return undefined;
    this.#known.add(name);
    this.#lost.delete(name);
    const ofName = this.#held.get(name) ?? new Map<Anchor, HeldDocument>();
    this.#held.set(name, ofName.set(place.anchor, document));
    return name;
  }

  /** A complete index no longer names these documents. */
  drop(anchor: Anchor, docs: readonly Doc[]): readonly Name[] {
    return docs.map((doc) => this.#nameOf(anchor, doc)).filter((name) => name !== undefined && this.#forget(name, anchor)) as Name[];
  }

  /** The cluster no longer follows this anchor. */
  dropAnchor(anchor: Anchor): readonly Name[] {
    return [...this.#held.keys()].filter((name) => {
      const document = this.#held.get(name)?.get(anchor);
      if (!this.#forget(name, anchor) || document === undefined) return false;
      const { statement, receivedMs, verifiedMs } = document;
      if (!this.#held.has(name) && !statement.deleted) this.#lost.set(name, { statement, receivedMs, verifiedMs });
      return true;
    });
  }

  standing(name: Name): Standing {
    let best: HeldDocument | undefined;
    for (const document of this.#held.get(name)?.values() ?? []) {
      const order =
        best === undefined
          ? 1
          : compareFences(document.statement, best.statement) || Number(!document.statement.deleted) - Number(!best.statement.deleted);
      if (order > 0) best = document;
    }
    if (best === undefined) {
      const lost = this.#lost.get(name);
      return { says: 'absent', wasHeld: this.#known.has(name), ...(lost && { lost }) };
    }
    return { says: best.statement.deleted ? 'deleted' : 'present', document: best };
  }

  names(): readonly Name[] {
    return [...this.#held.keys()].toSorted();
  }

  /** The living documents of one anchor: what a follower starts from after a restart. */
  documentsOf(anchor: Anchor): readonly HeldDocument[] {
    return [...this.#held.values()].flatMap((ofName) => ofName.get(anchor) ?? []).filter(({ statement }) => !statement.deleted);
  }

  #forget(name: Name, anchor: Anchor): boolean {
    const ofName = this.#held.get(name);
    if (ofName?.delete(anchor) !== true) return false;
    if (ofName.size === 0) this.#held.delete(name);
    return true;
  }
}
