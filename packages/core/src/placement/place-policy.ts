import type { ClusterRecord } from '@accord/proto/cluster';
import type { LabelSelector } from '@accord/proto/selector';
import { matchSelector } from '../labels/match-selector.ts';

export interface Placement {
  readonly selected: readonly ClusterRecord[];
  /** `because` is the first requirement that fails, in words. */
  readonly notSelected: readonly { readonly cluster: ClusterRecord; readonly because: string }[];
}

/** Says for every cluster whether a policy selects it, and if not, why. Sorted by name. */
export function placePolicy(selector: LabelSelector | undefined, clusters: Iterable<ClusterRecord>): Placement {
  const selected: ClusterRecord[] = [];
  const notSelected: { cluster: ClusterRecord; because: string }[] = [];
  for (const cluster of [...clusters].toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const match = matchSelector(selector, cluster.labels);
    if (match.matches) selected.push(cluster);
    else notSelected.push({ cluster, because: match.because });
  }
  return { selected, notSelected };
}
