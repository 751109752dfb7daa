import type { ClusterRecord } from '@accord/proto/cluster';
import { setsOf } from '@accord/proto/labels';
import { anchorAll, clusterAnchor, labelAnchor, setAnchor, type Anchor } from '@accord/proto/subjects';

/** The anchors that a cluster reads: everybody's, one per label, its own, one per set. Sorted. */
export function anchorsOf({ id, labels }: Pick<ClusterRecord, 'id' | 'labels'>): readonly Anchor[] {
  const ofLabels = Object.entries(labels).map(([key, value]) => labelAnchor(key, value));
  return [anchorAll, clusterAnchor(id), ...ofLabels, ...setAnchorsOf(labels)].toSorted();
}

/** Where the record of a cluster with these labels stands, for the other members of its sets. */
export function setAnchorsOf(labels: Readonly<Record<string, string>>): readonly Anchor[] {
  return setsOf(labels).map(setAnchor);
}
