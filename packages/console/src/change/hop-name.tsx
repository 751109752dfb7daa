import type { ReactNode } from 'react';

/** A hop with the colour that it has in the bars. */
export function HopName({ hop }: { readonly hop: string }): ReactNode {
  return (
    <>
      <span className={`swatch hop-${hop}`} aria-hidden="true" /> {hop}
    </>
  );
}
