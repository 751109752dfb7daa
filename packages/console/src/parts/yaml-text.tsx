import type { ReactNode } from 'react';
import { stringify } from 'yaml';

/** An object as people write it. */
export function YamlText({ label, value }: { readonly label: string; readonly value: unknown }): ReactNode {
  return (
    <pre className="yaml" tabIndex={0} role="region" aria-label={label}>
      {stringify(value, { lineWidth: 0 })}
    </pre>
  );
}
