import { useMemo, type ReactNode } from 'react';
import type { FleetSeries } from '@accord/proto/api-fleet';
import { useSeries } from '../hub/queries.ts';
import { Answer } from '../parts/answer.tsx';
import { Section } from '../parts/page.tsx';
import { Plot } from '../parts/plot.tsx';
import { Choice } from '../parts/search-field.tsx';
import { useFilter } from '../parts/use-filter.ts';
import { plotsOf } from './plots-of.ts';

const spans = { '15m': '15 minutes', '1h': 'an hour', '6h': '6 hours', '24h': 'a day', '168h': 'a week' };

/** How quick and how busy the fleet was. */
export function FleetPlots(): ReactNode {
  const [chosen, choose] = useFilter('since');
  const since = chosen === '' ? '1h' : chosen;
  const series = useSeries(since);
  return (
    <Section title="The last while" aside={<Choice label="over" value={since} options={spans} onChange={choose} />}>
      <Answer of={series}>{(told) => <Plots series={told} />}</Answer>
    </Section>
  );
}

function Plots({ series }: { readonly series: FleetSeries }): ReactNode {
  const plots = useMemo(() => plotsOf(series), [series]);
  return (
    <div className="plots">
      {plots.map((plot) => (
        <Plot key={plot.title} {...plot} />
      ))}
    </div>
  );
}
