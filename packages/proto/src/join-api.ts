/** Request and response bodies of invitations, of first contact and of renewal. docs/reference/join.md gives the procedure. */
import * as z from 'zod';
import { duration, labels, time } from './api-values.ts';
import { clusterModes, clusterSpecSchema } from './cluster.ts';

export const joinTokenRequestSchema = z.strictObject({
  cluster: z.string(),
  labels: labels.default({}),
  spec: z.optional(clusterSpecSchema),
  /** Short for `spec.mode`. Without either the cluster starts in `newClusterMode`. */
  mode: z.optional(z.enum(clusterModes)),
  expiresIn: duration.default('1h'),
  /** An admin lets the key in that asks: `POST /v1/clusters/{name}/approve`. */
  approval: z.boolean().default(false),
  /** For a member: it gets a new key and keeps its id, labels and spec, so none of those may be given. */
  replace: z.boolean().default(false),
});
/** One token for several clusters, each under a name of its own. */
export const joinRuleRequestSchema = z.strictObject({
  name: z.string(),
  /** `*` stands for any characters. */
  namePattern: z.string(),
  maxJoins: z.number().int(),
  labels: labels.default({}),
  spec: z.optional(clusterSpecSchema),
  mode: z.optional(z.enum(clusterModes)),
  expiresIn: duration.default('1h'),
});
/** What a hub adds to the manifests of every cluster. */
const installationFields = {
  /** base64 of the PEM of the authority of the hub's certificate, as in other APIs of Kubernetes; absent: one that everybody trusts. */
  caBundle: z.string().optional(),
  /** Reference of the image of the spoke; absent: the one of the manifests. */
  spokeImage: z.string().optional(),
  /** Names of Secrets in accord-system with which it is pulled. */
  spokeImagePullSecrets: z.array(z.string()).optional(),
};
export const installationSchema = z.object(installationFields);
export type Installation = z.infer<typeof installationSchema>;
export const joinTokenResponseSchema = z.object({
  /** 256 random bits; shown once. */
  token: z.string(),
  cluster: z.string(),
  expiresAt: time,
  /** SHA-256 of the key that signs desired state; the installed spoke pins it. */
  hubKey: z.string(),
  ...installationFields,
});
export const joinTokenSchema = z.object({
  /** SHA-256 of the token, hex. */
  hash: z.string(),
  /** Of a rule its own name. */
  cluster: z.string(),
  labels,
  state: z.enum(['Open', 'Pending', 'Approved', 'Rejected', 'Used', 'Expired', 'Deleted']),
  createdAt: time,
  expiresAt: time,
  createdBy: z.string(),
  /** The key that asked, where an admin has to let it in. */
  asked: z.object({ fingerprint: z.string(), kubernetesVersion: z.string(), platform: z.string(), at: time }).optional(),
  replace: z.boolean().optional(),
  rule: z.object({ namePattern: z.string(), maxJoins: z.number().int(), joined: z.array(z.string()) }).optional(),
});
export const joinTokensSchema = z.object({ items: z.array(joinTokenSchema) });

/** Anybody may send these: they are kept, and shown to people. */
const fact = z.string().regex(/^[\x20-\x7e]{0,128}$/, 'at most 128 printable ASCII characters');
/** Called by a spoke that has a join token. `proof` signs all of it with the new key, see docs/reference/join.md. */
export const joinRequestSchema = z.strictObject({
  publicKey: z.string().max(128),
  /** The name that the cluster asks for, where its token leaves that to it. */
  name: z.string().max(128).optional(),
  facts: z.object({ kubernetesVersion: fact, spokeVersion: fact, kubeSystemUID: fact, platform: fact }),
  tsMs: z.number().int(),
  nonce: z.string().min(16).max(64),
  proof: z.string().max(128),
});
export type JoinRequest = z.infer<typeof joinRequestSchema>;

/** Called by a spoke whose credential ended while it could not reach the bus. */
export const renewRequestSchema = z.strictObject({
  cluster: z.string(),
  publicKey: z.string(),
  tsMs: z.number().int(),
  nonce: z.string().min(16).max(64),
  proof: z.string(),
  /** The key that takes the place of the other one from now on, and its signature over the same bytes. */
  newPublicKey: z.string().max(128).optional(),
  newProof: z.string().max(128).optional(),
});
export type RenewRequest = z.infer<typeof renewRequestSchema>;

/** Answer to join and renewal: `statement` is the base64 of a JSON credential, signed with the desired key. */
export const credentialResponseSchema = z.object({
  statement: z.string(),
  signature: z.string(),
  publicKey: z.string(),
  /** From keys that signed for this hub before to the present one, for a reader that knows only one of those: proto/trust-chain.ts. */
  chain: z.array(z.object({ from: z.string(), to: z.string(), signature: z.string() })).optional(),
});
export type CredentialResponse = z.infer<typeof credentialResponseSchema>;

/** Answer to a join that an admin has to approve (202). Unsigned: it makes the spoke ask again, and nothing else. */
export const pendingJoinSchema = z.object({ state: z.literal('pending'), cluster: z.string(), fingerprint: z.string() });
export type PendingJoin = z.infer<typeof pendingJoinSchema>;

export const approveRequestSchema = z.strictObject({
  /** Of the key, as the spoke shows it; refused when another key has asked. */
  fingerprint: z.string().optional(),
});

/** What the signed statement of a credential holds. */
export const credentialSchema = z.object({
  id: z.string(),
  jwt: z.string(),
  servers: z.array(z.string()),
  /** PEM of the authorities that sign for them; absent: those that everybody trusts. */
  ca: z.string().optional(),
  /** base64 of the envelope of `_member`. */
  member: z.string(),
  anchors: z.array(z.object({ anchor: z.string(), epoch: z.number(), version: z.number() })),
  /** base64 raw public keys that may sign desired state. */
  desiredKeys: z.array(z.string()),
  epoch: z.number(),
  protocol: z.number(),
  /** The caller's nonce: an old answer cannot be replayed. */
  nonce: z.string(),
});
export type Credential = z.infer<typeof credentialSchema>;
