import type { ReactNode } from 'react';
import { useMemo } from 'react';
import type { FleetSeries } from '@accord/proto/api-fleet';
import { useSeries } from '../hub/queries.ts';
import { Answer } from '../parts/answer.tsx';
import { Section } from '../parts/page.tsx';
import { Plot } from '../parts/plot.tsx';
import { Choice } from '../parts/search-field.tsx';
import { tellMs } from '../parts/tell-time.ts';
import { useFilter } from '../parts/use-filter.ts';

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
  const { points } = series;
  const plots = useMemo(() => {
    const of = (name: Exclude<keyof (typeof points)[number], 'at'>): readonly (number | null)[] =>
      points.map((point) => point[name] ?? null);
    return {
      times: points.map(({ at }) => Date.parse(at) / 1_000),
      propagation: [
        { name: 'half within', color: '--series-1', values: of('propagationP50Ms') },
        { name: '95 % within', color: '--series-2', values: of('propagationP95Ms') },
      ],
      applies: [
        { name: 'applied', color: '--tone-good', values: of('applied'), asBars: true },
        { name: 'failed', color: '--tone-bad', values: of('failed'), asBars: true },
      ],
      drift: [{ name: 'put right', color: '--series-2', values: of('healed'), asBars: true }],
      changes: [{ name: 'changes', color: '--series-1', values: of('changes'), asBars: true }],
    };
  }, [points]);
  const sum = (name: 'applied' | 'failed' | 'healed' | 'changes'): number => points.reduce((total, point) => total + point[name], 0);
  const count = (value: number): string => value.toLocaleString('en');
  const last = points.findLast(({ propagationP50Ms }) => propagationP50Ms !== undefined)?.propagationP50Ms;
  const quick = last === undefined ? 'Nothing was applied.' : `Half of the last applies took at most ${tellMs(last)} from the call.`;
  return (
    <div className="plots">
      <Plot title="From the call to applied" summary={quick} times={plots.times} lines={plots.propagation} tell={tellMs} />
      <Plot
        title="Applies"
        summary={`${sum('applied')} applied, ${sum('failed')} failed.`}
        times={plots.times}
        lines={plots.applies}
        tell={count}
      />
      <Plot title="Drift put right" summary={`${sum('healed')} edits undone.`} times={plots.times} lines={plots.drift} tell={count} />
      <Plot title="Changes" summary={`${sum('changes')} changes.`} times={plots.times} lines={plots.changes} tell={count} />
    </div>
  );
}
