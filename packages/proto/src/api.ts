/** Request and response bodies under `/v1`. The Kubernetes-shaped resources are in kube-api.ts. */
import * as z from 'zod';
import { accessBindingSchema, accessBindingsMax, declaredLabelSchema, roles } from './access.ts';
import { duration, time } from './api-values.ts';
import { leaveModes } from './member.ts';
import { syncStates } from './sync-state.ts';

/** RFC 9457, with the code of docs/errors.md and what to do. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  path: z.string().optional(),
  help: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export const rowSchema = z.object({
  policy: z.string(),
  cluster: z.string(),
  clusterId: z.string(),
  state: z.string(),
  reason: z.string(),
  message: z.string(),
  sentence: z.string(),
  selected: z.boolean(),
  revision: z.number(),
  reportedRevision: z.number(),
  desired: z.number(),
  applied: z.number(),
  held: z.number(),
  heals: z.number(),
  problems: z.array(
    z.object({
      object: z.string(),
      state: z.string(),
      reason: z.string(),
      message: z.string(),
      /** Of what is only compared: the fields that differ, and who wrote them last. */
      drift: z.object({ manager: z.string(), operation: z.string(), writtenAt: time.optional(), fields: z.array(z.string()) }).optional(),
    }),
  ),
  retained: z.array(z.string()),
  connection: z.enum(['live', 'offline', 'unknown']),
  offlineSince: time.optional(),
  sync: z.enum(syncStates),
  observedAt: time.optional(),
});
export type Row = z.infer<typeof rowSchema>;
/** Paged: `continue` is given back to get the next page, and missing on the last. */
export const rowsSchema = z.object({
  items: z.array(rowSchema),
  counts: z.record(z.string(), z.number()),
  total: z.number(),
  continue: z.string().optional(),
});
export type Rows = z.infer<typeof rowsSchema>;

export const faultSchema = z.object({ code: z.string(), path: z.string(), message: z.string(), help: z.string() });
/** One place at which two objects differ; `from` or `to` is missing on the side where nothing is. */
export const differenceSchema = z.object({ path: z.string(), from: z.unknown().optional(), to: z.unknown().optional() });
export const grantSchema = z.object({ cluster: z.string(), subject: z.string(), role: z.string(), namespace: z.string() });
export const previewRequestSchema = z.strictObject({ object: z.record(z.string(), z.unknown()), clusters: z.array(z.string()).optional() });
export const previewSchema = z.object({
  lint: z.array(faultSchema),
  warnings: z.array(faultSchema),
  selected: z.array(z.string()),
  notSelected: z.array(z.object({ cluster: z.string(), because: z.string() })),
  /** cluster → what would be there, for people: `RoleBinding payments/accord:team-payments:edit`. */
  objects: z.record(z.string(), z.array(z.string())),
  change: z.object({ add: z.number(), change: z.number(), remove: z.number() }),
  access: z.object({ gained: z.array(grantSchema), lost: z.array(grantSchema) }),
  /** What clusters would not take, because their owners do not allow it; without an object it is all of the policy. */
  refused: z.array(z.object({ cluster: z.string(), object: z.string(), reason: z.string(), message: z.string() })).default([]),
  /** What it says differently from the policy of that name as it is stored; all of it where there is none. */
  against: z.object({ revision: z.number().int(), differences: z.array(differenceSchema) }).default({ revision: 0, differences: [] }),
});
export type Preview = z.infer<typeof previewSchema>;

export const confirmRemovalRequestSchema = z.strictObject({ revision: z.number().int(), count: z.number().int().positive() });
export const confirmEpochRequestSchema = z.strictObject({ epoch: z.number().int().positive() });

/** A write that was stored: under this name it can be followed at /v1/changes/{change}. Empty when nothing had to be written. */
export const acceptedSchema = z.object({ change: z.string() });

/** The access of a cluster is cut. Without a change it was before. */
export const revokedSchema = z.object({ cluster: z.string(), revokedAt: time, change: z.string() });
export const keyRotationRequestSchema = z.strictObject({
  /** Takes the old key out, instead of adding a new one. */
  finish: z.boolean().default(false),
  /** Also while clusters still use the old key: they are cut, and renew over HTTPS. For after a theft of `spokes-scope`. */
  force: z.boolean().default(false),
});
/** Keys of the hub that are replaced while it runs: what signs tokens of spokes, desired state, tokens of the hub's own processes, and the claims of accounts. */
export const hubKeys = ['spokes-scope', 'desired', 'hub-signing', 'sys-signing', 'operator'] as const;
export type HubKey = (typeof hubKeys)[number];
/** `next` takes the place of `current` once nobody is in `waiting`: who is connected and has not renewed since it was added. */
export const hubKeySchema = z.object({
  current: z.string(),
  next: z.string().optional(),
  /** What `current` took the place of, while that is still believed. */
  before: z.string().optional(),
  waiting: z.array(z.string()),
});
/** The cluster is told to replace its key; it does so as soon as it hears of it. */
export const keyReplacementSchema = acceptedSchema.extend({ cluster: z.string(), keyToReplace: z.string() });
/** How a cluster leaves the fleet. With `force` without asking it, for one that is gone for good. */
export const leaveRequestSchema = z.strictObject({ mode: z.enum(leaveModes).default('Retain'), force: z.boolean().default(false) });
/** `behind` is what stays on a cluster that was not asked, by its last reports. */
export const leaveAnswerSchema = acceptedSchema.extend({
  cluster: z.string(),
  state: z.enum(['Leaving', 'Left']),
  behind: z.array(z.object({ policy: z.string(), objects: z.number().int() })),
});

