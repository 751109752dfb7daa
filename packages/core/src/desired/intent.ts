import type { JsonObject } from '@accord/proto/canonical';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { Yielding } from '../apply/leave-fields.ts';
import type { Stage } from '../policy/stage-of.ts';

/** The one merged intent for an object, whichever policies contribute to it. */
export interface Intent {
  readonly key: ObjectKey;
  /** Whose word counts where contents differ; the value of the ownership label. */
  readonly owner: PolicyName;
  /** All policies whose content is in the body, sorted. */
  readonly contributors: readonly PolicyName[];
  readonly stage: Stage;
  readonly order: number;
  /** When the last contributor goes, the object is given back and not deleted. */
  readonly retain: boolean;
  /** Nobody who wants it cares what became of it once it was there. */
  readonly isCreateOnly?: true;
  /** What of it is left to others. */
  readonly yielding?: Yielding;
  /** Its maps hold nothing but what is stated. */
  readonly isExact?: true;
  /** What is applied, but for origin and applied-hash, which the applier adds. */
  readonly body: JsonObject;
  /** SHA-256 of the canonical body, and of what is left to others, hex. It depends on content only: a new revision with equal content causes no write. */
  readonly digest: string;
}
