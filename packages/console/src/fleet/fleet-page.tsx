import type { ReactNode } from 'react';
import type { Fleet } from '@accord/proto/api';
import { useFleet } from '../hub/queries.ts';
import { Answer, Command, Nothing } from '../parts/answer.tsx';
import { Page, Section } from '../parts/page.tsx';
import { CountBar, CountChoices } from '../parts/row-counts.tsx';
import { ToneMark } from '../parts/state-mark.tsx';
import { useFilter } from '../parts/use-filter.ts';
import { Blockers } from './blockers.tsx';
import { ClusterTable } from './cluster-table.tsx';
import { FleetPlots } from './fleet-plots.tsx';

/** Is everything well, and if not, where. */
export function FleetPage(): ReactNode {
  const fleet = useFleet();
  return (
    <Page title="Fleet">
      <Answer of={fleet}>{(told) => (told.clusters.total === 0 ? <NoCluster /> : <Told fleet={told} />)}</Answer>
    </Page>
  );
}

function Told({ fleet }: { readonly fleet: Fleet }): ReactNode {
  const [state, setState] = useFilter('state');
  return (
    <>
      {fleet.alarms.length > 0 && <Alarms alarms={fleet.alarms} />}
      <div className="cards">
        <Clusters clusters={fleet.clusters} />
        <section className="card card-wide" aria-label="Policies on clusters">
          <h2>Policies on clusters</h2>
          <CountBar counts={fleet.rows} />
          <CountChoices counts={fleet.rows} chosen={state} onChoose={setState} />
        </section>
      </div>
      <Blockers problems={fleet.problems} />
      <FleetPlots />
      <ClusterTable />
    </>
  );
}

function Clusters({ clusters: { total, live, offline, unknown, behind, stuck } }: { readonly clusters: Fleet['clusters'] }): ReactNode {
  return (
    <section className="card" aria-label="Connections">
      <h2>Clusters</h2>
      <p className="figure">{total.toLocaleString('en')}</p>
      <p className="choices">
        <ToneMark tone="good">{live} live</ToneMark>
        {offline > 0 && <ToneMark tone="bad">{offline} offline</ToneMark>}
        {unknown > 0 && <ToneMark tone="quiet">{unknown} not heard yet</ToneMark>}
        {stuck > 0 && <ToneMark tone="bad">{stuck} stuck</ToneMark>}
        {behind > 0 && <ToneMark tone="busy">{behind} catching up</ToneMark>}
      </p>
    </section>
  );
}

function Alarms({ alarms }: { readonly alarms: readonly string[] }): ReactNode {
  return (
    <Section title="Alarms">
      <ul className="blockers">
        {alarms.map((alarm) => (
          <li key={alarm}>
            <ToneMark tone="bad">{alarm}</ToneMark>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function NoCluster(): ReactNode {
  return (
    <Nothing title="No cluster has joined yet.">
      Print what a cluster needs, and apply it there: <Command>accord cluster add NAME -l env=prod | kubectl apply -f -</Command>
    </Nothing>
  );
}
