import { useCallback, useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { LiveState } from '../hub/live.ts';
import { mayAct, useSignOut, type Person } from '../hub/session.ts';
import { PersonContext } from '../hub/person.ts';
import { Modal } from '../parts/modal.tsx';
import { ToneMark } from '../parts/state-mark.tsx';
import { places } from './places.ts';
import { applyTheme, currentTheme, nextTheme } from './theme.ts';
import { useShortcuts } from './use-shortcuts.ts';

const liveTones = {
  connecting: ['busy', 'connecting'],
  live: ['good', 'live'],
  away: ['bad', 'the hub is away; shown is what was last seen'],
} as const;

/** What stands around every page. */
export function Shell({
  person,
  live,
  children,
}: {
  readonly person: Person;
  readonly live: LiveState;
  readonly children: ReactNode;
}): ReactNode {
  const [isHelpOpen, setHelp] = useState(false);
  const [path] = useLocation();
  useShortcuts(useCallback(() => setHelp(true), []));
  const [tone, text] = liveTones[live];
  return (
    <div className="shell">
      <a href="#main" className="skip">
        Skip to the page
      </a>
      <header className="rail">
        <Link href="/" className="brand">
          <img src="/assets/accord.svg" alt="" width="22" height="22" /> Accord
        </Link>
        <nav aria-label="Pages">
          {places
            .filter(({ role }) => role === undefined || mayAct(person, role))
            .map(({ name, to, holds }) => (
              <Link key={to} href={to} aria-current={holds.test(path) ? 'page' : undefined}>
                {name}
              </Link>
            ))}
        </nav>
        <div className="rail-foot">
          <span role="status">
            <ToneMark tone={tone}>{text}</ToneMark>
          </span>
          <Who person={person} onHelp={() => setHelp(true)} />
        </div>
      </header>
      <PersonContext value={person}>{children}</PersonContext>
      {isHelpOpen && <Help onClose={() => setHelp(false)} />}
    </div>
  );
}

function Who({ person, onHelp }: { readonly person: Person; readonly onHelp: () => void }): ReactNode {
  const signOut = useSignOut();
  const [theme, setTheme] = useState(currentTheme);
  const change = (): void => {
    const next = nextTheme(theme);
    applyTheme(next);
    setTheme(next);
  };
  return (
    <>
      <span className="who" title={`role ${person.role ?? 'in bindings'}`}>
        {person.actor} · {person.role ?? 'bindings'}
      </span>
      <span className="rail-buttons">
        <button type="button" className="plain" onClick={change}>
          Theme: {theme}
        </button>
        <button type="button" className="plain" onClick={onHelp}>
          Keys
        </button>
        <button type="button" className="plain" onClick={() => signOut.mutate()}>
          Sign out
        </button>
      </span>
    </>
  );
}

function Help({ onClose }: { readonly onClose: () => void }): ReactNode {
  return (
    <Modal title="Keys" onClose={onClose}>
      <dl className="keys">
        {places.map(({ name, letter }) => (
          <div key={letter}>
            <dt>
              <kbd>g</kbd> <kbd>{letter}</kbd>
            </dt>
            <dd>{name}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>/</kbd>
          </dt>
          <dd>filter of the page</dd>
        </div>
        <div>
          <dt>
            <kbd>↑</kbd> <kbd>↓</kbd>
          </dt>
          <dd>from row to row in a table, Enter opens</dd>
        </div>
        <div>
          <dt>
            <kbd>?</kbd>
          </dt>
          <dd>this list</dd>
        </div>
      </dl>
    </Modal>
  );
}
