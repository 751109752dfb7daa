import { equalJson } from '@accord/proto/canonical';
import type { PolicySpec } from '@accord/proto/policy';

/** Who may not acknowledge a risk may not put something else under what was acknowledged either; but anybody may stop it. */
export function takesRisks(before: PolicySpec | undefined, after: PolicySpec): boolean {
  const isAcknowledged = [before, after].some((spec) => (spec?.acknowledgeRisks ?? []).length > 0);
  return isAcknowledged && !equalJson({ ...before, suspended: true }, { ...after, suspended: true });
}
