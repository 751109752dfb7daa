/**
 * What the hub may do in a cluster whose owner wrote no Guardrail: everything that the tier's permissions allow, up to a size.
 *
 * The owner's own object, with its further limits, is obeyed by a later version; until then these are the limits in force.
 */
export const defaultGuardrail = {
  /** Objects that policies may hold on one cluster. An API server with 20,000 of them needs about 0.8 GB. */
  maxObjects: 20_000,
  /** Longest time for which somebody in the cluster may hold an object as it is: 8 h. */
  maxLocalHoldMs: 8 * 3_600_000,
} as const;
