import type { ReactNode } from 'react';
import type { apiTokensSchema, holdsSchema } from '@accord/proto/api';
import { use } from 'react';
import type { z } from 'zod';
import { PersonContext, useMay } from '../hub/person.ts';
import { useAnswer } from '../hub/queries.ts';
import { Answer, Command, Nothing } from '../parts/answer.tsx';
import { Moment } from '../parts/moment.tsx';
import { Page, Section } from '../parts/page.tsx';
import { ToneMark } from '../parts/state-mark.tsx';
import { Bindings } from './bindings.tsx';

type Tokens = z.infer<typeof apiTokensSchema>;
type Holds = z.infer<typeof holdsSchema>;

/** Who may do what at the hub, and what somebody has stopped. */
export function AccessPage(): ReactNode {
  const person = use(PersonContext);
  const isAdmin = useMay('admin');
  return (
    <Page title="Access">
      {person !== undefined && (
        <Section title="You">
          <p>
            The hub takes you for <b>{person.actor}</b>,{' '}
            {person.role === undefined ? 'with bindings only' : `with role ${person.role} for the whole fleet`}.
          </p>
          <Bindings bindings={person.bindings} />
        </Section>
      )}
      {isAdmin && <TokenList />}
      <HoldList />
    </Page>
  );
}

function TokenList(): ReactNode {
  const tokens = useAnswer<Tokens>(['tokens'], '/v1/api-tokens');
  return (
    <Section title="Tokens">
      <Answer of={tokens}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title="There is no token but the one in the data directory.">
              Make one for each person and program: <Command>accord token create NAME --role viewer</Command>
            </Nothing>
          ) : (
            <table className="plain-table">
              <thead>
                <tr>
                  <th>Name</th>
                  <th>Role</th>
                  <th>Reaches</th>
                  <th>Made</th>
                  <th>Ends</th>
                </tr>
              </thead>
              <tbody>
                {items.map(({ name, role, bindings, createdAt, expiresAt, revoked }) => (
                  <tr key={name}>
                    <td>
                      {name} {revoked && <ToneMark tone="quiet">revoked</ToneMark>}
                    </td>
                    <td>{role}</td>
                    <td>{bindings === undefined ? 'the whole fleet' : <Bindings bindings={bindings} />}</td>
                    <td>
                      <Moment at={createdAt} />
                    </td>
                    <td>{expiresAt ?? 'never'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Answer>
    </Section>
  );
}

function HoldList(): ReactNode {
  const holds = useAnswer<Holds>(['holds'], '/v1/holds');
  return (
    <Section title="Holds">
      <Answer of={holds}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title="Nothing is held." />
          ) : (
            <table className="plain-table">
              <thead>
                <tr>
                  <th>Cluster</th>
                  <th>What</th>
                  <th>Until</th>
                  <th>Why</th>
                  <th>By</th>
                </tr>
              </thead>
              <tbody>
                {items.map(({ cluster, policy = 'everything', object = '', until, reason, by }) => (
                  <tr key={`${cluster} ${policy} ${object}`}>
                    <td>{cluster}</td>
                    <td>
                      {policy} {object}
                    </td>
                    <td>{until}</td>
                    <td>{reason}</td>
                    <td>{by}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Answer>
    </Section>
  );
}
