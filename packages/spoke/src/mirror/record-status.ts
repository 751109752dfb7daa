import type { JsonObject } from '@accord/proto/canonical';
import { capacityStatus } from '@accord/proto/capacity-status';
import type { Capacity, PublishedStatus } from '@accord/proto/record';

/** The status of the Cluster object of another cluster: what the hub has published of it. */
export function recordStatus({ ready, reason, message, sinceMs, kubernetesVersion, platform, capacity }: PublishedStatus): JsonObject {
  const time = new Date(sinceMs).toISOString();
  return {
    ready,
    lastSeenTime: time,
    version: { kubernetes: kubernetesVersion, platform },
    ...sizeStatus(capacity),
    conditions: [{ type: 'Ready', status: ready, reason, message, lastTransitionTime: time }],
  };
}

/** How large a cluster is, as quantities and as kubectl shows it; nothing where that is not known. */
export function sizeStatus(capacity: Capacity | null | undefined): JsonObject {
  const status = capacityStatus(capacity);
  return status === undefined ? {} : { capacity: { ...status }, display: { nodes: `${status.nodesReady}/${status.nodes}` } };
}
