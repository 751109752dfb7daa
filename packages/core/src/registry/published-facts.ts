/** What a cluster says of itself, cut to what may be written into others: any bytes may come, and every member of its sets would store them. */
import type { CapacityFact } from '@accord/proto/messages';
import type { Capacity } from '@accord/proto/record';

const textMax = 64;
const numberMax = 1_000_000_000;

/** Printable ASCII, and not long; anything else says nothing. */
export function factText(text: string | undefined): string {
  return text !== undefined && text.length <= textMax && /^[\x20-\x7e]*$/.test(text) ? text : '';
}

export function publishedCapacity(fact: CapacityFact | undefined): Capacity | undefined {
  if (fact === undefined) return undefined;
  const { nodes, nodesReady, cpu, memoryGi, pods } = fact;
  return { nodes: whole(nodes), nodesReady: whole(nodesReady), cpu: whole(cpu), memoryGi: whole(memoryGi), pods: whole(pods) };
}

function whole(value: number): number {
  return Math.min(Math.max(0, Math.floor(value)), numberMax);
}
