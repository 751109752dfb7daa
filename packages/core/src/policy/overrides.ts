import { isObject, type Json, type JsonObject } from '@accord/proto/canonical';
import { policyParts, type PolicyPart, type PolicySpec } from '@accord/proto/policy';
import { matchSelector } from '../labels/match-selector.ts';
import type { Fault } from './fault.ts';
import { childPath } from './json-path.ts';
import type { Policy } from './lay-out.ts';
import { isList } from './manifest.ts';
import { nearestName } from './nearest-name.ts';

/** In a JSON merge patch a null takes a part away, elsewhere in a document it means absent. An empty list says the same in both. */
export function emptyForNull(input: unknown): unknown {
  if (!isObject(input as JsonObject) || !isList((input as JsonObject)['overrides'] ?? null)) return input;
  const spec = input as JsonObject;
  const overrides = (spec['overrides'] as JsonObject[]).map((override) => {
    const patch = isObject(override) ? override['patch'] : undefined;
    if (patch === undefined || !isObject(patch)) return override;
    return { ...override, patch: Object.fromEntries(Object.entries(patch).map(([part, value]) => [part, value ?? []])) };
  });
  return { ...spec, overrides };
}

type Overrides = NonNullable<PolicySpec['overrides']>;
type Parsed =
  | { readonly outcome: 'parsed'; readonly spec: PolicySpec }
  | { readonly outcome: 'invalid'; readonly faults: readonly Fault[] };

/**
 * Reads the patches, with the defaults of their parts filled in. What is wrong is told at its own place.
 *
 * `parse` reads a spec that holds nothing but the parts of one patch.
 */
export function readOverrides(
  overrides: Overrides,
  parse: (parts: JsonObject) => Parsed,
): { readonly overrides: Overrides; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const read = overrides.map(({ clusterSelector, patch }, index) => {
    const path = patchPath(index);
    const parts = policyParts.filter((part) => part in patch);
    const others = Object.keys(patch).filter((name) => !(policyParts as readonly string[]).includes(name));
    const parsed = parse(Object.fromEntries(parts.map((part) => [part, patch[part] ?? []])));
    faults.push(...others.map((name) => notAPart(childPath(path, name), name)));
    if (parsed.outcome === 'invalid') {
      faults.push(...parsed.faults.map((fault) => ({ ...fault, path: fault.path.replace(/^spec/, path) })));
      return { clusterSelector, patch };
    }
    const filledIn = Object.fromEntries(parts.map((part) => [part, parsed.spec[part] as Json]));
    return { clusterSelector, patch: filledIn };
  });
  return { overrides: read, faults };
}

/**
 * The policy as it is meant for a cluster with these labels: where an override selects it, its parts take the place of the
 * policy's own, later overrides after earlier ones. A list is replaced as a whole, as a JSON merge patch (RFC 7396) does it.
 */
export function applyOverrides(policy: Policy, labels: Readonly<Record<string, string>>): Policy {
  return (policy.spec.overrides ?? []).reduce<Policy>(
    (before, { clusterSelector }, index) => (matchSelector(clusterSelector, labels).matches ? withOverride(before, index) : before),
    policy,
  );
}

/** The policy with each override alone. What is wrong with one is wrong wherever it selects a cluster. */
export function eachOverride(policy: Policy): readonly Policy[] {
  return (policy.spec.overrides ?? []).map((_override, index) => withOverride(policy, index));
}

/** More objects than this the policy has on no cluster, whatever its overrides select. `count` tells how many a spec has. */
export function mostObjects(policy: Policy, count: (policy: Policy) => number): number {
  const variants = [policy, ...eachOverride(policy)];
  const ofPart = (part: PolicyPart): number =>
    Math.max(...variants.map(({ name, spec }) => count({ name, spec: { ...bare(spec), [part]: spec[part] } })));
  return policyParts.reduce((sum, part) => sum + ofPart(part), 0);
}

function withOverride({ name, spec, origins }: Policy, index: number): Policy {
  const patch = (spec.overrides?.[index]?.patch ?? {}) as Partial<Pick<PolicySpec, PolicyPart>>;
  const from = policyParts.filter((part) => part in patch).map((part) => [part, `${patchPath(index)}.${part}`]);
  return { name, spec: { ...spec, ...patch }, origins: { ...origins, ...Object.fromEntries(from) } };
}

function bare({
  clusterRoles: _roles,
  clusterBindings: _bindings,
  namespaces: _namespaces,
  objects: _objects,
  ...rest
}: PolicySpec): PolicySpec {
  return rest;
}

function patchPath(index: number): string {
  return `spec.overrides[${index}].patch`;
}

function notAPart(path: string, part: string): Fault {
  const near = nearestName(part, policyParts);
  const help = near === undefined ? `An override may change ${policyParts.join(', ')}.` : `Did you mean ${near}?`;
  return { code: 'UnknownField', path, message: `An override cannot change ${part}.`, help };
}
