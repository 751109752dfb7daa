import type { Json } from '@accord/proto/canonical';
import type { ClusterRecord } from '@accord/proto/cluster';
import { policyParts, type PolicySpec } from '@accord/proto/policy';
import type { CompiledObject } from './compile-object.ts';
import { sortFaults, type Fault } from './fault.ts';
import { KnownObjects } from './known-objects.ts';
import { layOut, type Policy } from './lay-out.ts';
import { findFaults } from './lint.ts';
import { applyOverrides } from './overrides.ts';
import { parsePolicySpec } from './parse-policy.ts';
import { strippedFor } from './sealed-secrets.ts';
import { expandTemplates } from './template.ts';

export type Compiled =
  /** `risks` were acknowledged at the hub; whether the cluster takes them is for its owner to say. */
  | { readonly outcome: 'compiled'; readonly objects: readonly CompiledObject[]; readonly risks: readonly Fault[] }
  /** Nothing of the policy may be applied to this cluster, and nothing of it removed. */
  | { readonly outcome: 'failed'; readonly faults: readonly Fault[] };

/**
 * What a policy means on one cluster: templates expanded, typed parts made into objects, all in canonical form and linted.
 *
 * The spoke applies the result; the hub runs the same code for preview. Whether the policy selects the cluster is not asked here.
 * `known` are objects of an earlier revision for this cluster: what is written as it was is not compiled again.
 */
export function compilePolicy(policy: Policy, cluster: ClusterRecord, known: readonly CompiledObject[] = []): Compiled {
  const { name, spec, origins = {} } = applyOverrides(policy, cluster.labels);
  const expanded = expandSpec({ name, spec, origins }, cluster);
  if (expanded.outcome === 'invalid') return { outcome: 'failed', faults: expanded.faults };
  const before = new KnownObjects(known);
  const objects = layOut({ name, spec: expanded.spec, origins }).map((object) => before.compile(object));
  const { faults, risks } = findFaults(objects, { isFinal: true }, spec.acknowledgeRisks);
  return faults.length > 0
    ? { outcome: 'failed', faults }
    : { outcome: 'compiled', objects: objects.map((object) => strippedFor(object, cluster.name)), risks };
}

type ExpandedSpec =
  | { readonly outcome: 'expanded'; readonly spec: PolicySpec }
  | { readonly outcome: 'invalid'; readonly faults: readonly Fault[] };

function expandSpec({ spec, origins }: Required<Policy>, cluster: ClusterRecord): ExpandedSpec {
  const faults: Fault[] = [];
  const parts: [string, Json][] = [];
  for (const part of policyParts) {
    const written = spec[part];
    if (written === undefined) continue;
    const { value, faults: inPart } = expandTemplates(written as Json, origins[part] ?? `spec.${part}`, cluster);
    faults.push(...inPart);
    if (value !== written) parts.push([part, value]);
  }
  if (faults.length > 0) return { outcome: 'invalid', faults: sortFaults(faults) };
  if (parts.length === 0) return { outcome: 'expanded', spec };
  // A template may have become a number, or a text that is too long: the limits hold for the result as well.
  const parsed = parsePolicySpec({ ...spec, ...Object.fromEntries(parts) });
  return parsed.outcome === 'invalid' ? parsed : { outcome: 'expanded', spec: parsed.spec };
}
