/** What the hub answers about the past: changes, revisions, clusters as they were, drift. */
import * as z from 'zod';
import { differenceSchema } from './api.ts';
import { guardrailStatusSchema } from './kube-api.ts';

const time = z.iso.datetime();
const labels = z.record(z.string(), z.string());

/** Milliseconds since the epoch with fraction; 0 where the moment was not seen. Spoke times are the spoke's clock. */
export const stampsSchema = z.object({
  acceptedMs: z.number(),
  publishedMs: z.number(),
  receivedMs: z.number(),
  verifiedMs: z.number(),
  compiledMs: z.number(),
  appliedMs: z.number(),
  reportedMs: z.number(),
});
/** A state in which a change stood on a cluster, told `count` times in a row: a wait, a retry, a stop, a refusal. */
export const timelineStepSchema = z.object({
  state: z.string(),
  reason: z.string(),
  message: z.string(),
  fromMs: z.number(),
  toMs: z.number(),
  count: z.number().int(),
  created: z.number(),
  changed: z.number(),
  removed: z.number(),
});
/** What the pass that `stamps` tell of wrote in one stage, on the clock of the hub: 1 to 7 as objects are applied, 8 for removals. */
export const stageTimesSchema = z.object({
  stage: z.number().int(),
  startMs: z.number(),
  endMs: z.number(),
  writes: z.number().int(),
  slowest: z
    .object({
      /** Its key: group/Kind/namespace/name. */
      object: z.string(),
      method: z.string(),
      startMs: z.number(),
      ms: z.number(),
      /** created, changed, unchanged, removed, released, or the reason why not. */
      result: z.string(),
    })
    .nullable(),
});
const changeHeadSchema = z.object({
  id: z.string(),
  /** What was changed: policy/team-payments, cluster/prod-eu-1. */
  object: z.string(),
  revision: z.number().int(),
  actor: z.string(),
  reason: z.string(),
  source: z.string(),
  type: z.string(),
  acceptedAt: time,
  traceparent: z.string(),
});
export const changeOnClusterSchema = z.object({
  cluster: z.string(),
  state: z.string(),
  sentence: z.string(),
  /** Why it is placed there, or no longer is. */
  because: z.string(),
  /** As each side read its own clock. */
  stamps: stampsSchema,
  /** On the clock of the hub: those of the spoke less `skewMs`, by which its clock was ahead. */
  corrected: stampsSchema,
  skewMs: z.number(),
  foldedMs: z.number(),
  steps: z.array(timelineStepSchema),
  /** Empty where that pass wrote nothing, or the spoke does not tell yet. */
  stages: z.array(stageTimesSchema).default([]),
});
export const changeSchema = changeHeadSchema.extend({
  /** Where its trace is looked at, where the hub was told. */
  traceUrl: z.string().optional(),
  /** The next revision of the same object, once there is one. */
  supersededBy: z.string().optional(),
  /** When it was first published under any anchor. */
  publishedAt: time.optional(),
  clusters: z.array(changeOnClusterSchema),
  /** How long each hop took over all clusters that have applied it, on the clock of the hub, and where it took longest. */
  hops: z.array(z.object({ hop: z.string(), p50Ms: z.number(), p95Ms: z.number(), maxMs: z.number(), slowest: z.string() })),
  notSelected: z.object({ total: z.number().int(), items: z.array(z.object({ cluster: z.string(), because: z.string() })) }),
});
export type ChangeTimeline = z.infer<typeof changeSchema>;
/** What the history still holds: facts are never forgotten, what clusters did is, by age and size. */
export const keptSchema = z.object({ factsSince: time.optional(), outcomesSince: time.optional() });
export const changesSchema = z.object({ items: z.array(changeHeadSchema), continue: z.string().optional(), kept: keptSchema });

