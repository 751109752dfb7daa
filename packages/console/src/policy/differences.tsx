import type { ReactNode } from 'react';
import type { RevisionDiff } from '@accord/proto/api-history';

/** What two bodies say differently, path by path. */
export function Differences({ differences }: Pick<RevisionDiff, 'differences'>): ReactNode {
  if (differences.length === 0) return <p className="dim">They say the same.</p>;
  return (
    <ul className="diff">
      {differences.map(({ path, from, to }) => (
        <li key={path}>
          <code>{path}</code>
          {from !== undefined && <del>{tell(from)}</del>}
          {to !== undefined && <ins>{tell(to)}</ins>}
        </li>
      ))}
    </ul>
  );
}

function tell(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 1);
}
