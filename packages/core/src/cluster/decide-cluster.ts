/** What may happen to a cluster that has joined. Each decision is a list of facts, or a CodedError that says why not. */
import { CodedError } from '@accord/proto/coded-error';
import type { ClusterSpec } from '@accord/proto/cluster';
import {
  isReservedLabel,
  labelKeyFault,
  labelsPerClusterMax,
  labelValueFault,
  setLabelFault,
  setsOf,
  setsPerClusterMax,
} from '@accord/proto/labels';
import { canonicalJson } from '@accord/proto/canonical';
import { withoutEndedHolds } from './decide-holds.ts';
import { draft, type Draft } from '../registry/draft.ts';
import type { ClusterFact } from '../registry/facts.ts';
import type { Recorded } from '../registry/registry.ts';

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

/** The servers refuse the keys that the cluster had before. An empty list when that was written already. */
export function decideOldKeysRevoked({ body, seq, change }: Recorded<ClusterFact>, revoked: readonly string[]): readonly Draft[] {
  const { keysToRevoke = [], ...rest } = body;
  const left = keysToRevoke.filter((key) => !revoked.includes(key));
  if (left.length === keysToRevoke.length) return [];
  const next: ClusterFact = left.length === 0 ? rest : { ...rest, keysToRevoke: left };
  return [draft('cluster', body.id, 'OldKeyRevoked', next, seq, change.id)];
}

function equalJson(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
