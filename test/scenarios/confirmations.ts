import { decideConfirmEpoch } from '@accord/core/cluster/decide-epoch';
import { decideConfirmRemoval } from '@accord/core/policy/decide-policy';
import type { Draft } from '@accord/core/registry/draft';
import type { PolicyFact } from '@accord/core/registry/facts';
import type { Recorded, Registry } from '@accord/core/registry/registry';
import { isAskedAgain } from '@accord/core/status/asked-again';
import type { Reported } from '@accord/core/view/reported';

/** As the hub decides it, for the revision that there is. */
export function confirmRemoval(reported: Reported, policy: Recorded<PolicyFact>, count: number): readonly Draft[] {
  const { revision } = policy.body;
  return decideConfirmRemoval(policy, { revision, count, isAskedAgain: isAskedAgain(reported, policy.body) });
}

export function confirmEpoch(registry: Registry): readonly Draft[] {
  return decideConfirmEpoch(registry, registry.epoch?.body.epoch ?? 0);
}
