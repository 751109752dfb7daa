import type { AccessBinding } from '@accord/proto/access';
import { renderSelector } from './selector.ts';

/** `operator on env=dev: policies team-*, namespaces team-*, parts quota,bindings, priority up to 100`; what is not given is left out. */
export function renderBinding({ role, clusters, policies, namespaces, parts, clusterScoped, priorityMax }: AccessBinding): string {
  const lists = Object.entries({ policies, namespaces, parts }).filter(([, names]) => names.length > 0);
  const gives = [...lists.map(([what, names]) => `${what} ${names.join(',')}`), ...(clusterScoped ? ['cluster-wide objects'] : [])];
  return `${role} on ${renderSelector(clusters)}: ${[...gives, `priority up to ${priorityMax}`].join(', ')}`;
}
