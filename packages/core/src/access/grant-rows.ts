/** Who may do what on which clusters by one policy: equal grants on many clusters are one row. */
import type { PolicyGrant } from './compile-grants.ts';

/** The policy on a cluster that it selects. */
export interface GrantingCluster {
  readonly name: string;
  readonly grants: readonly PolicyGrant[];
  readonly isApplied: boolean;
}

/** Clusters on which the policy gives the same. */
export interface GrantGroup {
  readonly grants: readonly PolicyGrant[];
  readonly names: string[];
  /** On how many of them the policy is applied now. */
  applied: number;
}

/** A row is a grant with the groups of clusters that have it; no cluster is in two of them. */
export type GrantRows = Map<PolicyGrant, GrantGroup[]>;

/** By the very list of grants. The names stay in the order in which they come. */
export function groupByGrants(clusters: Iterable<GrantingCluster>): readonly GrantGroup[] {
  const groups = new Map<readonly PolicyGrant[], GrantGroup>();
  for (const { name, grants, isApplied } of clusters) {
    if (grants.length === 0) continue;
    const group = groups.get(grants) ?? { grants, names: [], applied: 0 };
    group.names.push(name);
    group.applied += Number(isApplied);
    groups.set(grants, group);
  }
  return [...groups.values()];
}

/** Adds the grants of a group that are asked for. One group at a time, so that whoever adds many can pause in between. */
export function addGroup(rows: GrantRows, group: GrantGroup, isAsked: (grant: PolicyGrant) => boolean): void {
  for (const grant of group.grants) {
    if (!isAsked(grant)) continue;
    const row = rows.get(grant);
    if (row === undefined) rows.set(grant, [group]);
    else row.push(group);
  }
}

/** On how many clusters a row holds, on how many of them the policy is applied, and the first names of them. */
export function clustersOf(
  groups: readonly GrantGroup[],
  namesMax: number,
): { readonly total: number; readonly applied: number; readonly names: string[] } {
  return {
    total: groups.reduce((sum, { names }) => sum + names.length, 0),
    applied: groups.reduce((sum, { applied }) => sum + applied, 0),
    names: groups
      .flatMap(({ names }) => names.slice(0, namesMax))
      .toSorted()
      .slice(0, namesMax),
  };
}