/** On which clusters: by name, or with labels as `kubectl -l` has them. One of the two. */
const ofClusters = { clusters: z.array(z.string()).min(1).optional(), selector: z.string().min(1).optional() };
const heldObject = z.string().regex(/^[A-Z][A-Za-z0-9]*(\/[a-z0-9-]+)?\/[^/\s]+$/, 'Kind/namespace/name, or Kind/name');
/** Until when: a time, or how long from now. One of the two. */
const end = { until: z.iso.datetime({ offset: true }).optional(), for: duration.optional() };
/** Everything is kept as it is on these clusters. */
export const freezeRequestSchema = z.strictObject({ ...ofClusters, ...end, reason: z.string() });
/** A policy, or one object of it, is. */
export const holdRequestSchema = freezeRequestSchema.extend({ object: heldObject.optional() });
export const holdAnswerSchema = z.object({ change: z.string(), clusters: z.array(z.string()), until: time.optional() });
/** Without a policy it is everything on the cluster, without an object everything of the policy. */
export const holdSchema = z.object({
  cluster: z.string(),
  policy: z.string().optional(),
  object: z.string().optional(),
  until: time,
  reason: z.string(),
  by: z.string(),
});
export const holdsSchema = z.object({ items: z.array(holdSchema) });

/** How much of one resource a quota of a policy has given away on a cluster, as of its last report. */
export const usageSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  quota: z.string(),
  resource: z.string(),
  used: z.string(),
  hard: z.string(),
  percent: z.number().int(),
});
export type Usage = z.infer<typeof usageSchema>;
/** The fullest first; `total` counts what a page had no room for as well. */
export const usagesSchema = z.object({ items: z.array(usageSchema), total: z.number().int() });

export const fleetSchema = z.object({
  clusters: z.object({
    total: z.number(),
    live: z.number(),
    offline: z.number(),
    unknown: z.number(),
    behind: z.number(),
    stuck: z.number(),
  }),
  policies: z.number(),
  /** Number of the history of desired state: what a person confirms after it was rebuilt. */
  epoch: z.number().int(),
  rows: z.record(z.string(), z.number()),
  heals: z.array(
    z.object({
      cluster: z.string(),
      policy: z.string(),
      object: z.string(),
      cause: z.string().default(''),
      manager: z.string(),
      operation: z.string(),
      writtenAt: time.optional(),
      seenAt: time,
      healedAt: time,
      reportedAt: time,
    }),
  ),
  problems: z.array(rowSchema),
  /** What the hub itself saw of the whole fleet that only a person can judge. Those of a cluster stand in its status. */
  alarms: z.array(z.string()).default([]),
  /** Where clusters dial the bus. */
  busServers: z.array(z.string()).default([]),
});
export type Fleet = z.infer<typeof fleetSchema>;

export const auditEntrySchema = z.object({
  at: time,
  actor: z.string(),
  action: z.string(),
  object: z.string(),
  change: z.string(),
  reason: z.string(),
  source: z.string(),
  /** `stored` is a fact, `refused` a request that was not carried out, `done` what the hub did by itself, `lost` what it could not record. */
  result: z.enum(['stored', 'refused', 'done', 'lost']),
  detail: z.string(),
  /** So many alike since the entry before. */
  count: z.number().int().default(1),
});
export const auditSchema = z.object({ items: z.array(auditEntrySchema), continue: z.string().optional() });

export const apiTokenRequestSchema = z.strictObject({
  name: z.string(),
  /** For the whole fleet. */
  role: z.enum(roles).optional(),
  /** Or on parts of it. One of the two. */
  bindings: z.array(accessBindingSchema).min(1).max(accessBindingsMax).optional(),
  expiresIn: duration.optional(),
});
/** `role` is the highest that the token has anywhere; with bindings it holds within them only. */
const grantedSchema = z.object({ role: z.string(), bindings: z.array(accessBindingSchema).optional() });
export const apiTokenResponseSchema = grantedSchema.extend({ name: z.string(), token: z.string(), expiresAt: time.optional() });
export const apiTokensSchema = z.object({
  items: z.array(grantedSchema.extend({ name: z.string(), createdAt: time, expiresAt: time.optional(), revoked: z.boolean() })),
});

/** Whom the hub takes the caller for. Without `role` he has bindings only. */
export const whoamiSchema = z.object({
  actor: z.string(),
  role: z.enum(roles).optional(),
  bindings: z.array(accessBindingSchema),
  expiresAt: time.optional(),
});
export const declaredLabelsSchema = z.object({ labels: z.record(z.string(), declaredLabelSchema) });
/** Where people log in, if they do. */
export const loginServerSchema = z.object({ issuer: z.string(), clientId: z.string(), scope: z.string() });
export type LoginServer = z.infer<typeof loginServerSchema>;

/**
 * One Server-Sent Event of `/v1/events`: what changed, to be read again. `row` carries the row itself, `change` is one that was accepted.
 * After `reset` nothing that was read before is known to hold: the position is none of this hub's or too far back, or the reader was too slow.
 */
export const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reset'), reason: z.enum(['unknown', 'too-old', 'slow']) }),
  z.object({ type: z.literal('change'), id: z.string(), object: z.string(), actor: z.string(), acceptedAt: time }),
  z.object({ type: z.literal('row'), row: rowSchema, change: z.string() }),
  z.object({ type: z.literal('policy'), name: z.string(), revision: z.number() }),
  z.object({ type: z.literal('cluster'), name: z.string(), connection: z.enum(['live', 'offline', 'unknown']) }),
  z.object({
    type: z.literal('heal'),
    cluster: z.string(),
    policy: z.string(),
    object: z.string(),
    seenMs: z.number(),
    healedMs: z.number(),
  }),
]);
export type HubEvent = z.infer<typeof eventSchema>;
