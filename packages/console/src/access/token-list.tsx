import type { ReactNode } from 'react';
import type { apiTokensSchema } from '@accord/proto/api';
import type { z } from 'zod';
import { revokeToken } from '../hub/acts.ts';
import { useAnswer } from '../hub/queries.ts';
import { Act } from '../parts/act.tsx';
import { Answer, Command, Nothing } from '../parts/answer.tsx';
import { Moment } from '../parts/moment.tsx';
import { Section } from '../parts/page.tsx';
import { ToneMark } from '../parts/state-mark.tsx';
import { Bindings } from './bindings.tsx';

type Tokens = z.infer<typeof apiTokensSchema>;

/** Tokens of people and programs; the tokens themselves are shown once, when they are made. */
export function TokenList(): ReactNode {
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
                      {name} {revoked ? <ToneMark tone="quiet">revoked</ToneMark> : <RevokeToken name={name} />}
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

function RevokeToken({ name }: { readonly name: string }): ReactNode {
  return (
    <Act
      name="Revoke"
      isDangerous
      typed={name}
      says={`Whoever uses the token ${name} is refused at once.`}
      run={(reason) => revokeToken(name, reason)}
    />
  );
}
