import type { ReactNode } from 'react';
import type { holdsSchema } from '@accord/proto/api';
import type { z } from 'zod';
import { liftHold } from '../hub/acts.ts';
import { useMay } from '../hub/person.ts';
import { useAnswer } from '../hub/queries.ts';
import { Act } from '../parts/act.tsx';
import { Answer, Nothing } from '../parts/answer.tsx';
import { Section } from '../parts/page.tsx';

type Holds = z.infer<typeof holdsSchema>;

/** What operators have stopped for a time. */
export function HoldList(): ReactNode {
  const mayLift = useMay('operator');
  const holds = useAnswer<Holds>(['holds'], '/v1/fleet/holds');
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
                  <td />
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
                    <td>{mayLift && policy !== 'everything' && <LiftHold policy={policy} cluster={cluster} />}</td>
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

function LiftHold({ policy, cluster }: { readonly policy: string; readonly cluster: string }): ReactNode {
  return <Act name="Lift" says={`Policy ${policy} goes on on ${cluster}.`} run={(reason) => liftHold(policy, [cluster], reason)} />;
}
