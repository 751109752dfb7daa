import type { ReactNode } from 'react';
import type { Person } from '../hub/session.ts';
import { tellSelector } from '../policy/tell-selector.ts';

/** What bindings reach, one line each. */
export function Bindings({ bindings }: Pick<Person, 'bindings'>): ReactNode {
  if (bindings.length === 0) return null;
  return (
    <ul className="plain-list">
      {bindings.map((binding) => (
        <li key={JSON.stringify(binding)}>{tellBinding(binding)}</li>
      ))}
    </ul>
  );
}

function tellBinding({ role, clusters, policies, namespaces, parts, clusterScoped, priorityMax }: Person['bindings'][number]): string {
  const words = [
    `${role} on ${tellSelector(clusters)}`,
    policies === undefined ? '' : `policies ${policies.join(', ')}`,
    namespaces === undefined ? '' : `namespaces ${namespaces.join(', ')}`,
    parts === undefined ? '' : `parts ${parts.join(', ')}`,
    clusterScoped ? 'and objects of the cluster itself' : '',
    priorityMax === undefined ? '' : `up to priority ${priorityMax}`,
  ];
  return words.filter((word) => word !== '').join(', ');
}
