/** A document of a cluster set: what every member of the set knows of one of them, without heartbeats. */
import * as z from 'zod/mini';
import { canonicalBytes } from './canonical.ts';
import { clusterRecordSchema, type ClusterRecord } from './cluster.ts';
import { CodedError } from './coded-error.ts';

/** Size of a cluster, coarse: whole cores and GiB that pods may ask for. */
const capacitySchema = z.object({ nodes: z.number(), nodesReady: z.number(), cpu: z.number(), memoryGi: z.number(), pods: z.number() });

export type Capacity = Readonly<z.infer<typeof capacitySchema>>;

/** As the hub has published it: it changes when somebody would act on it, not with every beat. */
const publishedStatusSchema = z.object({
  ready: z.enum(['True', 'False', 'Unknown']),
  /** Of the condition Ready: `Connected`, `Offline`, `Flapping`, `NotHeardYet`. */
  reason: z.string(),
  message: z.string(),
  /** When `ready` became what it is. */
  sinceMs: z.number(),
  kubernetesVersion: z.string(),
  platform: z.string(),
  capacity: z.optional(capacitySchema),
});

export type PublishedStatus = Readonly<z.infer<typeof publishedStatusSchema>>;

/** Read leniently: a newer hub may say more. */
export const registryRecordSchema = z.object({
  cluster: clusterRecordSchema,
  status: publishedStatusSchema,
});

export interface RegistryRecord {
  readonly cluster: ClusterRecord;
  readonly status: PublishedStatus;
}

export function encodeRecord(record: RegistryRecord): Uint8Array {
  return canonicalBytes(record);
}

/** Rejects with `garbage`. The signature was checked before. */
export function parseRecord(body: Uint8Array): RegistryRecord {
  try {
    return registryRecordSchema.parse(JSON.parse(new TextDecoder().decode(body))) as unknown as RegistryRecord;
  } catch (cause) {
    throw new CodedError('garbage', 'the record of a cluster cannot be read', { cause });
  }
}
