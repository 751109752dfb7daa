import type { Capacity } from './record.ts';

/** The size of a cluster as it stands in the status of its Cluster object, in quantities. */
export interface CapacityStatus {
  readonly nodes: number;
  readonly nodesReady: number;
  readonly cpu: string;
  readonly memory: string;
  readonly pods: number;
}

/** Undefined where the size is not known. */
export function capacityStatus(capacity: Capacity | null | undefined): CapacityStatus | undefined {
  if (capacity === undefined || capacity === null) return undefined;
  const { nodes, nodesReady, cpu, memoryGi, pods } = capacity;
  return { nodes, nodesReady, cpu: String(cpu), memory: `${memoryGi}Gi`, pods };
}
