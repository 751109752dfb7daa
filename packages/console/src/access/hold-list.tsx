import type { ReactNode } from 'react';
import type { holdsSchema } from '@accord/proto/api';
import type { z } from 'zod';
import { liftHold } from '../hub/acts.ts';
import { useMay } from '../hub/person.ts';
import { useAnswer } from '../hub/queries.ts';
import { Act } from '../parts/act.tsx';
import { Answer, Nothing } from '../parts/answer.tsx';
import { Section } from '../parts/page.tsx';
import { SmallTable, type SmallTableProps } from '../parts/small-table.tsx';

type Holds = z.infer<typeof holdsSchema>;
type Hold = Holds['items'][number];

const columns: SmallTableProps<Hold>['columns'] = [
  { name: 'Cluster', cell: ({ cluster }) => cluster },
  { name: 'What', cell: ({ policy = 'everything', object = '' }) => `${policy} ${object}` },
  { name: 'Until', cell: ({ until }) => until },
  { name: 'Why', cell: ({ reason }) => reason },
  { name: 'By', cell: ({ by }) => by },
  {
    name: 'Acts',
    cell: ({ policy, cluster, object }) => policy !== undefined && <LiftHold policy={policy} cluster={cluster} object={object} />,
  },
];

/** What operators have stopped for a time. */
export function HoldList(): ReactNode {
  const holds = useAnswer<Holds>(['holds'], '/v1/fleet/holds');
  return (
    <Section title="Holds">
      <Answer of={holds}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title="Nothing is held." />
          ) : (
            <SmallTable
              caption="Holds"
              columns={columns}
              rows={items}
              keyOf={({ cluster, policy, object }) => `${cluster} ${policy} ${object}`}
            />
          )
        }
      </Answer>
    </Section>
  );
}

interface Lifted {
  readonly policy: string;
  readonly cluster: string;
  readonly object: string | undefined;
}

function LiftHold({ policy, cluster, object }: Lifted): ReactNode {
  if (!useMay('operator')) return null;
  const what = object === undefined ? `Policy ${policy}` : `${object} of policy ${policy}`;
  return (
    <Act name="Lift" says={`${what} is applied again on ${cluster}.`} run={(reason) => liftHold(policy, { cluster, object }, reason)} />
  );
}
