/** The document `_member`: the cluster's own signed record, from which a spoke derives everything that is about itself. */
import * as z from 'zod/mini';
import { canonicalBytes } from './canonical.ts';
import { clusterRecordSchema, type ClusterRecord } from './cluster.ts';
import { CodedError } from './coded-error.ts';

/** An operator keeps things on one cluster as they are until a time. */
const holdSchema = z.object({
  /** Absent: everything on the cluster. */
  policy: z.optional(z.string()),
  /** Only this object: `Kind/namespace/name`, or `Kind/name`. Absent: everything of the policy. */
  object: z.optional(z.string()),
  untilMs: z.number(),
  reason: z.string(),
  /** Whose word it is. */
  by: z.string(),
});

export type OperatorHold = Readonly<z.infer<typeof holdSchema>>;

/** What becomes of what policies hold on a cluster that leaves the fleet: it is given back, or removed. */
export const leaveModes = ['Retain', 'Purge'] as const;
export type LeaveMode = (typeof leaveModes)[number];

/** Holds on one cluster at once: they travel in one record, which each of its changes sends anew. */
export const holdsPerClusterMax = 50;

/** Read leniently: a newer hub may say more. */
export const memberSchema = z.object({
  cluster: clusterRecordSchema,
  revision: z.number(),
  /** The anchors that follow from the labels; the spoke follows exactly these. */
  anchors: z.array(z.string()),
  /** Up to this epoch, absence from a complete index may remove. */
  confirmedEpoch: z.number(),
  /** policy → removals that a person confirmed although the policy no longer reaches this cluster. */
  confirmedRemovals: z.record(z.string(), z.number()),
  /** What operators hold there; those that are over may still be in it. */
  holds: z.optional(z.array(holdSchema)),
  /** The public key that the cluster is to replace; once it has another, this is about nothing. */
  keyToReplace: z.optional(z.string()),
  /** The cluster is to leave the fleet. A way that is not known is no order. */
  leave: z.optional(
    z.pipe(
      z.unknown(),
      z.transform((said) => leaveModes.find((mode) => mode === said)),
    ),
  ),
});

export interface Member {
  readonly cluster: ClusterRecord;
  readonly revision: number;
  readonly anchors: readonly string[];
  readonly confirmedEpoch: number;
  readonly confirmedRemovals: Readonly<Record<string, number>>;
  readonly holds?: readonly OperatorHold[];
  readonly keyToReplace?: string;
  readonly leave?: LeaveMode;
}

export function encodeMember(member: Member): Uint8Array {
  return canonicalBytes(member);
}

/** Rejects with `garbage`. The signature was checked before; this checks that the hub speaks our language. */
export function parseMember(body: Uint8Array): Member {
  try {
    return memberSchema.parse(JSON.parse(new TextDecoder().decode(body))) as unknown as Member;
  } catch (cause) {
    throw new CodedError('garbage', 'the cluster record cannot be read', { cause });
  }
}
