/** How long a change takes to a cluster, in parts that answer for different things: the hub, the way with the cluster, the way back. */
import type { Stamps } from '@accord/proto/messages';

/** `publish`: accepted to published. `apply`: published to applied. `report`: applied to folded by the hub. */
export const propagationStages = ['publish', 'apply', 'report'] as const;

export interface Propagation {
  readonly stage: (typeof propagationStages)[number] | 'total';
  readonly ms: number;
}

/** On one clock, see `correctedStamps`. `total` is from accepted to applied. A stage of which an end was not seen is left out; rounding never makes one negative. */
export function propagationOf({ acceptedMs, publishedMs, appliedMs }: Stamps, foldedMs: number): readonly Propagation[] {
  const spans = [
    ['publish', acceptedMs, publishedMs],
    ['apply', publishedMs, appliedMs],
    ['report', appliedMs, foldedMs],
    ['total', acceptedMs, appliedMs],
  ] as const;
  return spans.flatMap(([stage, fromMs, toMs]) => (fromMs > 0 && toMs > 0 ? [{ stage, ms: Math.max(0, toMs - fromMs) }] : []));
}

/**
 * Whether the times say how fast changes travel. They do not where the document was published before the cluster came, was relabelled or
 * connected: what it then applies was there long ago.
 */
export function hasTravelled(
  { publishedMs }: Stamps,
  { decidedMs, connectedMs }: { readonly decidedMs: number; readonly connectedMs: number },
): boolean {
  return publishedMs >= Math.max(decidedMs, connectedMs);
}
