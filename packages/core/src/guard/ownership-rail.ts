import type { Trouble } from '../apply/report-policy.ts';

/** The admission policy that keeps the spoke from taking and deleting what is not its own. */
export const ownershipPolicy = 'accord-spoke-ownership';

/** A ConfigMap without a mark in the namespace of the spoke, asked for by a dry run: nothing but that policy refuses it. */
export const probeName = 'accord-spoke-probe';

/** What the API server answered to the dry run. */
export interface ProbeAnswer {
  readonly outcome: string;
  readonly reason?: string;
  readonly because?: string;
}

/**
 * Why nothing may be written that the spoke does not hold yet: undefined once the answer proves that the policy is in force.
 *
 * No answer proves nothing, and is no reason for alarm.
 */
export function doubtOf({ outcome, reason, because = '' }: ProbeAnswer): Trouble | undefined {
  if (outcome === 'refused' && because.includes(`ValidatingAdmissionPolicy '${ownershipPolicy}'`)) return undefined;
  if (outcome === 'retry') return { outcome, reason: reason ?? 'Unreachable', because };
  if (reason === 'Forbidden') return unproved(`the spoke may not ask whether the admission policy ${ownershipPolicy} is in force`, grant);
  if (outcome === 'refused')
    return unproved(`it cannot be told whether the admission policy ${ownershipPolicy} is in force: ${because}`, look);
  return unproved(`the admission policy ${ownershipPolicy} is not in force`, 'kubectl apply -f deploy/spoke/admission-policies.yaml');
}

const grant =
  `kubectl -n accord-system create role ${probeName} --verb=create,patch --resource=configmaps --resource-name=${probeName}` +
  ` && kubectl -n accord-system create rolebinding ${probeName} --role=${probeName} --serviceaccount=accord-system:accord-spoke`;
/** Somebody else refuses it first: who, is in the answer. */
const look = 'kubectl get validatingadmissionpolicybindings,validatingwebhookconfigurations,mutatingwebhookconfigurations';

function unproved(what: string, run: string): Trouble {
  const because = `${what}, so that policies write nothing there that they do not hold yet; its owner can put that right there: ${run}`;
  return { outcome: 'blocked', reason: 'GuardRailMissing', because };
}
