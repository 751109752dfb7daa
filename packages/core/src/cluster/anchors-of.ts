import type { ClusterRecord } from '@accord/proto/cluster';
import { setsOf } from '@accord/proto/labels';
import { anchorAll, clusterAnchor, labelAnchor, setAnchor, type Anchor } from '@accord/proto/subjects';
import type { ClusterFact } from '../registry/facts.ts';
import { clusterRecord } from '../registry/registry.ts';

/** The anchors that a cluster reads: everybody's, one per label, its own, one per set. Sorted. */
export function anchorsOf({ id, labels }: Pick<ClusterRecord, 'id' | 'labels'>): readonly Anchor[] {
  const ofLabels = Object.entries(labels).map(([key, value]) => labelAnchor(key, value));
  return [anchorAll, clusterAnchor(id), ...ofLabels, ...setAnchorsOf(labels)].toSorted();
}

const known = new WeakMap<ClusterFact, readonly Anchor[]>();

/** The same of a fact, which never changes: they are asked for with each beat of each cluster. */
export function anchorsOfFact(cluster: ClusterFact): readonly Anchor[] {
  const before = known.get(cluster);
  if (before !== undefined) return before;
  const anchors = anchorsOf(clusterRecord(cluster));
  known.set(cluster, anchors);
  return anchors;
}

/** Where the record of a cluster with these labels stands, for the other members of its sets. */
export function setAnchorsOf(labels: Readonly<Record<string, string>>): readonly Anchor[] {
  return setsOf(labels).map(setAnchor);
}
