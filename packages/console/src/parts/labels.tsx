import type { ReactNode } from 'react';

/** Labels of a cluster, as text. */
export function Labels({ labels }: { readonly labels: Readonly<Record<string, string>> }): ReactNode {
  const entries = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return (
    <span className="labels" title={entries.map(([name, value]) => `${name}=${value}`).join('\n')}>
      {entries.map(([name, value]) => (
        <span key={name} className="label">
          {name}
          {value !== '' && <b>={value}</b>}
        </span>
      ))}
    </span>
  );
}
