import { useMemo, type ReactNode } from 'react';
import type { ChangeTimeline } from '@accord/proto/api-history';
import { Section } from '../parts/page.tsx';
import { Choice } from '../parts/search-field.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { tellMs } from '../parts/tell-time.ts';
import { useFilter } from '../parts/use-filter.ts';
import { VirtualTable, type Column } from '../parts/virtual-table.tsx';
import { Steps } from './steps.tsx';
import { fallsOf, piecesOf, scaleOf, type Fall } from './waterfall.ts';

const clocks = { '': 'of the hub', raw: 'as each side read its own' };

/** One bar for each cluster, from the call to the hub's own view. */
export function WaterfallTable({ change }: { readonly change: ChangeTimeline }): ReactNode {
  const [clock, setClock] = useFilter('clock');
  const [shown, show] = useFilter('on');
  const falls = useMemo(() => fallsOf(change, clock === 'raw' ? 'raw' : 'corrected'), [change, clock]);
  const columns = useMemo(() => columnsOf(scaleOf(falls), show), [falls, show]);
  const chosen = falls.find(({ on }) => on.cluster === shown);
  return (
    <Section title={`On ${falls.length} clusters`} aside={<Choice label="Clock" value={clock} options={clocks} onChange={setClock} />}>
      {chosen !== undefined && <Steps fall={chosen} onClose={() => show('')} />}
      <VirtualTable
        label="Clusters of the change"
        columns={columns}
        rows={falls}
        total={falls.length}
        keyOf={({ on }) => on.cluster}
        onEnd={nothing}
      />
    </Section>
  );
}

/** Everything is here already. */
function nothing(): void {}

function columnsOf(scaleMs: number, show: (cluster: string) => void): readonly Column<Fall>[] {
  return [
    {
      name: 'Cluster',
      width: 'minmax(9rem, 1fr)',
      cell: ({ on: { cluster } }) => (
        <button type="button" className="link" onClick={() => show(cluster)}>
          {cluster}
        </button>
      ),
    },
    { name: 'State', width: '8rem', cell: ({ on: { state } }) => <StateMark state={state} /> },
    { name: 'Took', width: '6rem', isNumber: true, cell: ({ totalMs }) => (totalMs === 0 ? '–' : tellMs(totalMs)) },
    {
      name: `From the call on, ${tellMs(scaleMs)} wide`,
      width: 'minmax(14rem, 3fr)',
      cell: (fall) => <Bar fall={fall} scaleMs={scaleMs} />,
    },
    { name: 'What it says', width: 'minmax(12rem, 2fr)', cell: ({ on: { sentence } }) => <span title={sentence}>{sentence}</span> },
  ];
}

function Bar({ fall, scaleMs }: { readonly fall: Fall; readonly scaleMs: number }): ReactNode {
  const pieces = piecesOf(fall, scaleMs);
  const text = pieces.map(({ hop, ms }) => `${hop} ${tellMs(ms)}`).join(', ');
  if (pieces.length === 0) return <span className="dim">not heard of yet</span>;
  return (
    <span className="fall" role="img" aria-label={text} title={text}>
      {pieces.map(({ hop, left, width }) => (
        <span key={hop} className={`hop-${hop}`} style={{ left: `${left}%`, width: `${width}%` }} />
      ))}
    </span>
  );
}
