/** The kind `Guardrail`: what the owner of a cluster allows the hub to do there. Written in the cluster, never at the hub. */
import * as z from 'zod/mini';

/** There is one per cluster. */
export const guardrailName = 'default';

const patterns = z.optional(z.array(z.string()));
const windowSchema = z.object({ schedule: z.string(), duration: z.string(), timeZone: z.optional(z.string()) });

/** What its owner writes under `spec`. The API server has checked the form of it against the CRD. */
export const guardrailSpecSchema = z.object({
  allowedKinds: patterns,
  namespaces: z.optional(z.object({ allow: patterns, protect: patterns })),
  bindableRoles: patterns,
  maxObjects: z.optional(z.int().check(z.minimum(0))),
  maxRemovalsPerHour: z.optional(z.int().check(z.minimum(0))),
  windows: z.optional(z.array(windowSchema)),
  freeze: z.optional(z.object({ until: z.string(), reason: z.string() })),
  maxLocalHold: z.optional(z.string()),
  allowRisks: z.optional(z.array(z.string())),
});

export type GuardrailSpec = z.infer<typeof guardrailSpecSchema>;
export type GuardrailWindow = z.infer<typeof windowSchema>;
