import type { ReactNode } from 'react';
import { HubProblem } from '../hub/request.ts';

interface Asked<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
}

/** What an answer looks like while it is on its way, when it was refused, and when it is there. What was shown stays while the hub is away. */
export function Answer<Data>({ of, children }: { readonly of: Asked<Data>; readonly children: (data: Data) => ReactNode }): ReactNode {
  if (of.data !== undefined)
    return (
      <>
        {of.error !== null && <Trouble error={of.error} />}
        {children(of.data)}
      </>
    );
  if (of.error !== null) return <Trouble error={of.error} />;
  return <Waiting />;
}

/** Nothing for a moment, so that a quick answer does not flicker. */
export function Waiting(): ReactNode {
  return (
    <p className="waiting" role="status">
      Asking the hub …
    </p>
  );
}

/** What went wrong, and what to do. */
export function Trouble({ error }: { readonly error: Error }): ReactNode {
  return (
    <div className="trouble" role="alert">
      <p>{error.message}</p>
      {error instanceof HubProblem && error.help !== '' && <p className="dim">{error.help}</p>}
    </div>
  );
}

/** Where nothing is to be shown, and how something would come to be there. */
export function Nothing({ title, children }: { readonly title: string; readonly children?: ReactNode }): ReactNode {
  return (
    <div className="nothing">
      <p>{title}</p>
      {children !== undefined && <div className="dim">{children}</div>}
    </div>
  );
}

/** A command to copy. */
export function Command({ children }: { readonly children: string }): ReactNode {
  return (
    <span className="command">
      <code>{children}</code>
      <button type="button" aria-label={`Copy ${children}`} onClick={() => void navigator.clipboard.writeText(children)}>
        copy
      </button>
    </span>
  );
}
