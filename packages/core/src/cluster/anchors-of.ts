import type { ClusterRecord } from '@accord/proto/cluster';
import { anchorAll, clusterAnchor, labelAnchor, type Anchor } from '@accord/proto/subjects';

/** The anchors that a cluster reads: everybody's, one per label, its own. Sorted. */
export function anchorsOf({ id, labels }: Pick<ClusterRecord, 'id' | 'labels'>): readonly Anchor[] {
  return [anchorAll, clusterAnchor(id), ...Object.entries(labels).map(([key, value]) => labelAnchor(key, value))].toSorted();
}
