import type { JsonObject } from '@accord/proto/canonical';
import type { Capacity } from '@accord/proto/record';
import { listAt, textAt } from '../policy/manifest.ts';
import { wholeUnits } from '../policy/quantity.ts';

/** What the nodes of a cluster have to give, so coarse that a cluster at work says nothing new. */
export function capacityOf(nodes: readonly JsonObject[]): Capacity {
  const allocatable = (resource: string): readonly string[] => nodes.map((node) => textAt(node, 'status', 'allocatable', resource));
  return {
    nodes: nodes.length,
    nodesReady: nodes.filter(isReady).length,
    cpu: wholeUnits(allocatable('cpu'), '1'),
    memoryGi: wholeUnits(allocatable('memory'), '1Gi'),
    pods: wholeUnits(allocatable('pods'), '1'),
  };
}

function isReady(node: JsonObject): boolean {
  return listAt(node, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True',
  );
}
