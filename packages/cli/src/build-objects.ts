import { selectorTest } from '@accord/core/labels/match-selector';
import type { CompiledObject } from '@accord/core/policy/compile-object';
import { compilePolicy } from '@accord/core/policy/compile-policy';
import { stillGranted } from '@accord/core/policy/grant-end';
import { clusterSpecSchema, newClusterMode, type ClusterRecord } from '@accord/proto/cluster';
import type { ClusterId, ClusterName } from '@accord/proto/ids';
import { withHubLabels } from '@accord/proto/labels';
import type { WrittenPolicy } from './lint-objects.ts';
import { withoutHubFields } from './objects/object-faults.ts';
import type { WrittenObject } from './objects/parse-objects.ts';

/** What one policy brings to one cluster, in the order in which it is applied; or why it brings nothing. */
export interface Built {
  readonly cluster: string;
  readonly policy: string;
  readonly objects: readonly CompiledObject[];
  /** `team.yaml:7:5: message help`; not empty means that nothing of the policy is applied there. */
  readonly faults: readonly string[];
}

/** The clusters among objects that were parsed without a fault, as placement sees them. */
export function clustersIn(objects: readonly WrittenObject[]): readonly ClusterRecord[] {
  return objects.flatMap(({ kind, name, body }) => {
    if (kind !== 'Cluster') return [];
    const { metadata, spec = {} } = body as {
      readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
      readonly spec?: object;
    };
    const id = (spec as { readonly clusterID?: unknown }).clusterID;
    const written = clusterSpecSchema.parse(withoutHubFields(spec));
    return [
      {
        id: (typeof id === 'string' ? id : '') as ClusterId,
        name: name as ClusterName,
        labels: withHubLabels(name, metadata.labels ?? {}),
        // What is built does not depend on the mode.
        spec: { ...written, mode: written.mode ?? newClusterMode },
      },
    ];
  });
}

/** What each policy means on each cluster that it selects, by cluster and policy: the code of the spoke, run here. */
export function buildObjects(policies: readonly WrittenPolicy[], clusters: readonly ClusterRecord[], nowMs: number): readonly Built[] {
  const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  const tested = policies.toSorted(byName).map((policy) => ({ policy, selects: selectorTest(policy.spec.clusterSelector) }));
  return clusters
    .toSorted(byName)
    .flatMap((cluster) => tested.filter(({ selects }) => selects(cluster.labels)).map(({ policy }) => buildOn(policy, cluster, nowMs)));
}

function buildOn(policy: WrittenPolicy, cluster: ClusterRecord, nowMs: number): Built {
  const names = { cluster: cluster.name, policy: policy.name };
  const compiled = compilePolicy(policy, cluster);
  if (compiled.outcome === 'failed') {
    const faults = compiled.faults.map(({ path, message, help }) => `${policy.written.placeOf(path)}: ${path}: ${message} ${help}`);
    return { ...names, objects: [], faults };
  }
  const objects = stillGranted(compiled.objects, nowMs).objects.filter(({ isOwnGrant }) => isOwnGrant !== true);
  return { ...names, objects: objects.toSorted((a, b) => a.stage - b.stage || a.order - b.order || (a.key < b.key ? -1 : 1)), faults: [] };
}
