import { decideChangeCluster } from '@accord/core/cluster/decide-cluster';
import type { Fault } from '@accord/core/policy/fault';
import { renderPath } from '@accord/core/policy/json-path';
import { nearestName } from '@accord/core/policy/nearest-name';
import type { Draft } from '@accord/core/registry/draft';
import type { ClusterFact } from '@accord/core/registry/facts';
import { clusterByName, clusterRecord, type Recorded, type Registry } from '@accord/core/registry/registry';
import { clusterHubFields, clusterSpecSchema, type ClusterMode, type ClusterSpec } from '@accord/proto/cluster';
import { apiVersion, clusterKind } from '@accord/proto/kube-api';
import { isReservedLabel, withoutDefaultSet } from '@accord/proto/labels';
import { Refusal } from '../refusal.ts';
import { readObject } from './read-object.ts';
import { requireSeen } from './require-seen.ts';

export interface ClusterDecision {
  readonly drafts: readonly Draft[];
  readonly warnings: readonly string[];
}

/** Relabels or edits a cluster. Rejects with `not-found`, `conflict`, `invalid`. */
export function decideWriteCluster(registry: Registry, input: unknown, pathName: string, nowMs: number): ClusterDecision {
  const written = readObject(input, clusterKind, pathName);
  const current = requireCluster(registry, written.name);
  requireSeen(clusterKind, written.name, written, { uid: current.body.uid, seq: current.seq });
  const { spec, dropped } = readClusterSpec(written.spec ?? {}, { name: written.name, modeOtherwise: storedMode(current.body) });
  const labels = withoutShownLabels(written.labels, clusterRecord(current.body).labels);
  // Credentials of this second may carry the old labels.
  const nextIat = Math.floor(nowMs / 1000) + 1;
  const drafts = decideChangeCluster(current, { labels, annotations: written.annotations, spec, nextIat });
  return {
    drafts,
    warnings: [
      ...written.warnings,
      ...dropped
        .filter((field) => !isShown(field, written.spec, current.body.id))
        .map((field) => `spec.${field} is set by the hub and was left out`),
    ],
  };
}

/** A fact without a mode is from before clusters began in Inform, and such a cluster enforces. */
function storedMode({ spec }: { readonly spec: { readonly mode?: ClusterMode } }): ClusterMode {
  return spec.mode ?? 'Enforce';
}

/** Whoever sends back what he read sends the id along. */
function isShown(field: string, spec: unknown, id: string): boolean {
  return field === 'clusterID' && (spec as { readonly clusterID?: unknown }).clusterID === id;
}

/** The object to which a merge patch is applied. */
export function patchableCluster(registry: Registry, name: string): unknown {
  const { body } = requireCluster(registry, name);
  return {
    apiVersion,
    kind: clusterKind.kind,
    metadata: { name, labels: body.labels, annotations: body.meta.annotations },
    spec: body.spec,
  };
}

/** Rejects with `not-found`, and says how a cluster joins. */
export function requireCluster(registry: Registry, name: string): Recorded<ClusterFact> {
  const found = clusterByName(registry, name);
  if (found !== undefined) return found;
  throw new Refusal('not-found', `clusters.accord.dev "${name}" not found`, {
    help: `See what there is: kubectl get clusters. A new one joins with: accord cluster add ${name}`,
  });
}

/** Whoever sends back what he read sends the labels of the hub along; with another value they are refused. */
function withoutShownLabels(
  written: Readonly<Record<string, string>>,
  shown: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return withoutDefaultSet(
    Object.fromEntries(Object.entries(written).filter(([key, value]) => !(isReservedLabel(key) && shown[key] === value))),
  );
}

export interface SpecOf {
  readonly name: string;
  /** The mode where the input has none: the one that is stored, or that of a new cluster. */
  readonly modeOtherwise: ClusterMode;
}

export interface ReadSpec {
  readonly spec: ClusterSpec;
  /** Fields that only the hub sets, and that were left out. */
  readonly dropped: readonly string[];
}

/** Rejects with `invalid` and every fault. */
export function readClusterSpec(input: unknown, { name, modeOtherwise }: SpecOf): ReadSpec {
  const fields = typeof input === 'object' && input !== null && !Array.isArray(input) ? Object.entries(input) : undefined;
  const kept =
    fields === undefined
      ? input
      : Object.fromEntries(fields.filter(([field, value]) => !clusterHubFields.includes(field) && value !== null));
  const parsed = clusterSpecSchema.safeParse(kept);
  if (parsed.success) {
    const dropped = (fields ?? []).map(([field]) => field).filter((field) => clusterHubFields.includes(field));
    return { spec: { ...parsed.data, mode: parsed.data.mode ?? modeOtherwise }, dropped };
  }
  const faults = parsed.error.issues.flatMap(faultsOf);
  const status = faults.some(({ code }) => code === 'UnknownField') ? 400 : 422;
  throw new Refusal(
    'invalid',
    `Cluster.accord.dev "${name}" is invalid, ${faults.length === 1 ? 'one fault' : `${faults.length} faults`}`,
    { status, faults, object: { kind: clusterKind.kind, name } },
  );
}

type Issue = NonNullable<ReturnType<typeof clusterSpecSchema.safeParse>['error']>['issues'][number];

function faultsOf(issue: Issue): readonly Fault[] {
  const path = renderPath('spec', issue.path);
  if (issue.code !== 'unrecognized_keys')
    return [{ code: 'InvalidValue', path, message: `This is refused: ${issue.message}.`, help: 'See: kubectl explain cluster.spec' }];
  const known = issue.path.length === 0 ? Object.keys(clusterSpecSchema.shape) : [];
  return issue.keys.map((key) => {
    const near = nearestName(key, known);
    const help = near === undefined ? 'See what there is: kubectl explain cluster.spec' : `Did you mean ${near}?`;
    return { code: 'UnknownField', path: renderPath('spec', [...issue.path, key]), message: `There is no field ${key} here.`, help };
  });
}
