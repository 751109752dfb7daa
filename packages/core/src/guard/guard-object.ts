import type { JsonObject } from '@accord/proto/canonical';
import { keyParts, type ObjectKey } from '@accord/proto/ids';
import { bindingKinds, textAt } from '../policy/manifest.ts';
import type { Guardrail } from './guardrail.ts';

/** The field of the Guardrail that says no, as a reason, and why. */
export interface GuardRefusal {
  readonly reason: GuardReason;
  readonly message: string;
}

export type GuardReason = (typeof guardReasons)[number];

/** One for each field of a Guardrail that refuses something, in the form of a reason. */
export const guardReasons = ['AllowedKinds', 'Namespaces', 'BindableRoles', 'MaxObjects', 'MaxRemovalsPerHour', 'AllowRisks'] as const;

/** Whether policies may touch an object at all; without a manifest, as for what should leave, only its name counts. */
export function guardObject(guardrail: Guardrail, key: ObjectKey, manifest?: JsonObject): GuardRefusal | undefined {
  const { group, kind, namespace, name } = keyParts(key);
  const groupKind = `${group === '' ? 'core' : group}/${kind}`;
  if (!guardrail.isKindAllowed(groupKind)) return refusal('AllowedKinds', `${groupKind} is not among the kinds that policies may contain`);
  const acting = groupKind === 'core/Namespace' ? name : namespace;
  if (acting !== '' && !guardrail.isNamespaceAllowed(acting)) return refusal('Namespaces', `policies may not act in namespace ${acting}`);
  if (manifest === undefined || !bindingKinds.includes(`${group}/${kind}`)) return undefined;
  const role = textAt(manifest, 'roleRef', 'name');
  return textAt(manifest, 'roleRef', 'kind') !== 'ClusterRole' || guardrail.isRoleBindable(role)
    ? undefined
    : refusal('BindableRoles', `policies may not bind ClusterRole ${role}`);
}

/** The hour of `maxRemovalsPerHour` has no room left. */
export const removalsSpent: GuardRefusal = refusal(
  'MaxRemovalsPerHour',
  'so many objects were deleted within the hour as its owner allows',
);

function refusal(reason: GuardReason, message: string): GuardRefusal {
  return { reason, message };
}
