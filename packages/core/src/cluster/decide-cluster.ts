/** What may happen to a cluster: invited, joined, changed. Each decision is a list of facts, or a CodedError that says why not. */
import { CodedError } from '@accord/proto/coded-error';
import type { ClusterSpec } from '@accord/proto/cluster';
import { isDnsLabel, type ClusterId, type ClusterName } from '@accord/proto/ids';
import {
  isReservedLabel,
  labelKeyFault,
  labelsPerClusterMax,
  labelValueFault,
  setLabelFault,
  setsOf,
  setsPerClusterMax,
  withoutDefaultSet,
} from '@accord/proto/labels';
import { canonicalJson } from '@accord/proto/canonical';
import { withoutEndedHolds } from './decide-holds.ts';
import { draft, type Draft } from '../registry/draft.ts';
import type { ClusterFact, JoinTokenFact } from '../registry/facts.ts';
import { clusterByName, type Recorded, type Registry } from '../registry/registry.ts';

export type Labels = Readonly<Record<string, string>>;

/** Rejects with `invalid` and the path of the first label that Kubernetes or the hub would not take. */
export function requireLabels(labels: Labels): void {
  const entries = Object.entries(labels);
  if (entries.length > labelsPerClusterMax)
    throw new CodedError('invalid', `metadata.labels: ${entries.length} labels, at most ${labelsPerClusterMax}`);
  for (const [key, value] of entries) {
    if (isReservedLabel(key)) throw new CodedError('invalid', `metadata.labels[${key}]: labels under accord.dev are set by the hub`);
    const fault = labelKeyFault(key) ?? labelValueFault(value) ?? setLabelFault(key, value);
    if (fault !== undefined) throw new CodedError('invalid', `metadata.labels[${key}]: ${fault}`);
  }
  if (setsOf(labels).length > setsPerClusterMax)
    throw new CodedError('invalid', `metadata.labels: ${setsOf(labels).length} cluster sets, at most ${setsPerClusterMax}`);
}

export interface Invitation {
  readonly cluster: string;
  readonly labels: Labels;
  readonly spec: ClusterSpec;
  readonly tokenHash: string;
  readonly nowMs: number;
  readonly expiresInMs: number;
}

export const joinTokenMsMax = 24 * 3_600_000;

/** Takes the name and makes a token that can join once, as this name with these labels. */
export function decideInvite(registry: Registry, { cluster, labels, spec, tokenHash, nowMs, expiresInMs }: Invitation): readonly Draft[] {
  if (!isDnsLabel(cluster))
    throw new CodedError('invalid', `cluster: "${cluster}" is no DNS label: lower-case letters, digits and "-", at most 63`);
  if (expiresInMs <= 0 || expiresInMs > joinTokenMsMax) throw new CodedError('invalid', 'expiresIn: more than nothing and at most 24h');
  requireLabels(labels);
  const name = cluster as ClusterName;
  if (clusterByName(registry, name) !== undefined) {
    throw new CodedError('exists', `cluster ${name} has joined already`, {
      help: `Choose another name, or look at it: accord get cluster ${name}`,
    });
  }
  const holder = registry.names.get(name);
  const token = holder === undefined ? undefined : registry.tokens.get(holder.body.tokenHash);
  if (token !== undefined && isOpen(token.body, nowMs)) {
    throw new CodedError('exists', `cluster ${name} is invited already, until ${new Date(token.body.expiresAtMs).toISOString()}`, {
      help: `Delete that invitation first: accord cluster tokens --delete ${token.body.hash}`,
    });
  }
  const body: JoinTokenFact = {
    hash: tokenHash,
    cluster: name,
    labels: withoutDefaultSet(labels),
    spec,
    createdAtMs: nowMs,
    expiresAtMs: nowMs + expiresInMs,
  };
  const change = `cluster/${name}@invited`;
  return [
    draft('name', name, 'NameReserved', { name, tokenHash }, holder?.seq ?? 0, change),
    draft('token', tokenHash, 'JoinTokenCreated', body, 0, change),
  ];
}

export interface Joining {
  readonly tokenHash: string;
  readonly publicKey: string;
  /** Fresh id and uid, used only when this is the first time. */
  readonly id: ClusterId;
  readonly uid: string;
  readonly nowMs: number;
}

export interface JoinDecision {
  readonly id: ClusterId;
  /** To be written in this order; a crash in between is finished by the same request. Empty when all is done. */
  readonly drafts: readonly Draft[];
}

