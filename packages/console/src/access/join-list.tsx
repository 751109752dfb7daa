import type { ReactNode } from 'react';
import type { joinTokensSchema } from '@accord/proto/join-api';
import type { z } from 'zod';
import { judgeJoin } from '../hub/acts.ts';
import { useAnswer } from '../hub/queries.ts';
import { Act } from '../parts/act.tsx';
import { Answer, Command, Nothing } from '../parts/answer.tsx';
import { Labels } from '../parts/labels.tsx';
import { Moment } from '../parts/moment.tsx';
import { Section } from '../parts/page.tsx';
import { SmallTable, type SmallTableProps } from '../parts/small-table.tsx';

type JoinTokens = z.infer<typeof joinTokensSchema>;
type JoinToken = JoinTokens['items'][number];

const columns: SmallTableProps<JoinToken>['columns'] = [
  { name: 'Cluster', cell: ({ cluster }) => cluster },
  { name: 'State', cell: ({ state }) => state },
  { name: 'Labels', cell: ({ labels }) => <Labels labels={labels} /> },
  { name: 'Made', cell: ({ createdAt }) => <Moment at={createdAt} /> },
  { name: 'By', cell: ({ createdBy }) => createdBy },
  {
    name: 'Asks with',
    cell: ({ cluster, state, asked }) =>
      state === 'Pending' && asked !== undefined && <Asked cluster={cluster} fingerprint={asked.fingerprint} />,
  },
];

/** Who is invited, and who waits for somebody to look at the fingerprint. */
export function JoinList(): ReactNode {
  const tokens = useAnswer<JoinTokens>(['joins'], '/v1/join-tokens');
  return (
    <Section title="Joining">
      <Answer of={tokens}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title="Nobody is invited.">
              <Command>accord cluster add NAME -l env=prod | kubectl apply -f -</Command>
            </Nothing>
          ) : (
            <SmallTable caption="Who is invited" columns={columns} rows={items} keyOf={({ hash }) => hash} />
          )
        }
      </Answer>
    </Section>
  );
}

function Asked({ cluster, fingerprint }: { readonly cluster: string; readonly fingerprint: string }): ReactNode {
  const says = (
    <>
      Compare with the log of its spoke: <code>{fingerprint}</code>
    </>
  );
  return (
    <span className="actions">
      <code>{fingerprint.slice(0, 12)}…</code>
      <Act name="Approve" says={says} run={(reason) => judgeJoin(cluster, 'approve', fingerprint, reason)} />
      <Act name="Reject" isDangerous says={says} run={(reason) => judgeJoin(cluster, 'reject', fingerprint, reason)} />
    </span>
  );
}
