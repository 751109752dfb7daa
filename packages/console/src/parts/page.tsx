import { useEffect, type ReactNode } from 'react';
import { Link } from 'wouter';

export interface Crumb {
  readonly name: string;
  readonly to: string;
}

/** A page with its title, also in the tab and for whoever only listens. */
export function Page({
  title,
  crumbs = [],
  actions,
  children,
}: {
  readonly title: string;
  readonly crumbs?: readonly Crumb[];
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  useEffect(() => {
    document.title = `${title} · Accord`;
  }, [title]);
  return (
    <main id="main" tabIndex={-1}>
      <header className="page-head">
        <div>
          {crumbs.length > 0 && (
            <nav aria-label="Above this page" className="crumbs">
              {crumbs.map(({ name, to }) => (
                <Link key={to} href={to}>
                  {name}
                </Link>
              ))}
            </nav>
          )}
          <h1>{title}</h1>
        </div>
        <div className="actions">{actions}</div>
      </header>
      {children}
    </main>
  );
}

export function Section({
  title,
  aside,
  children,
}: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className="section" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
