/** The Kubernetes-shaped half of REST: what kubectl, client-go and GitOps tools read and write at the hub. */
import * as z from 'zod';
import { guardrailSpecSchema } from './guardrail.ts';
import { syncStates } from './sync-state.ts';

export const apiGroup = 'accord.dev';
export const apiGroupVersion = 'v1alpha1';
export const apiVersion = `${apiGroup}/${apiGroupVersion}`;

export interface Kind {
  readonly kind: 'Cluster' | 'ClusterPolicy';
  readonly plural: 'clusters' | 'clusterpolicies';
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly verbs: readonly string[];
}

const readVerbs = ['get', 'list', 'watch'];
/** A cluster comes by a join token, so it can be changed here and not created. */
export const clusterKind: Kind = {
  kind: 'Cluster',
  plural: 'clusters',
  singular: 'cluster',
  shortNames: ['accl'],
  verbs: [...readVerbs, 'patch', 'update'],
};
export const policyKind: Kind = {
  kind: 'ClusterPolicy',
  plural: 'clusterpolicies',
  singular: 'clusterpolicy',
  shortNames: ['accp'],
  verbs: [...readVerbs, 'create', 'delete', 'patch', 'update'],
};
export const kinds: readonly Kind[] = [clusterKind, policyKind];

export interface ObjectMeta {
  readonly name: string;
  readonly uid: string;
  /** The revision: grows with each change of the spec. */
  readonly generation: number;
  readonly resourceVersion: string;
  readonly creationTimestamp: string;
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Standard conditions, as metav1.Condition. */
export const conditionSchema = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  observedGeneration: z.number().int(),
  reason: z.string(),
  message: z.string(),
  lastTransitionTime: z.string(),
});
export type Condition = z.infer<typeof conditionSchema>;

export const policyStatusSchema = z.object({
  observedGeneration: z.number().int(),
  /** Rows by state. A row that is offline, behind or stuck is counted as that, whatever it last said. */
  counts: z.record(z.string(), z.number().int()),
  /** For people: `2 applied · 1 offline`. */
  summary: z.string(),
  clusters: z.object({ selected: z.number().int(), applied: z.number().int() }),
  /** The rows that are not as wanted, the first ten. All of them: /v1/policies/{name}/clusters. */
  problems: z.array(z.object({ cluster: z.string(), state: z.string(), reason: z.string(), message: z.string() })),
  conditions: z.array(conditionSchema),
});
export type PolicyStatus = z.infer<typeof policyStatusSchema>;

/** What the owner of a cluster allows there, as its spoke last told; the words under `spec` are those of the Guardrail. */
export const guardrailStatusSchema = z.object({
  /** 0 where the owner wrote none, and the defaults hold. */
  generation: z.number().int(),
  /** Why it cannot be obeyed, so that nothing is written there. */
  because: z.string().optional(),
  spec: guardrailSpecSchema,
  /** Field → how many of its entries were left out. */
  unlisted: z.record(z.string(), z.number().int()),
});
export type GuardrailStatus = z.infer<typeof guardrailStatusSchema>;

export const clusterStatusSchema = z.object({
  observedGeneration: z.number().int(),
  ready: z.enum(['True', 'False', 'Unknown']),
  connection: z.enum(['live', 'offline', 'unknown']),
  offlineSince: z.string().optional(),
  /** Of the last beat, to the minute. */
  lastSeenTime: z.string().optional(),
  sync: z.object({ state: z.enum(syncStates), inSync: z.boolean() }),
  version: z.object({ kubernetes: z.string(), platform: z.string() }),
  /** What its nodes have to give; absent where the spoke may not list them. */
  capacity: z
    .object({ nodes: z.number().int(), nodesReady: z.number().int(), cpu: z.string(), memory: z.string(), pods: z.number().int() })
    .optional(),
  spoke: z.object({ version: z.string(), permissions: z.string() }),
  guardrail: guardrailStatusSchema.optional(),
  policies: z.object({ total: z.number().int(), applied: z.number().int(), failed: z.number().int() }),
  /** Absent until the spoke has reported. */
  sealing: z
    .object({
      activeKeyID: z.string(),
      attestedBy: z.string(),
      keys: z.array(
        z.object({ keyID: z.string(), suite: z.string(), publicKey: z.string(), notBefore: z.string(), attestation: z.string() }),
      ),
    })
    .optional(),
  alarms: z.array(z.string()),
  conditions: z.array(conditionSchema),
});
export type ClusterStatus = z.infer<typeof clusterStatusSchema>;

/** Reason of Ready where a cluster is connected and its spoke is silent. */
export const notAnswering = 'NotAnswering';

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: Kind['kind'];
  readonly metadata: ObjectMeta;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly status: PolicyStatus | ClusterStatus;
}

/** metav1.Status: how a refusal looks under /apis. */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: Readonly<Record<string, never>>;
  readonly status: 'Success' | 'Failure';
  readonly message: string;
  readonly reason: string;
  readonly details?: {
    readonly name?: string;
    readonly group?: string;
    readonly kind?: string;
    readonly causes?: readonly { readonly reason: string; readonly message: string; readonly field: string }[];
    readonly retryAfterSeconds?: number;
  };
  readonly code: number;
}
