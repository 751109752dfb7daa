import type { ClusterRecord } from '@accord/proto/cluster';
import type { PolicySpec } from '@accord/proto/policy';
import type { LabelSelector } from '@accord/proto/selector';
import { placePolicy } from '../placement/place-policy.ts';
import type { Fault } from './fault.ts';
import { nearestName } from './nearest-name.ts';

/** Warns of selectors that select nothing now, with the label value that was probably meant. */
export function selectionWarnings(
  { clusterSelector, overrides = [] }: Pick<PolicySpec, 'clusterSelector' | 'overrides'>,
  clusters: readonly ClusterRecord[],
): readonly Fault[] {
  return [
    ...selectorWarnings(clusterSelector, clusters, 'spec.clusterSelector'),
    ...overrides.flatMap(({ clusterSelector: selector }, index) =>
      selectorWarnings(selector, clusters, `spec.overrides[${index}].clusterSelector`),
    ),
  ];
}

function selectorWarnings(selector: LabelSelector | undefined, clusters: readonly ClusterRecord[], path: string): readonly Fault[] {
  if (selector === undefined) {
    return [
      {
        code: 'SelectsNothing',
        path,
        message: 'Without a selector the policy selects no cluster.',
        help: 'Write clusterSelector: {} for all clusters.',
      },
    ];
  }
  if (placePolicy(selector, clusters).selected.length > 0) return [];
  const unknown = wantedValues(selector).filter(({ key, value }) => countHolders(clusters, key, value) === 0);
  if (unknown.length === 0)
    return [
      {
        code: 'SelectsNothing',
        path,
        message: 'No cluster meets all requirements of the selector now.',
        help: 'Look at the labels with: accord get clusters',
      },
    ];
  return unknown.map(({ key, value }) => ({
    code: 'SelectsNothing',
    path,
    message: `${key}=${value} selects 0 clusters.`,
    help: suggestion(clusters, key, value),
  }));
}

function wantedValues({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): readonly { readonly key: string; readonly value: string }[] {
  const among = matchExpressions
    .filter(({ operator }) => operator === 'In')
    .flatMap(({ key, values = [] }) => values.map((value) => ({ key, value })));
  return [...Object.entries(matchLabels).map(([key, value]) => ({ key, value })), ...among];
}

function suggestion(clusters: readonly ClusterRecord[], key: string, value: string): string {
  const values = new Set(clusters.flatMap(({ labels }) => labels[key] ?? []));
  const near = nearestName(value, values);
  if (near !== undefined) return `Did you mean ${key}=${near} (${countHolders(clusters, key, near)})?`;
  if (values.size > 0) return `Values of ${key} now: ${[...values].toSorted().join(', ')}.`;
  const nearKey = nearestName(key, new Set(clusters.flatMap(({ labels }) => Object.keys(labels))));
  return nearKey === undefined ? `No cluster has a label ${key}.` : `No cluster has a label ${key}; did you mean ${nearKey}?`;
}

function countHolders(clusters: readonly ClusterRecord[], key: string, value: string): number {
  return clusters.filter(({ labels }) => labels[key] === value).length;
}
