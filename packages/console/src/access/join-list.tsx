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

type JoinTokens = z.infer<typeof joinTokensSchema>;

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
            <table className="plain-table">
              <thead>
                <tr>
                  <th>Cluster</th>
                  <th>State</th>
                  <th>Labels</th>
                  <th>Made</th>
                  <th>By</th>
                  <th>Asks with</th>
                </tr>
              </thead>
              <tbody>
                {items.map((token) => (
                  <tr key={token.hash}>
                    <td>{token.cluster}</td>
                    <td>{token.state}</td>
                    <td>
                      <Labels labels={token.labels} />
                    </td>
                    <td>
                      <Moment at={token.createdAt} />
                    </td>
                    <td>{token.createdBy}</td>
                    <td>
                      {token.state === 'Pending' && token.asked !== undefined && (
                        <Asked cluster={token.cluster} fingerprint={token.asked.fingerprint} />
                      )}
                    </td>
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
