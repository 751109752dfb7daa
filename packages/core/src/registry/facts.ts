/**
 * The facts of INTENT: what people decided, one fact a message, each with the whole object.
 *
 * The last fact of a subject is enough to act on. Bodies are canonical JSON; who, when and why stand in the signed statement.
 */
import type { AccessBinding, Role } from '@accord/proto/access';
import type { ClusterId, ClusterName, PolicyName } from '@accord/proto/ids';
import type { ClusterSpec } from '@accord/proto/cluster';
import type { LeaveMode, OperatorHold } from '@accord/proto/member';
import type { PolicySpec } from '@accord/proto/policy';
import type { Anchor } from '@accord/proto/subjects';

/** What people hang on an object; not part of what a policy means. */
export interface Meta {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** `intent.policy.<name>` */
export interface PolicyFact {
  readonly name: PolicyName;
  readonly uid: string;
  /** Grows with each change of the spec and with the deletion; never restarts for a name that is used again. */
  readonly revision: number;
  /** Order inside a revision: grows with each confirmation. */
  readonly step: number;
  readonly createdAtMs: number;
  readonly meta: Meta;
  readonly spec: PolicySpec;
  /** Where it is published. Kept until the selector changes. */
  readonly anchors: readonly Anchor[];
  readonly deletedAtMs?: number;
  /** Removals without the brake: those that a person confirmed for this revision, and what a deletion means by itself. */
  readonly removalsMax?: number;
  /** Those alone that a person confirmed. */
  readonly removalsConfirmed?: number;
}

/** `intent.cluster.<id>` */
export interface ClusterFact {
  readonly id: ClusterId;
  readonly name: ClusterName;
  readonly uid: string;
  readonly revision: number;
  readonly createdAtMs: number;
  readonly meta: Pick<Meta, 'annotations'>;
  /** As people wrote them; the hub adds the reserved ones when it publishes. */
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: ClusterSpec;
  /** nkey of the spoke: who may log in and whose signature counts. */
  readonly publicKey: string;
  /** Tokens issued before this second carry labels that no longer hold. */
  readonly tokenFloor: number;
  /** Tokens issued at or before this second are dead; 0 when none is. */
  readonly revokedUntil: number;
  /** Since when its access is taken away: nothing is minted for its key, and nothing that it signs is believed. Joining again ends it. */
  readonly revokedAtMs?: number;
  /** Epoch up to which absence may remove. */
  readonly confirmedEpoch: number;
  /** Removals that a person confirmed for policies that no longer reach this cluster. */
  readonly confirmedRemovals: Readonly<Record<string, number>>;
  /** What operators hold there. Absent in facts from before there were holds. */
  readonly holds?: readonly OperatorHold[];
  /** Of its namespace kube-system, as it said when it joined: the same cluster is not let in under two names. */
  readonly kubeSystemUID?: string;
  /** Keys that it had before it joined again, and that the servers have not been told to refuse yet. */
  readonly keysToRevoke?: readonly string[];
  /** The key that it was told to replace by one that it makes; over as soon as it has another. */
  readonly keyToReplace?: string;
  /** Keys that it replaced when told to, the last first: what they signed before is still its word. */
  readonly replacedKeys?: readonly ReplacedKey[];
  /** It is to let go of everything of ours, and then it is no member any more. */
  readonly leaving?: { readonly mode: LeaveMode; readonly sinceMs: number };
  /** It is no member any more, and its id is never used again. */
  readonly left?: Departure;
}

export interface ReplacedKey {
  readonly publicKey: string;
  readonly atMs: number;
}

/** How a cluster left. `behind` stands where it could not be asked: what was on it by its last reports. */
export interface Departure {
  readonly atMs: number;
  readonly behind?: readonly LeftBehind[];
}

export interface LeftBehind {
  readonly policy: PolicyName;
  /** Objects that were as wanted. */
  readonly objects: number;
}

/** `intent.name.<name>`: holds a cluster's name for one token or one cluster. */
export interface NameFact {
  readonly name: ClusterName;
  readonly tokenHash: string;
}

/** `intent.token.<hash>`: a one-time permission to join as one named cluster, or a rule by which several may. */
export interface JoinTokenFact {
  readonly hash: string;
  /** Of a rule its own name. */
  readonly cluster: ClusterName;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: ClusterSpec;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** By whom it was used: the same key may repeat its request. */
  readonly consumed?: JoinedBy;
  readonly deletedAtMs?: number;
  /** Is there where an admin has to let the key in. */
  readonly approval?: JoinApproval;
  /** The member that has the name is to get a new key, and keeps everything else. */
  readonly replace?: boolean;
  readonly rule?: JoinRule;
}

export interface JoinedBy {
  readonly publicKey: string;
  readonly id: ClusterId;
}

/** The key that asked first is the one that is judged. */
export interface JoinApproval {
  readonly verdict: 'Awaited' | 'Approved' | 'Rejected';
  readonly asked?: { readonly publicKey: string; readonly facts: JoinFacts; readonly atMs: number };
}

/** What a cluster says of itself when it joins: shown, and used for nothing that grants. */
export interface JoinFacts {
  readonly kubernetesVersion: string;
  readonly spokeVersion: string;
  readonly kubeSystemUID: string;
  readonly platform: string;
}

/** So many clusters may join under names of their own choice that match. */
export interface JoinRule {
  readonly namePattern: string;
  readonly joinsMax: number;
  readonly joined: readonly (JoinedBy & { readonly cluster: ClusterName })[];
}

/** `intent.apitoken.<name>`: who may call the API. */
export interface ApiTokenFact {
  readonly name: string;
  readonly hash: string;
  /** For the whole fleet. With bindings it is the least one, which counts for nothing but a hub that knows no bindings. */
  readonly role: Role;
  readonly bindings?: readonly AccessBinding[];
  readonly createdAtMs: number;
  readonly expiresAtMs?: number;
  readonly revokedAtMs?: number;
}

/** `intent.fleet.epoch`: number of the history of desired state; grows when FLEET is rebuilt. */
export interface EpochFact {
  readonly epoch: number;
  readonly confirmedEpoch: number;
  /** Keys of the hub that are being replaced, each with what takes its place. The files of the hub decide; this tells. */
  readonly nextKeys?: Readonly<Record<string, string>>;
}

/** Each kind of fact with its body. */
export interface FactBodies {
  readonly policy: PolicyFact;
  readonly cluster: ClusterFact;
  readonly name: NameFact;
  readonly token: JoinTokenFact;
  readonly apitoken: ApiTokenFact;
  readonly fleet: EpochFact;
}

/** What happened, for the audit; the body says what holds since. */
export type FactType =
  | 'PolicyCreated'
  | 'PolicyChanged'
  | 'PolicyDeleted'
  | 'RemovalConfirmed'
  | 'HoldSet'
  | 'HoldLifted'
  | 'NameReserved'
  | 'NameFreed'
  | 'JoinTokenCreated'
  | 'JoinTokenUsed'
  | 'JoinTokenDeleted'
  | 'JoinRuleCreated'
  | 'JoinRequested'
  | 'JoinApproved'
  | 'JoinRejected'
  | 'ClusterJoined'
  | 'ClusterRejoined'
  | 'ClusterChanged'
  | 'CredentialReplaced'
  | 'OldKeyRevoked'
  | 'KeyReplacementAsked'
  | 'KeyReplaced'
  | 'ClusterRevoked'
  | 'ClusterLeaving'
  | 'ClusterStays'
  | 'ClusterLeft'
  | 'ApiTokenCreated'
  | 'ApiTokenRevoked'
  | 'HubKeyAdded'
  | 'HubKeyReplaced'
  | 'EpochStarted'
  | 'EpochConfirmed';
