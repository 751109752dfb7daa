import type { ReactNode } from 'react';
import type { apiTokensSchema } from '@accord/proto/api';
import type { z } from 'zod';
import { revokeToken } from '../hub/acts.ts';
import { useAnswer } from '../hub/queries.ts';
import { Act } from '../parts/act.tsx';
import { Answer, Command, Nothing } from '../parts/answer.tsx';
import { Moment } from '../parts/moment.tsx';
import { Section } from '../parts/page.tsx';
import { SmallTable, type SmallTableProps } from '../parts/small-table.tsx';
import { ToneMark } from '../parts/state-mark.tsx';
import { Bindings } from './bindings.tsx';

type Tokens = z.infer<typeof apiTokensSchema>;
type Token = Tokens['items'][number];

const columns: SmallTableProps<Token>['columns'] = [
  { name: 'Name', cell: ({ name }) => name },
  { name: 'Role', cell: ({ role }) => role },
  { name: 'Reaches', cell: ({ bindings }) => (bindings === undefined ? 'the whole fleet' : <Bindings bindings={bindings} />) },
  { name: 'Made', cell: ({ createdAt }) => <Moment at={createdAt} /> },
  { name: 'Ends', cell: ({ expiresAt }) => expiresAt ?? 'never' },
  { name: 'Acts', cell: ({ name, revoked }) => (revoked ? <ToneMark tone="quiet">revoked</ToneMark> : <RevokeToken name={name} />) },
];

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
            <SmallTable caption="Tokens" columns={columns} rows={items} keyOf={({ name }) => name} />
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
