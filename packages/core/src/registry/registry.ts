import type { ClusterRecord } from '@accord/proto/cluster';
import type { ClusterId, ClusterName, PolicyName } from '@accord/proto/ids';
import { withHubLabels } from '@accord/proto/labels';
import type { Change } from '@accord/proto/messages';
import { parseIntent, type FactKind } from '@accord/proto/subjects';
import type { ApiTokenFact, ClusterFact, EpochFact, FactBodies, JoinTokenFact, NameFact, PolicyFact, ReplacedKey } from './facts.ts';

/** A fact with its place: what a writer must have seen to write the next one. */
export interface Recorded<Body> {
  readonly body: Body;
  /** INTENT sequence of this fact: the resource version of the object. */
  readonly seq: number;
  /** SHA-256 of its statement, for the chain. */
  readonly digest: Uint8Array;
  readonly atMs: number;
  readonly actor: string;
  readonly change: Change;
}

/** What people decided so far: the fold of INTENT. */
export interface Registry {
  readonly policies: Map<PolicyName, Recorded<PolicyFact>>;
  readonly clusters: Map<ClusterId, Recorded<ClusterFact>>;
  /** Clusters that were members once. Their names are free, their ids are not. */
  readonly left: Map<ClusterId, Recorded<ClusterFact>>;
  /** Keys that each had before the present one, oldest first. INTENT forgets nothing, so neither does this: one entry for each new key that people let in. */
  readonly formerKeys: Map<ClusterId, readonly ReplacedKey[]>;
  readonly names: Map<ClusterName, Recorded<NameFact>>;
  readonly tokens: Map<string, Recorded<JoinTokenFact>>;
  readonly apiTokens: Map<string, Recorded<ApiTokenFact>>;
  epoch: Recorded<EpochFact> | undefined;
  /** Highest INTENT sequence that was folded. */
  seq: number;
}

export function emptyRegistry(): Registry {
  const ofClusters = { clusters: new Map(), left: new Map(), formerKeys: new Map(), names: new Map(), tokens: new Map() };
  return { policies: new Map(), ...ofClusters, apiTokens: new Map(), epoch: undefined, seq: 0 };
}

/**
 * Folds one fact. The writer folds its own fact at once and sees it again in the stream; a fact that is not newer than
 * the one of its subject changes nothing, so the order between subjects does not matter.
 */
export function foldFact(registry: Registry, subject: string, fact: Recorded<unknown>): void {
  const parsed = parseIntent(subject);
  if (parsed === undefined) return;
  const before = recordedFact(registry, parsed.kind, parsed.id);
  registry.seq = Math.max(registry.seq, fact.seq);
  if (before !== undefined && before.seq >= fact.seq) return;
  switch (parsed.kind) {
    case 'policy':
      registry.policies.set(parsed.id as PolicyName, fact as Recorded<PolicyFact>);
      return;
    case 'cluster':
      foldCluster(registry, parsed.id as ClusterId, fact as Recorded<ClusterFact>);
      return;
    case 'name':
      registry.names.set(parsed.id as ClusterName, fact as Recorded<NameFact>);
      return;
    case 'token':
      registry.tokens.set(parsed.id, fact as Recorded<JoinTokenFact>);
      return;
    case 'apitoken':
      registry.apiTokens.set(parsed.id, fact as Recorded<ApiTokenFact>);
      return;
    case 'fleet':
      registry.epoch = fact as Recorded<EpochFact>;
      return;
  }
}

function foldCluster({ clusters, left, formerKeys }: Registry, id: ClusterId, fact: Recorded<ClusterFact>): void {
  const before = clusters.get(id)?.body.publicKey;
  if (before !== undefined && before !== fact.body.publicKey)
    formerKeys.set(id, [...(formerKeys.get(id) ?? []), { publicKey: before, atMs: fact.atMs }]);
  if (fact.body.left === undefined) return void clusters.set(id, fact);
  clusters.delete(id);
  left.set(id, fact);
}

/** The last fact of one aggregate, whatever its kind. */
export function recordedFact<Kind extends FactKind>(registry: Registry, kind: Kind, id: string): Recorded<FactBodies[Kind]> | undefined {
  const find = {
    policy: () => registry.policies.get(id as PolicyName),
    cluster: () => registry.clusters.get(id as ClusterId) ?? registry.left.get(id as ClusterId),
    name: () => registry.names.get(id as ClusterName),
    token: () => registry.tokens.get(id),
    apitoken: () => registry.apiTokens.get(id),
    fleet: () => registry.epoch,
  };
  return find[kind]() as Recorded<FactBodies[Kind]> | undefined;
}

/** By the name for people; undefined when none has joined under it. Walks over all clusters. */
export function clusterByName(registry: Registry, name: string): Recorded<ClusterFact> | undefined {
  for (const cluster of registry.clusters.values()) if (cluster.body.name === name) return cluster;
  return undefined;
}

/** The record as placement and the cluster itself see it, with the labels that only the hub sets. */
export function clusterRecord({ id, name, labels, spec }: ClusterFact): ClusterRecord {
  return { id, name, labels: withHubLabels(name, labels), spec };
}

/** Every policy that is not deleted, but this one. */
export function othersOf({ policies }: Registry, name: PolicyName): readonly PolicyFact[] {
  return [...policies.values()].map(({ body }) => body).filter((body) => body.name !== name && body.deletedAtMs === undefined);
}

/** A policy that is not deleted. */
export function livePolicy(registry: Registry, name: string): Recorded<PolicyFact> | undefined {
  const policy = registry.policies.get(name as PolicyName);
  return policy?.body.deletedAtMs === undefined ? policy : undefined;
}
