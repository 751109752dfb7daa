import type { ClusterRecord } from '@accord/proto/cluster';
import type { OperatorHold } from '@accord/proto/member';
import type { PolicySpec } from '@accord/proto/policy';

/**
 * Why nothing is written for a policy on a cluster: neither applied nor healed nor removed. What differs is still told.
 *
 * No stop and no end of one ever deletes anything by itself.
 */
export interface Stop {
  readonly reason: StopReason;
  readonly message: string;
  /** What operators hold, where they do. */
  readonly scope?: HoldScope;
  /** What was applied before is healed all the same: only what is new waits. */
  readonly heals?: true;
  /** Grants that are over wait as well. */
  readonly endsNothing?: true;
}

/** Without a policy everything on the cluster; without an object the whole policy. */
export type HoldScope = Pick<OperatorHold, 'policy' | 'object'>;

export type StopReason = 'ClusterInform' | 'Paused' | 'Suspended' | 'Held' | 'Frozen' | 'OutsideWindow' | 'GuardrailInvalid';

/** The stop that holds a policy on a cluster. Without a spec the policy does not apply there: then only the cluster's own stop counts. */
export function stopOf(cluster: ClusterRecord, spec: PolicySpec | undefined): Stop | undefined {
  if (cluster.spec.paused === true) return { reason: 'Paused', message: `cluster ${cluster.name} is paused` };
  // Where a policy applies, Inform compares; what should leave is not compared and stays as it is.
  if (spec === undefined && cluster.spec.mode === 'Inform')
    return { reason: 'ClusterInform', message: `cluster ${cluster.name} is in mode Inform` };
  if (spec?.suspended === true) return { reason: 'Suspended', message: 'the policy is suspended' };
  return undefined;
}
