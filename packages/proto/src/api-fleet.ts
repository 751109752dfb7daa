/** What is listed and plotted for whoever looks at a whole fleet, small enough for ten thousand clusters; and how a browser is let in. */
import * as z from 'zod';
import { whoamiSchema } from './api.ts';
import { time } from './api-values.ts';
import { syncStates } from './sync-state.ts';

/** State → how many rows stand in it, as `counts` of rows: one that is offline, behind or stuck is counted as that. */
const rowCounts = z.record(z.string(), z.number().int());
const page = { total: z.number().int(), continue: z.string().optional() };

export const clusterSummarySchema = z.object({
  name: z.string(),
  id: z.string(),
  labels: z.record(z.string(), z.string()),
  connection: z.enum(['live', 'offline', 'unknown']),
  offlineSince: time.optional(),
  sync: z.enum(syncStates),
  mode: z.string(),
  paused: z.boolean(),
  /** As its API server says it; empty until it was heard. */
  kubernetesVersion: z.string(),
  rows: rowCounts,
  /** The state of its rows that needs a person most; empty without rows. */
  worst: z.string(),
});
export type ClusterSummary = z.infer<typeof clusterSummarySchema>;
/** `total` counts what the filters let through, not the page. */
export const clusterSummariesSchema = z.object({ items: z.array(clusterSummarySchema), ...page });

export const policySummarySchema = z.object({
  name: z.string(),
  revision: z.number().int(),
  priority: z.number(),
  mode: z.string(),
  suspended: z.boolean(),
  /** Is being removed from its clusters. */
  deleting: z.boolean(),
  clusters: z.number().int(),
  rows: rowCounts,
  worst: z.string(),
  /** The change that made this revision. */
  change: z.string(),
  changedAt: time,
  actor: z.string(),
});
export type PolicySummary = z.infer<typeof policySummarySchema>;
export const policySummariesSchema = z.object({ items: z.array(policySummarySchema), ...page });

/** One step of a plot, of everything that the hub learnt from `at` for `stepMs`. */
export const seriesPointSchema = z.object({
  at: time,
  changes: z.number().int(),
  /** Outcomes that say Applied; that say Failed or Blocked. */
  applied: z.number().int(),
  failed: z.number().int(),
  /** Objects that spokes put right. */
  healed: z.number().int(),
  /** Clusters that went offline, and came back. */
  wentOffline: z.number().int(),
  cameBack: z.number().int(),
  /** From accepted to applied, on the clock of the hub, over the applies of this step; missing where there was none. */
  propagationP50Ms: z.number().optional(),
  propagationP95Ms: z.number().optional(),
  /**
   * From accepted to the last cluster, on the clock of the hub, over the changes that were accepted in this step and that every cluster
   * which answered has applied. A cluster that joined or was changed later does not count. Missing where there is no such change.
   */
  convergenceP50Ms: z.number().optional(),
  convergenceMaxMs: z.number().optional(),
});
export const fleetSeriesSchema = z.object({ from: time, to: time, stepMs: z.number().int(), points: z.array(seriesPointSchema) });
export type FleetSeries = z.infer<typeof fleetSeriesSchema>;

/** A link that opens the console once, for a minute: its code stands in the fragment, which no browser sends and no log has. */
export const consoleLinkSchema = z.object({ url: z.string(), expiresAt: time });
/** With the code of a link. Without one the bearer token of the request is who is let in. */
export const sessionRequestSchema = z.strictObject({ code: z.string().optional() });
/** The session itself is a cookie that scripts cannot read. */
export const sessionSchema = whoamiSchema.extend({ sessionExpiresAt: time });
