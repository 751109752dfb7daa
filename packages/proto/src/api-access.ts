/** Who may do what on the clusters, by policies. */
import * as z from 'zod';
import { time } from './api-values.ts';

/** So many clusters of a row are named. */
export const namedClustersMax = 100;

export const accessRowSchema = z.object({
  subject: z.object({ kind: z.string(), name: z.string(), /** Of a service account. */ namespace: z.string().optional() }),
  role: z.object({ kind: z.string(), name: z.string() }),
  /** Empty in the whole cluster; `each selected namespace` where only the cluster knows which. */
  namespace: z.string(),
  policy: z.string(),
  /** From then on it is over. */
  until: time.optional(),
  clusters: z.object({
    total: z.number().int(),
    /** On so many of them the policy is applied now. */
    applied: z.number().int(),
    /** The first by name, `namedClustersMax` at most. */
    names: z.array(z.string()),
  }),
});
export type AccessRow = z.infer<typeof accessRowSchema>;
/** `total` counts what the filters let through, not the page. */
export const accessSchema = z.object({ items: z.array(accessRowSchema), total: z.number().int(), continue: z.string().optional() });
