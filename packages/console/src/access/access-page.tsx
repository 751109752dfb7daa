import { use, type ReactNode } from 'react';
import { PersonContext, useMay } from '../hub/person.ts';
import { Page, Section } from '../parts/page.tsx';
import { Bindings } from './bindings.tsx';
import { GrantList } from './grant-list.tsx';
import { HoldList } from './hold-list.tsx';
import { JoinList } from './join-list.tsx';
import { TokenList } from './token-list.tsx';

/** Who may do what on the clusters and at the hub, and what somebody has stopped. */
export function AccessPage(): ReactNode {
  const person = use(PersonContext);
  const isAdmin = useMay('admin');
  return (
    <Page title="Access">
      <GrantList />
      {person !== undefined && (
        <Section title="You">
          <p>
            The hub takes you for <b>{person.actor}</b>,{' '}
            {person.role === undefined ? 'with bindings only' : `with role ${person.role} for the whole fleet`}.
          </p>
          <Bindings bindings={person.bindings} />
        </Section>
      )}
      {isAdmin && <JoinList />}
      {isAdmin && <TokenList />}
      <HoldList />
    </Page>
  );
}
