import type { ReactNode } from 'react';

const own = 'accord.dev/';

/** Labels of a cluster that people gave it, as text. */
export function Labels({ labels }: { readonly labels: Readonly<Record<string, string>> }): ReactNode {
  const entries = Object.entries(labels)
    .filter(([name]) => !name.startsWith(own))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
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
