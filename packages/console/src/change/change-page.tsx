import type { ReactNode } from 'react';
import { isSettled } from '@accord/core/status/states';
import type { ChangeTimeline } from '@accord/proto/api-history';
import { Link } from 'wouter';
import { useChange } from '../hub/queries.ts';
import { Answer, Nothing } from '../parts/answer.tsx';
import { Page, Section } from '../parts/page.tsx';
import { CountBar } from '../parts/row-counts.tsx';
import { Moment } from '../parts/moment.tsx';
import { SmallTable, type SmallTableProps } from '../parts/small-table.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { tellMs } from '../parts/tell-time.ts';
import { Fact } from '../policy/policy-page.tsx';
import { HopName } from './hop-name.tsx';
import { WaterfallTable } from './waterfall-table.tsx';

const crumbs = [{ name: 'Changes', to: '/changes' }];

/** Where a change is on every cluster, how long each hop took, and what it waits for. */
export function ChangePage({ id }: { readonly id: string }): ReactNode {
  const change = useChange(id);
  return (
    <Page title={id} crumbs={crumbs}>
      <Answer of={change}>{(told) => <Told change={told} />}</Answer>
    </Page>
  );
}

function Told({ change }: { readonly change: ChangeTimeline }): ReactNode {
  const { clusters, hops, notSelected } = change;
  const counts: Record<string, number> = {};
  for (const { state } of clusters) counts[state] = (counts[state] ?? 0) + 1;
  return (
    <>
      <Head change={change} />
      <CountBar counts={counts} />
      <Waits clusters={clusters} />
      {hops.length > 0 && <Hops hops={hops} />}
      {clusters.length === 0 ? <Nothing title="It reaches no cluster, or none has answered yet." /> : <WaterfallTable change={change} />}
      {notSelected.total > 0 && <NotSelected notSelected={notSelected} />}
    </>
  );
}

function Head({ change }: { readonly change: ChangeTimeline }): ReactNode {
  const { object, type, actor, acceptedAt, reason, source, supersededBy, traceparent, traceUrl } = change;
  const [, traceId = ''] = traceparent.split('-');
  return (
    <dl className="facts">
      <Fact name="What">
        {type} of <Link href={pageOf(object)}>{object}</Link>
      </Fact>
      <Fact name="By">{actor}</Fact>
      <Fact name="Accepted">
        <Moment at={acceptedAt} />
      </Fact>
      {reason !== '' && <Fact name="Why">{reason}</Fact>}
      {source !== '' && <Fact name="From">{source}</Fact>}
      {supersededBy !== undefined && (
        <Fact name="Since then">
          <Link href={`/changes/${encodeURIComponent(supersededBy)}`}>{supersededBy}</Link>
        </Fact>
      )}
      <Fact name="Trace">
        {traceUrl === undefined ? (
          <code>{traceId}</code>
        ) : (
          <a href={traceUrl} rel="noreferrer">
            <code>{traceId}</code>
          </a>
        )}
      </Fact>
    </dl>
  );
}

function pageOf(object: string): string {
  const [kind = '', name = ''] = object.split('/');
  if (kind === 'policy') return `/policies/${encodeURIComponent(name)}`;
  return kind === 'cluster' ? `/clusters/${encodeURIComponent(name)}` : '/changes';
}

const waitsMax = 5;

/** What holds it up, in the words of the hub. */
function Waits({ clusters }: Pick<ChangeTimeline, 'clusters'>): ReactNode {
  const waiting = clusters.filter(({ state }) => !isSettled(state));
  if (waiting.length === 0) return null;
  return (
    <ul className="blockers">
      {waiting.slice(0, waitsMax).map(({ cluster, state, sentence }) => (
        <li key={cluster}>
          <StateMark state={state} />
          <p>{sentence}</p>
        </li>
      ))}
      {waiting.length > waitsMax && <li className="dim">and {waiting.length - waitsMax} more below</li>}
    </ul>
  );
}

const hopColumns: SmallTableProps<ChangeTimeline['hops'][number]>['columns'] = [
  { name: 'Hop', cell: ({ hop }) => <HopName hop={hop} /> },
  { name: 'half within', isNumber: true, cell: ({ p50Ms }) => tellMs(p50Ms) },
  { name: '95 % within', isNumber: true, cell: ({ p95Ms }) => tellMs(p95Ms) },
  { name: 'longest', isNumber: true, cell: ({ maxMs }) => tellMs(maxMs) },
  { name: 'on', cell: ({ slowest }) => slowest },
];

function Hops({ hops }: Pick<ChangeTimeline, 'hops'>): ReactNode {
  return (
    <Section title="Where the time went, over all clusters that have it">
      <SmallTable caption="Hops" columns={hopColumns} rows={hops} keyOf={({ hop }) => hop} />
    </Section>
  );
}

function NotSelected({ notSelected: { total, items } }: Pick<ChangeTimeline, 'notSelected'>): ReactNode {
  return (
    <Section title={`Not on ${total} others`}>
      <ul className="plain-list">
        {items.map(({ cluster, because }) => (
          <li key={cluster}>
            <Link href={`/clusters/${encodeURIComponent(cluster)}`}>{cluster}</Link> <span className="dim">{because}</span>
          </li>
        ))}
      </ul>
      {total > items.length && <p className="dim">and {total - items.length} more</p>}
    </Section>
  );
}
