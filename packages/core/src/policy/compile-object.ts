import type { JsonObject } from '@accord/proto/canonical';
import type { ObjectKey } from '@accord/proto/ids';
import type { Yielding } from '../apply/leave-fields.ts';
import { canonicalForm } from './canonical-form.ts';
import type { Deletion, LaidOutObject } from './lay-out.ts';
import { groupKindOf, groupOf, keyOf, textAt } from './manifest.ts';
import { stageOf, type Stage } from './stage-of.ts';

/** One object that a policy wants on one cluster. */
export interface CompiledObject {
  readonly key: ObjectKey;
  readonly group: string;
  readonly kind: string;
  /** Undefined for cluster scope. */
  readonly namespace: string | undefined;
  readonly name: string;
  /** In canonical form, without the marks that the merged intent gets. */
  readonly manifest: JsonObject;
  readonly stage: Stage;
  /** Inside the stage, lower first. */
  readonly order: number;
  readonly deletion: Deletion;
  /** It is only compared, whatever the policy does. */
  readonly isInform?: true;
  /** It must not be there. */
  readonly isAbsent?: true;
  /** It is created where it is missing, and then left alone. */
  readonly isCreateOnly?: true;
  /** What of it is left to others; absent where nothing is. */
  readonly yielding?: Yielding;
  /** Its maps hold nothing but what is stated. */
  readonly isExact?: true;
  /** It stands for one object in each namespace that the policy selects on a cluster. */
  readonly isEach?: true;
  /** No author wrote it: the spoke gives itself what sealed secrets take. */
  readonly isOwnGrant?: true;
  /** Path inside the manifest → path in the policy, for messages. */
  readonly paths: Readonly<Record<string, string>>;
}

/** Gives a laid out object its canonical form, its identity and its place in the order. */
export function compileObject({
  manifest: written,
  paths,
  order,
  deletion,
  isInform,
  isAbsent,
  isCreateOnly,
  yielding,
  isExact,
  isEach,
  isOwnGrant,
}: LaidOutObject): CompiledObject {
  const manifest = canonicalForm(written);
  const group = groupOf(manifest);
  const kind = textAt(manifest, 'kind');
  const namespace = textAt(manifest, 'metadata', 'namespace') || undefined;
  const name = textAt(manifest, 'metadata', 'name');
  return {
    key: keyOf(manifest),
    group,
    kind,
    namespace,
    name,
    manifest,
    stage: stageOf(groupKindOf(manifest)),
    order,
    deletion,
    ...(isInform && { isInform }),
    ...(isAbsent && { isAbsent }),
    ...(isCreateOnly && { isCreateOnly }),
    ...(yielding && { yielding }),
    ...(isExact && { isExact }),
    ...(isEach && { isEach }),
    ...(isOwnGrant && { isOwnGrant }),
    paths,
  };
}