const otlpValueSchema = z.union([
  z.object({ stringValue: z.string() }),
  z.object({ boolValue: z.boolean() }),
  z.object({ intValue: z.number().int() }),
  z.object({ doubleValue: z.number() }),
  z.object({ arrayValue: z.object({ values: z.array(z.object({ stringValue: z.string() })) }) }),
]);
const otlpAttributesSchema = z.array(z.object({ key: z.string(), value: otlpValueSchema }));
const otlpSpanSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  kind: z.number().int(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  attributes: otlpAttributesSchema,
  events: z.array(z.object({ timeUnixNano: z.string(), name: z.string(), attributes: otlpAttributesSchema })),
  links: z.array(z.object({ traceId: z.string(), spanId: z.string(), attributes: otlpAttributesSchema })),
  status: z.object({ code: z.number().int(), message: z.string().optional() }),
});
/** Spans as OTLP has them in JSON. */
export const otlpTracesSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: otlpAttributesSchema }),
      scopeSpans: z.array(z.object({ scope: z.object({ name: z.string() }), spans: z.array(otlpSpanSchema) })),
    }),
  ),
});

/** A cluster as it was: what it was told, and what it had. */
export const clusterAtSchema = z.object({
  cluster: z.string(),
  id: z.string(),
  at: time,
  labels,
  mode: z.string(),
  paused: z.boolean(),
  revision: z.number().int(),
  connection: z.string(),
  /** What its owner allows now; of other times it is not kept. */
  guardrail: guardrailStatusSchema.optional(),
  told: z.array(
    z.object({
      policy: z.string(),
      revision: z.number().int(),
      step: z.number().int(),
      change: z.string(),
      acceptedAt: time,
      publishedAt: time.optional(),
    }),
  ),
  had: z.array(
    z.object({
      policy: z.string(),
      revision: z.number().int(),
      state: z.string(),
      reason: z.string(),
      message: z.string(),
      desired: z.number().int(),
      applied: z.number().int(),
      reportedAt: time,
    }),
  ),
  /** Numbers of its outcomes that the hub never got, or refused to keep. */
  gaps: z.array(z.object({ boot: z.number(), firstN: z.number(), lastN: z.number(), size: z.number(), reason: z.string() })),
  kept: keptSchema,
});
export type ClusterAt = z.infer<typeof clusterAtSchema>;

export const revisionSchema = z.object({
  policy: z.string(),
  revision: z.number().int(),
  type: z.string(),
  change: z.string(),
  at: time,
  actor: z.string(),
  reason: z.string(),
  source: z.string(),
});
export const revisionsSchema = z.object({ items: z.array(revisionSchema) });
/** One revision with what it said; `deleted` when it is the end of the policy. */
export const revisionBodySchema = revisionSchema.extend({
  deleted: z.boolean(),
  labels,
  annotations: labels,
  spec: z.record(z.string(), z.unknown()),
});
export const revisionDiffSchema = z.object({
  policy: z.string(),
  from: z.number().int(),
  to: z.number().int(),
  differences: z.array(differenceSchema),
});
export type RevisionDiff = z.infer<typeof revisionDiffSchema>;

/** An object that was not as wanted: seen and left (`seen`), or put right (`healed`). Times of the spoke's clock, but `reportedAt`. */
export const driftSchema = z.object({
  cluster: z.string(),
  policy: z.string(),
  object: z.string(),
  kind: z.enum(['seen', 'healed']),
  /** Why it is drift; of what is only compared, the reason in its row. Empty from spokes that do not say it. */
  cause: z.string().default(''),
  manager: z.string(),
  operation: z.string(),
  fields: z.array(z.string()),
  message: z.string(),
  /** Of the write itself, by the clock of its API server, to the second. */
  writtenAt: time.optional(),
  seenAt: time.optional(),
  healedAt: time.optional(),
  reportedAt: time,
});
export const driftsSchema = z.object({ items: z.array(driftSchema), continue: z.string().optional(), kept: keptSchema });
