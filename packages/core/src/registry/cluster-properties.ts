/** The two well-known ClusterProperties of a member of a cluster set. Source: KEP-2149. */
import { ownerLabel, setsOf } from '@accord/proto/labels';
import type { ClusterRecord } from '@accord/proto/cluster';

export const aboutGroup = 'about.k8s.io';
export const propertyNames = ['cluster.clusterset.k8s.io', 'clusterset.k8s.io'] as const;
export type PropertyName = (typeof propertyNames)[number];

/** A ClusterProperty as it stands in the cluster. */
export interface StandingProperty {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: string | undefined;
}

/** The value that is to be written; undefined when what stands there is right, or somebody else's. */
export function planProperty(name: PropertyName, cluster: ClusterRecord, standing: StandingProperty | undefined): string | undefined {
  if (standing !== undefined && standing.labels[ownerLabel] !== '') return undefined;
  const value = name === 'cluster.clusterset.k8s.io' ? cluster.id : chooseSet(setsOf(cluster.labels), standing?.value);
  return value === standing?.value ? undefined : value;
}

/** The standard knows one set of a cluster, and its name may not change while the cluster is in it: what is said holds for as long as it is true. */
function chooseSet(sets: readonly string[], said: string | undefined): string | undefined {
  return said !== undefined && sets.includes(said) ? said : sets[0];
}
