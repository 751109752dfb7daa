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
  const lists = Object.entries({ policies, namespaces, parts }).filter(([, names]) => names.length > 0);
  const words = [
    `${role} on ${tellSelector(clusters)}`,
    ...lists.map(([what, names]) => `${what} ${names.join(', ')}`),
    ...(clusterScoped ? ['and objects of the cluster itself'] : []),
    `up to priority ${priorityMax}`,
  ];
  return words.join(', ');
}