/** The same token with the same key gives the same answer; with another key it is an alarm, and nothing changes. */
export function decideJoin(registry: Registry, joining: Joining): JoinDecision {
  const token = registry.tokens.get(joining.tokenHash);
  // Unknown, expired and used tokens answer alike, so that guessing teaches nothing.
  const refusal = new CodedError('unauthenticated', 'this join token is unknown, expired or used', {
    help: 'Make a new one: accord cluster add NAME -l KEY=VALUE',
  });
  if (token === undefined || token.body.deletedAtMs !== undefined || joining.nowMs >= token.body.expiresAtMs) throw refusal;
  const { consumed } = token.body;
  // It was for a membership that has ended.
  if (consumed !== undefined && registry.left.has(consumed.id)) throw refusal;
  if (consumed !== undefined && consumed.publicKey !== joining.publicKey) {
    throw new CodedError('conflict', 'this join token was used with another key', {
      help: 'If that was not you, see docs/runbooks/key-theft.md. Else invite the cluster under another name: accord cluster add NAME -l KEY=VALUE',
    });
  }
  requireUnknownKey(registry, joining.publicKey, consumed?.id);
  const id = consumed?.id ?? joining.id;
  const { cluster: name } = token.body;
  const change = `cluster/${name}@1`;
  const drafts: Draft[] = [];
  if (consumed === undefined) {
    const body: JoinTokenFact = { ...token.body, consumed: { publicKey: joining.publicKey, id } };
    drafts.push(draft('token', joining.tokenHash, 'JoinTokenUsed', body, token.seq, change));
  }
  if (!registry.clusters.has(id))
    drafts.push(
      draft('cluster', id, 'ClusterJoined', newCluster(token.body, joining, id, registry.epoch?.body.confirmedEpoch ?? 1), 0, change),
    );
  return { id, drafts };
}

export interface ClusterWrite {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly spec: ClusterSpec;
  /** First second at which a token with the new labels may be issued. */
  readonly nextIat: number;
}

/** Relabels or edits a cluster; an empty list when nothing would change. */
export function decideChangeCluster(
  current: Recorded<ClusterFact>,
  { labels, annotations, spec, nextIat }: ClusterWrite,
): readonly Draft[] {
  requireLabels(labels);
  const before = withoutEndedHolds(current.body, (nextIat - 1) * 1_000);
  const keepsLabels = equalJson(before.labels, labels);
  const keepsMeaning = keepsLabels && equalJson(before.spec, spec);
  if (keepsMeaning && equalJson(before.meta.annotations, annotations)) return [];
  // Two relabels in one second need two tokens that a revocation can tell apart.
  const tokenFloor = keepsLabels ? before.tokenFloor : Math.max(nextIat, before.tokenFloor + 1);
  const body: ClusterFact = {
    ...before,
    labels,
    spec,
    meta: { annotations },
    revision: before.revision + (keepsMeaning ? 0 : 1),
    tokenFloor,
    // What was confirmed for the old labels says nothing about the new ones.
    confirmedRemovals: keepsLabels ? before.confirmedRemovals : {},
  };
  return [draft('cluster', before.id, 'ClusterChanged', body, current.seq, `cluster/${before.name}@${body.revision}`)];
}

/** Tokens issued at or before this second are dead from now on; the new credential was made before. */
export function decideCredentialReplaced(current: Recorded<ClusterFact>, revokedUntil: number): readonly Draft[] {
  if (revokedUntil <= current.body.revokedUntil) return [];
  return [draft('cluster', current.body.id, 'CredentialReplaced', { ...current.body, revokedUntil }, current.seq, current.change.id)];
}

function equalJson(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

function isOpen({ consumed, deletedAtMs, expiresAtMs }: JoinTokenFact, nowMs: number): boolean {
  return consumed === undefined && deletedAtMs === undefined && nowMs < expiresAtMs;
}

function requireUnknownKey(registry: Registry, publicKey: string, own: ClusterId | undefined): void {
  for (const { body } of registry.clusters.values()) {
    if (body.publicKey === publicKey && body.id !== own)
      throw new CodedError('conflict', 'this key belongs to another cluster', {
        help: 'A spoke makes a key of its own: delete Secret accord-spoke-credential there, and join again.',
      });
  }
}

function newCluster(
  { cluster, labels, spec }: JoinTokenFact,
  { publicKey, uid, nowMs }: Joining,
  id: ClusterId,
  /** A cluster that joins again may hold what an earlier history of desired state brought it. */
  confirmedEpoch: number,
): ClusterFact {
  const identity = { id, name: cluster, uid, publicKey };
  return {
    ...identity,
    revision: 1,
    createdAtMs: nowMs,
    meta: { annotations: {} },
    labels,
    spec,
    tokenFloor: 0,
    revokedUntil: 0,
    confirmedEpoch,
    confirmedRemovals: {},
  };
}
