import { canonicalBytes } from '@accord/proto/canonical';
import { untilAnnotation } from '@accord/proto/labels';
import { encodeMember } from '@accord/proto/member';
import { clusterAnchor, memberDoc, policyDoc } from '@accord/proto/subjects';
import { anchorsOf } from '../cluster/anchors-of.ts';
import type { PolicySpec } from '@accord/proto/policy';
import type { ClusterFact, PolicyFact } from '../registry/facts.ts';
import { clusterRecord, type Recorded } from '../registry/registry.ts';
import type { WantedDocument } from './plan-fleet.ts';

/** Features of documents that this version knows. A spoke that lacks one of `requires` keeps what it has and says so. */
export const features: readonly string[] = [
  'acknowledgeRisks',
  'adoption',
  'conflicts',
  'createOnly',
  'dependsOn',
  'eachNamespace',
  'inform',
  'mustNotExist',
  'mustOnlyHave',
  'overrides',
  'sealedSecrets',
  'suspended',
  'until',
];

/** What a spoke must know to carry out a policy. One that does not would apply what it should leave alone. */
export function requiredBy(spec: PolicySpec): readonly string[] {
  const { mode, overrides = [], suspended = false, clusterBindings = [], namespaces = [], objects = [] } = spec;
  // A patch is free text to the types here; asking for more than is needed costs an old spoke nothing that it could do.
  const inPatches = JSON.stringify(overrides);
  const bindings = [...clusterBindings, ...namespaces.flatMap((part) => part.bindings ?? [])];
  const uses: Readonly<Record<string, boolean>> = {
    acknowledgeRisks: (spec.acknowledgeRisks ?? []).length > 0,
    // An older spoke takes whatever its owner would give.
    adoption: spec.adoption === 'Never',
    conflicts:
      [spec, ...objects].some(({ conflicts }) => conflicts !== undefined) ||
      objects.some(({ ignoreFields }) => ignoreFields !== undefined) ||
      ['"conflicts":', '"ignoreFields":'].some((name) => inPatches.includes(name)),
    createOnly: objects.some(({ createOnly }) => createOnly === true) || inPatches.includes('"createOnly":true'),
    dependsOn: (spec.dependsOn ?? []).length > 0,
    eachNamespace: objects.some(({ eachNamespace }) => eachNamespace === true) || inPatches.includes('"eachNamespace":true'),
    inform: mode === 'Inform' || objects.some((object) => object.mode === 'Inform') || inPatches.includes('"Inform"'),
    mustNotExist: objects.some((object) => object.mode === 'MustNotExist') || inPatches.includes('"MustNotExist"'),
    mustOnlyHave: [spec, ...objects].some(({ match }) => match === 'MustOnlyHave') || inPatches.includes('"MustOnlyHave"'),
    overrides: overrides.length > 0,
    sealedSecrets: namespaces.some((part) => (part.sealedSecrets ?? []).length > 0) || inPatches.includes('"sealedSecrets":'),
    suspended,
    until:
      bindings.some(({ until }) => until !== undefined) ||
      [JSON.stringify(objects), inPatches].some((text) => text.includes('"until":') || text.includes(untilAnnotation)),
  };
  return features.filter((feature) => uses[feature]);
}

/** The one document of a policy; it must stand nowhere once the policy is deleted. */
export function policyDocument({ body: policy, atMs, change }: Recorded<PolicyFact>): WantedDocument {
  const { name, spec, revision, step, createdAtMs, deletedAtMs, removalsMax, removalsConfirmed } = policy;
  return {
    doc: policyDoc(name),
    anchors: deletedAtMs === undefined ? policy.anchors : [],
    fence: { revision, step },
    body: canonicalBytes({ metadata: { name }, spec }),
    createdAtMs,
    acceptedAtMs: atMs,
    change,
    requires: deletedAtMs === undefined ? requiredBy(spec) : [],
    removalsMax: removalsMax ?? 0,
    removalsConfirmed: removalsConfirmed ?? 0,
  };
}

/** The cluster's own record. Only the cluster reads it, and only from it the cluster learns what it is. */
export function memberDocument({ body: cluster, atMs, change }: Recorded<ClusterFact>, fleetConfirmedEpoch: number): WantedDocument {
  const record = clusterRecord(cluster);
  const { revision, confirmedRemovals, holds = [], leaving, keyToReplace } = cluster;
  // A person confirms once for the whole fleet; what a cluster was told when it joined stays true.
  const confirmedEpoch = Math.max(cluster.confirmedEpoch, fleetConfirmedEpoch);
  return {
    doc: memberDoc,
    anchors: [clusterAnchor(cluster.id)],
    fence: { revision, step: 0 },
    body: encodeMember({
      ...{ cluster: record, revision, anchors: anchorsOf(record), confirmedEpoch, confirmedRemovals },
      ...(holds.length > 0 && { holds }),
      ...(keyToReplace !== undefined && { keyToReplace }),
      ...(leaving !== undefined && { leave: leaving.mode }),
    }),
    createdAtMs: cluster.createdAtMs,
    acceptedAtMs: atMs,
    change,
    requires: [],
    removalsMax: 0,
  };
}
