import type { Wait } from '@accord/core/apply/report-progress';
import type { Namespaces } from '../drift/namespaces.ts';
import type { OwnedObjects } from '../drift/owned-objects.ts';
import type { GuardrailKeeper } from '../guard/guardrail-keeper.ts';
import { leaseLost } from '../kube/writes-while-held.ts';

export interface NotReadyDeps {
  readonly mayWrite: () => boolean;
  readonly owned: Pick<OwnedObjects, 'isKnown'>;
  readonly namespaces: Pick<Namespaces, 'isKnown'>;
  readonly guardrail: Pick<GuardrailKeeper, 'isRead'>;
}

const notListed: Wait = { reason: 'NotListed', message: 'its spoke has not listed yet what stands there' };

/** Why no pass can do anything. What nobody has listed yet may be held, adopted or only to be created. */
export function notReady({ mayWrite, owned, namespaces, guardrail }: NotReadyDeps): Wait | undefined {
  if (!mayWrite()) return { reason: leaseLost.reason, message: leaseLost.because };
  return owned.isKnown() && namespaces.isKnown() && guardrail.isRead() ? undefined : notListed;
}
