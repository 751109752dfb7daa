import type { CompiledObject } from '../policy/compile-object.ts';
import type { Fault } from '../policy/fault.ts';
import { renderRisk } from '../policy/render-risk.ts';
import { guardObject, type GuardReason } from './guard-object.ts';
import { readGuardrail } from './guardrail.ts';
import type { GuardrailFact, NameListFact } from '@accord/proto/messages';

/** What would not be applied on a cluster, because its owner does not allow it. */
export interface GuardPreview {
  /** Undefined where it is the whole policy. */
  readonly object: CompiledObject | undefined;
  readonly reason: GuardReason | 'GuardrailInvalid';
  readonly message: string;
}

export interface Content {
  readonly objects: readonly CompiledObject[];
  /** Acknowledged ones. */
  readonly risks: readonly Fault[];
}

/**
 * What the Guardrail of a cluster would refuse of a policy, as far as its spoke has told of it: of a list that was cut nothing is
 * concluded that does not stand in it. What other policies hold there, and what was removed within the hour, only the spoke counts.
 */
export function guardPreview(told: GuardrailFact, { objects, risks }: Content): readonly GuardPreview[] {
  const ofAll = (reason: GuardPreview['reason'], message: string): readonly GuardPreview[] => [{ object: undefined, reason, message }];
  if (told.because !== '') return ofAll('GuardrailInvalid', `its Guardrail cannot be obeyed, so nothing is written: ${told.because}`);
  const read = readGuardrail({
    allowedKinds: namesOf(told.allowedKinds),
    namespaces: { allow: namesOf(told.allowedNamespaces), protect: told.protectedNamespaces?.names },
    bindableRoles: namesOf(told.bindableRoles),
    maxObjects: told.maxObjects,
    allowRisks: told.allowRisks?.names,
  });
  if (read.outcome === 'invalid') return [];
  const { guardrail } = read;
  const denied = (told.allowRisks?.more ?? 0) > 0 ? [] : risks.filter(({ code }) => !guardrail.allowRisks.has(code));
  if (denied.length > 0) return ofAll('AllowRisks', denied.map(renderRisk).join('; '));
  const refused = objects.flatMap((object): GuardPreview[] => {
    const refusal = guardObject(guardrail, object.key, object.manifest);
    return refusal === undefined ? [] : [{ object, ...refusal }];
  });
  const left = objects.length - refused.length;
  if (left <= guardrail.maxObjects) return refused;
  return [...refused, ...ofAll('MaxObjects', `policies may hold ${guardrail.maxObjects} objects there, and this one alone has ${left}`)];
}

/** No pattern at all matches everything. */
function namesOf(list: NameListFact | null): readonly string[] | undefined {
  return list === null || list.more > 0 ? undefined : list.names;
}
