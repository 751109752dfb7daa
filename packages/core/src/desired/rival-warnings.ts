import type { ClusterRecord } from '@accord/proto/cluster';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import type { PolicySpec } from '@accord/proto/policy';
import { matchSelector } from '../labels/match-selector.ts';
import { placePolicy } from '../placement/place-policy.ts';
import { compilePolicy } from '../policy/compile-policy.ts';
import { sortFaults, type Fault } from '../policy/fault.ts';
import { layOut } from '../policy/lay-out.ts';
import { keyOf } from '../policy/manifest.ts';
import { eachOverride } from '../policy/overrides.ts';
import { mergeIntents, type Contribution } from './merge-intents.ts';
import { overruledWarnings } from './overruled-warnings.ts';

/** A policy as it was written, or is to be. */
export interface WrittenPolicy {
  readonly name: PolicyName;
  readonly spec: PolicySpec;
  readonly createdAtMs: number;
}

/** Somebody waits for the answer, so the first clusters speak for all, and the policies with the most weight. */
const clustersLookedAtMax = 4;
const rivalsLookedAtMax = 50;

/** Tells the author where other policies have the last word. Only rivals that name an object in the same words are compiled. */
export function rivalWarnings(
  policy: WrittenPolicy,
  others: readonly WrittenPolicy[],
  clusters: readonly ClusterRecord[],
): readonly Fault[] {
  const own = keysOf(policy);
  const rivals = others
    .filter((other) => !own.isDisjointFrom(keysOf(other)))
    .toSorted((a, b) => b.spec.priority - a.spec.priority || a.createdAtMs - b.createdAtMs)
    .slice(0, rivalsLookedAtMax);
  if (rivals.length === 0) return [];
  const { selected } = placePolicy(policy.spec.clusterSelector, clusters);
  return sortFaults(
    selected.slice(0, clustersLookedAtMax).flatMap((cluster) => {
      const wishes = wishesOn(policy, cluster);
      const objects = wishes.map(({ object }) => object);
      return overruledWarnings(policy.name, objects, mergeIntents([...wishes, ...rivals.flatMap((rival) => wishesOn(rival, cluster))]));
    }),
  );
}

/** What only compares has no say, and what cannot be compiled there wants nothing. */
function wishesOn({ name, spec, createdAtMs }: WrittenPolicy, cluster: ClusterRecord): readonly Contribution[] {
  if (spec.mode === 'Inform' || !matchSelector(spec.clusterSelector, cluster.labels).matches) return [];
  const compiled = compilePolicy({ name, spec }, cluster);
  if (compiled.outcome !== 'compiled') return [];
  return compiled.objects
    .filter(({ isInform, isAbsent }) => isInform !== true && isAbsent !== true)
    .map((object) => ({ policy: name, priority: spec.priority, createdAtMs, object }));
}

/** Specs of the registry live as long as they are in force, so each is laid out once. */
const known = new WeakMap<PolicySpec, ReadonlySet<ObjectKey>>();

function keysOf({ name, spec }: WrittenPolicy): ReadonlySet<ObjectKey> {
  const before = known.get(spec);
  if (before !== undefined) return before;
  const objects = [{ name, spec }, ...eachOverride({ name, spec })].flatMap(layOut);
  const keys = new Set(objects.map(({ manifest }) => keyOf(manifest)));
  known.set(spec, keys);
  return keys;
}
