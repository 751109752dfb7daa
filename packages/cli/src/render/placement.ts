import type { PolicyResource, ClusterResource } from '../resources.ts';
import { labelsToSelect } from '../labels-to-select.ts';
import { renderSelector, selectorKeys } from './selector.ts';

/** Why a policy reaches a cluster: its selector, next to the labels that it asks for. */
export function renderSelected({ spec, metadata }: PolicyResource, cluster: ClusterResource): string {
  const keys = selectorKeys(spec.clusterSelector).filter((key) => Object.hasOwn(cluster.metadata.labels, key));
  const own = keys.map((key) => `${key}=${cluster.metadata.labels[key]}`).join(',');
  const because = own === '' ? 'its selector matches' : `it has ${own}`;
  return `${metadata.name} selects ${renderSelector(spec.clusterSelector)}, and ${cluster.metadata.name} is selected because ${because}.`;
}

/** Why not, and what would change it. */
export function renderNotSelected({ spec, metadata }: PolicyResource, cluster: ClusterResource['metadata'], because: string): string {
  const labels = labelsToSelect(spec.clusterSelector, cluster.labels) ?? [];
  const relabel = labels.length === 0 ? '' : `accord cluster label ${cluster.name} ${labels.join(' ')}, or `;
  return `${metadata.name} selects ${renderSelector(spec.clusterSelector)}, and ${cluster.name} is not selected: ${because}. To change that: ${relabel}accord edit policy ${metadata.name}`;
}
