/** A planner and its stream without a bus, for the tests of whoever follows: what was written, and what stood there at each version. */
import { sha256 } from '@accord/proto/canonical';
import type { PolicyName } from '@accord/proto/ids';
import { statementCodec, type Index, type Statement } from '@accord/proto/messages';
import { parseDesired, policyDoc, type Anchor, type Doc } from '@accord/proto/subjects';
import type { HeldDocument } from '../desired/desired-set.ts';
import { planFleet, recordPlan, type FleetPlan, type PublishedFleet, type WantedDocument } from '../fleet/plan-fleet.ts';

/** One atomic write. */
export interface Written {
  readonly documents: readonly HeldDocument[];
  readonly indexes: readonly Index[];
}

/** A document as if it had been verified. */
export function heldDocument(statement: Partial<Statement>, body: Uint8Array): HeldDocument {
  const bytes = statementCodec.encode({ ...statement, bodyDigest: sha256(body) });
  return { statement: statementCodec.decode(bytes), body, signedStatement: bytes, receivedMs: 0, verifiedMs: 0 };
}

/** A policy at a revision; equal name and revision give equal bodies. */
export function wantedPolicy(
  policy: string,
  revision: number,
  anchors: readonly Anchor[],
  change: Partial<WantedDocument> = {},
): WantedDocument {
  return {
    doc: policyDoc(policy as PolicyName),
    anchors,
    fence: { revision, step: 0 },
    body: new TextEncoder().encode(`${policy}@${revision}`),
    createdAtMs: 1,
    acceptedAtMs: 2,
    change: { id: `${policy}@${revision}`, traceparent: '' },
    requires: [],
    removalsMax: 0,
    ...change,
  };
}

/** A planner with what it has published, for models: it puts, buries and starts epochs, and remembers what stood where at each place. */
export class ExampleFleet {
  readonly published: PublishedFleet = new Map();
  readonly #wanted = new Map<string, WantedDocument>();
  readonly #standing = new Map<Anchor, Map<Doc, string>>();
  /** What stood in an anchor at each place of its history, by `placeOf`. */
  readonly history = new Map<string, string>();
  epoch = 1;
  #seq = 0;

  /** A new revision of a policy; without anchors it is deleted. */
  put(policy: string, anchors: readonly Anchor[], documentsMax = 100): readonly Written[] {
    const revision = (this.#wanted.get(policy)?.fence.revision ?? 0) + 1;
    const wanted = wantedPolicy(policy, revision, anchors);
    this.#wanted.set(policy, wanted);
    return this.#write([wanted], documentsMax);
  }

  /** FLEET was lost and is built again from what is wanted. */
  startEpoch(): readonly Written[] {
    this.epoch += 1;
    return this.#write([...this.#wanted.values()], 100);
  }

  positionOf(anchor: Anchor): { readonly epoch: number; readonly version: number } {
    const { epoch = 0, version = 0 } = this.published.get(anchor) ?? {};
    return { epoch, version };
  }

  #write(wanted: readonly WantedDocument[], documentsMax: number): readonly Written[] {
    const written: Written[] = [];
    for (;;) {
      const plan = planFleet(this.published, wanted, { epoch: this.epoch, nowMs: 1_000, documentsMax });
      if (plan.documents.length === 0) return written;
      this.#remember(plan);
      recordPlan(this.published, plan, () => (this.#seq += 1));
      const documents = plan.documents.map(({ statement, body }) => heldDocument(statement, body));
      written.push({ documents, indexes: plan.indexes.map(({ index }) => index) });
    }
  }

  #remember({ documents }: FleetPlan): void {
    for (const { subject, statement } of documents) {
      const place = parseDesired(subject);
      if (place === undefined) throw new TypeError(`${subject} is no place of a document`);
      const { epoch = 0, version = 0, revision = 0, deleted = false } = statement;
      const before = version === 1 ? new Map<Doc, string>() : this.#standing.get(place.anchor);
      const standing = new Map(before);
      if (deleted) standing.delete(place.doc);
      else standing.set(place.doc, `${place.doc}@${epoch}.${revision}`);
      this.#standing.set(place.anchor, standing);
      this.history.set(placeOf(place.anchor, { epoch, version }), render(standing));
    }
  }
}

/** One place in the history of an anchor, as text. */
export function placeOf(anchor: Anchor, { epoch, version }: { readonly epoch: number; readonly version: number }): string {
  return `${anchor} ${epoch}.${version}`;
}

function render(standing: ReadonlyMap<Doc, string>): string {
  return [...standing.values()].toSorted().join(' ');
}
