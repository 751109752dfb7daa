/** The kind `Cluster`: what people write of it, and the record that its own spoke gets. */
import * as z from 'zod/mini';
import { distinct } from './distinct.ts';
import { isDnsLabel, type ClusterId, type ClusterName } from './ids.ts';

const short = z.string().check(z.maxLength(63));
const url = z.string().check(z.minLength(1), z.maxLength(512));
const base64 = z.string().check(z.maxLength(65_536), z.regex(/^[A-Za-z0-9+/]*={0,2}$/, 'must be base64'));

/** `Enforce` applies and heals. `Inform` caps every policy there: it only compares and reports. */
export const clusterModes = ['Enforce', 'Inform'] as const;
export type ClusterMode = (typeof clusterModes)[number];

/** Of a cluster that joins when nobody says in which. A later write without a mode keeps the one that is stored. */
export const newClusterMode: ClusterMode = 'Inform';

/** What people write under `spec` of a Cluster. What no `mode` means depends on what is stored, so there is no default here. */
export const clusterSpecSchema = z.strictObject({
  mode: z.optional(z.enum(clusterModes)),
  /** Nothing is written here for any policy until it is lifted. */
  paused: z.optional(z.boolean()),
  displayName: z.optional(z.string().check(z.maxLength(128))),
  description: z.optional(z.string().check(z.maxLength(1024))),
  provider: z.optional(short),
  region: z.optional(short),
  zones: z.optional(z.array(short).check(z.maxLength(32), distinct())),
  apiEndpoint: z.optional(url),
  caBundle: z.optional(base64),
  consoleURL: z.optional(url),
  /** On this cluster the spoke writes a ClusterProfile of each member of its sets into these namespaces. */
  projectProfiles: z.optional(
    z.strictObject({
      namespaces: z
        .array(z.string().check(z.refine(isDnsLabel, 'must be the name of a namespace')))
        .check(z.minLength(1), z.maxLength(8), distinct()),
    }),
  ),
  endpoints: z.optional(
    z.array(z.strictObject({ name: short, url, caBundle: z.optional(base64) })).check(z.maxLength(32), distinct<{ name: string }>('name')),
  ),
  taints: z.optional(
    z
      .array(
        z.strictObject({
          key: z.string().check(z.minLength(1), z.maxLength(316)),
          value: z.optional(short),
          effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
        }),
      )
      .check(z.maxLength(16), distinct<{ key: string; effect: string }>('key', 'effect')),
  ),
});

/** Fields of the spec that only the hub sets. Whoever sends back what he read sends them along. */
export const clusterHubFields: readonly string[] = ['clusterID', 'epoch', 'revision', 'step'];

/** A spec as it is stored and signed: what people wrote, and always a mode. */
export type ClusterSpec = z.infer<typeof clusterSpecSchema> & { readonly mode: ClusterMode };

/** A cluster as placement and compilation see it: nothing in it can be written by the cluster's users. */
export interface ClusterRecord {
  readonly id: ClusterId;
  readonly name: ClusterName;
  /** With the reserved labels that the hub sets. */
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: ClusterSpec;
}

/** A `ClusterRecord` as documents carry it. Read leniently: a newer hub may say more. */
export const clusterRecordSchema = z.object({
  id: z.string(),
  name: z.string(),
  labels: z.record(z.string(), z.string()),
  spec: z.looseObject({ mode: z.string() }),
});
