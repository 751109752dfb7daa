import type { PolicyResource, ClusterResource } from '../resources.ts';
import { renderSelector, selectorKeys } from './selector.ts';

/** Why a policy reaches a cluster: its selector, next to the labels that it asks for. */
export function renderSelected({ spec, metadata }: PolicyResource, cluster: ClusterResource): string {
  const keys = selectorKeys(spec.clusterSelector).filter((key) => Object.hasOwn(cluster.metadata.labels, key));
  const own = keys.map((key) => `${key}=${cluster.metadata.labels[key]}`).join(',');
  const because = own === '' ? 'its selector matches' : `it has ${own}`;
  return `${metadata.name} selects ${renderSelector(spec.clusterSelector)}, and ${cluster.metadata.name} is selected because ${because}.`;
}

export function renderNotSelected({ spec, metadata }: PolicyResource, cluster: string, because: string): string {
  return `${metadata.name} selects ${renderSelector(spec.clusterSelector)}, and ${cluster} is not selected: ${because}. To change that: accord edit policy ${metadata.name}, or accord cluster label ${cluster} KEY=VALUE`;
}
