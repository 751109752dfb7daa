import type { ReactNode } from 'react';

/** Asked with everything that somebody does; a header of the request carries it. */
export function ReasonField({ reason, onChange }: { readonly reason: string; readonly onChange: (reason: string) => void }): ReactNode {
  return (
    <label>
      <span>
        Why <span className="dim">(for the audit)</span>
      </span>
      <input value={reason} maxLength={500} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}
