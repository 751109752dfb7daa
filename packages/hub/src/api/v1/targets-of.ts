import { matchSelector } from '@accord/core/labels/match-selector';
import { parseSelector } from '@accord/core/labels/parse-selector';
import type { ClusterFact } from '@accord/core/registry/facts';
import { clusterRecord, type Recorded, type Registry } from '@accord/core/registry/registry';
import { requireCluster } from '../kube/write-cluster.ts';
import { Refusal } from '../refusal.ts';

export type Targets = readonly Recorded<ClusterFact>[];

/** The clusters that a request is about, by name or by labels. Rejects with `not-found`, or with `invalid` where that is nobody. */
export function targetsOf(
  registry: Registry,
  { clusters, selector }: { readonly clusters?: readonly string[] | undefined; readonly selector?: string | undefined },
): Targets {
  if ((clusters === undefined) === (selector === undefined))
    throw new Refusal('invalid', 'clusters, selector: one of the two is needed', { help: 'Name clusters, or select them by labels.' });
  if (selector === undefined) return [...new Set(clusters)].map((name) => requireCluster(registry, name));
  const parsed = parseSelector(selector);
  if (parsed.outcome === 'invalid')
    throw new Refusal('invalid', `selector: ${parsed.message}`, { help: 'Write it like env=prod,tier!=gold.' });
  const selected = [...registry.clusters.values()].filter(({ body }) => matchSelector(parsed.selector, clusterRecord(body).labels).matches);
  if (selected.length > 0) return selected;
  throw new Refusal('invalid', `selector: no cluster has the labels ${selector}`, { help: 'See what there is: accord get clusters' });
}
