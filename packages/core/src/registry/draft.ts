import type { FactKind } from '@accord/proto/subjects';
import type { FactBodies, FactType } from './facts.ts';

/** A fact that was decided and not yet written. */
export interface Draft<Kind extends FactKind = FactKind> {
  readonly kind: Kind;
  readonly id: string;
  readonly type: FactType;
  readonly body: FactBodies[Kind];
  /** Sequence of the fact that was seen when this one was decided; 0 for none. */
  readonly expectSeq: number;
  /** What people call the change, for example `team-payments@42`. */
  readonly change: string;
}

/** `expectSeq` is that of the fact on which the decision was taken. */
export function draft<Kind extends FactKind>(
  kind: Kind,
  id: string,
  type: FactType,
  body: FactBodies[Kind],
  expectSeq: number,
  change: string,
): Draft<Kind> {
  return { kind, id, type, body, expectSeq, change };
}
