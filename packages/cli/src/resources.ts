import { guardrailStatusSchema } from '@accord/proto/kube-api';
import * as z from 'zod';

const labels = z.record(z.string(), z.string());
const condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().default(''),
  message: z.string().default(''),
});
const metadata = z.object({
  name: z.string(),
  generation: z.number().default(0),
  resourceVersion: z.string().default(''),
  creationTimestamp: z.string().optional(),
  deletionTimestamp: z.string().optional(),
  labels: labels.default({}),
  annotations: labels.default({}),
});
const listMeta = z.object({ resourceVersion: z.string().default('') });

/** A Cluster as the hub shows it, as much as is printed. */
export const clusterSchema = z.object({
  metadata,
  spec: z.object({
    mode: z.string().default(''),
    paused: z.boolean().default(false),
    provider: z.string().default(''),
    region: z.string().default(''),
    displayName: z.string().default(''),
  }),
  status: z
    .object({
      ready: z.string().default('Unknown'),
      connection: z.string().default('unknown'),
      offlineSince: z.string().optional(),
      sync: z.object({ state: z.string().default('unknown') }).prefault({}),
      lastSeenTime: z.string().optional(),
      version: z.object({ kubernetes: z.string().default('') }).prefault({}),
      spoke: z.object({ version: z.string().default(''), permissions: z.string().default('') }).prefault({}),
      guardrail: z.optional(guardrailStatusSchema),
      policies: z.object({ total: z.number().default(0), applied: z.number().default(0) }).prefault({}),
      conditions: z.array(condition).default([]),
      alarms: z.array(z.string()).default([]),
    })
    .prefault({}),
});
export type ClusterResource = z.infer<typeof clusterSchema>;

/** A ClusterPolicy as the hub shows it, as much as is printed. */
export const policySchema = z.object({
  metadata,
  spec: z.looseObject({ description: z.string().default(''), priority: z.number().default(0), clusterSelector: z.unknown().optional() }),
  status: z
    .object({
      counts: z.record(z.string(), z.number()).default({}),
      clusters: z.object({ selected: z.number().default(0), applied: z.number().default(0) }).prefault({}),
      conditions: z.array(condition).default([]),
    })
    .prefault({}),
});
export type PolicyResource = z.infer<typeof policySchema>;

export const clusterListSchema = z.object({ metadata: listMeta, items: z.array(clusterSchema) });
