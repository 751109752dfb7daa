import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useFilter } from './use-filter.ts';

/** Parts of a page, each with an address of its own. */
export function Tabs({ tabs }: { readonly tabs: Readonly<Record<string, () => ReactNode>> }): ReactNode {
  const [path] = useLocation();
  const [chosen] = useFilter('tab');
  const names = Object.keys(tabs);
  const name = names.find((known) => slug(known) === chosen) ?? names[0] ?? '';
  const Shown = tabs[name];
  return (
    <>
      <nav className="tabs" aria-label="Parts of this page">
        {names.map((tab, index) => (
          <Link key={tab} href={index === 0 ? path : `${path}?tab=${slug(tab)}`} aria-current={tab === name ? 'page' : undefined}>
            {tab}
          </Link>
        ))}
      </nav>
      {Shown?.()}
    </>
  );
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}
