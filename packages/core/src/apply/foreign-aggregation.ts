import type { JsonObject } from '@accord/proto/canonical';

/** How a row begins to tell that somebody else made a ClusterRole of a policy an aggregated one. */
export const foreignAggregation = 'somebody has added an aggregationRule, which only an administrator takes away';

/** In the words of the guard rail, which sees the object as it would be, and of the API server, which knows it as it was. */
const refusals = ["'accord-spoke-roles' denied request: aggregation rules are refused", 'privileges to use the aggregationRule'];

/**
 * What a refusal means for a role that states no aggregationRule: it is the live one that has it, and then nobody but an administrator
 * may change the role. Source: Kubernetes, pkg/registry/rbac/clusterrole/policybased/storage.go.
 */
export function explainAggregation(body: JsonObject, because: string): string {
  const isForeign = body['aggregationRule'] === undefined && refusals.some((words) => because.includes(words));
  return isForeign ? `${foreignAggregation}: ${because}` : because;
}
