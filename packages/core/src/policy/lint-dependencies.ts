import type { ClusterRecord } from '@accord/proto/cluster';
import type { PolicySpec } from '@accord/proto/policy';
import { placePolicy } from '../placement/place-policy.ts';
import type { Fault } from './fault.ts';
import { nearestName } from './nearest-name.ts';

/** A policy as others see it. */
export interface Other {
  readonly name: string;
  readonly spec: Pick<PolicySpec, 'clusterSelector' | 'dependsOn'>;
}

/** Policies that would wait for each other for ever, each in the path that leads back to itself. */
export function dependencyFaults({ name, spec }: Other, others: readonly Other[]): readonly Fault[] {
  const known = new Map(others.map((other) => [other.name, other.spec.dependsOn ?? []]));
  known.set(name, spec.dependsOn ?? []);
  return (spec.dependsOn ?? []).flatMap((first, index) => {
    const way = wayTo(name, first, known, new Set());
    if (way === undefined) return [];
    return [
      {
        code: 'DependencyCycle' as const,
        path: `spec.dependsOn[${index}]`,
        message: `These policies would wait for each other: ${[name, ...way].join(' → ')}.`,
        help: 'Take one of the dependencies out.',
      },
    ];
  });
}

function wayTo(
  wanted: string,
  from: string,
  known: ReadonlyMap<string, readonly string[]>,
  seen: Set<string>,
): readonly string[] | undefined {
  if (from === wanted) return [from];
  if (seen.has(from)) return undefined;
  seen.add(from);
  for (const next of known.get(from) ?? []) {
    const way = wayTo(wanted, next, known, seen);
    if (way !== undefined) return [from, ...way];
  }
  return undefined;
}

/** Dependencies that would hold the policy up: there is no such policy, or it is not for the same clusters. */
export function dependencyWarnings({ spec }: Other, others: readonly Other[], clusters: readonly ClusterRecord[]): readonly Fault[] {
  const { selected } = placePolicy(spec.clusterSelector, clusters);
  return (spec.dependsOn ?? []).flatMap((name, index): readonly Fault[] => {
    const path = `spec.dependsOn[${index}]`;
    const other = others.find((candidate) => candidate.name === name);
    if (other === undefined) {
      const near = nearestName(
        name,
        others.map((candidate) => candidate.name),
      );
      const help = near === undefined ? 'Nothing is applied before there is one.' : `Did you mean ${near}?`;
      return [{ code: 'DependencyMissing', path, message: `There is no policy ${name}.`, help }];
    }
    const there = new Set(placePolicy(other.spec.clusterSelector, clusters).selected.map((cluster) => cluster.name));
    const without = selected.map((cluster) => cluster.name).filter((cluster) => !there.has(cluster));
    if (without.length === 0) return [];
    const more = without.length > 3 ? ` and ${without.length - 3} more` : '';
    return [
      {
        code: 'DependencyMissing',
        path,
        message: `Policy ${name} is not for ${without.slice(0, 3).join(', ')}${more}, where nothing of this one will be applied.`,
        help: 'Give both the same selector.',
      },
    ];
  });
}
