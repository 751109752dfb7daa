import type { ReactNode } from 'react';
import type { ChangeTimeline } from '@accord/proto/api-history';
import { Link } from 'wouter';
import { useChange } from '../hub/queries.ts';
import { Answer, Nothing } from '../parts/answer.tsx';
import { Page, Section } from '../parts/page.tsx';
import { CountBar } from '../parts/row-counts.tsx';
import { Moment } from '../parts/moment.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { tellMs } from '../parts/tell-time.ts';
import { Fact } from '../policy/policy-page.tsx';
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
  const waiting = clusters.filter(({ state }) => state !== 'Applied');
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

function Hops({ hops }: Pick<ChangeTimeline, 'hops'>): ReactNode {
  return (
    <Section title="Where the time went, over all clusters that have it">
      <table className="plain-table">
        <thead>
          <tr>
            <th>Hop</th>
            <th className="number">half within</th>
            <th className="number">95 % within</th>
            <th className="number">longest</th>
            <th>on</th>
          </tr>
        </thead>
        <tbody>
          {hops.map(({ hop, p50Ms, p95Ms, maxMs, slowest }) => (
            <tr key={hop}>
              <td>
                <span className={`swatch hop-${hop}`} aria-hidden="true" /> {hop}
              </td>
              <td className="number">{tellMs(p50Ms)}</td>
              <td className="number">{tellMs(p95Ms)}</td>
              <td className="number">{tellMs(maxMs)}</td>
              <td>{slowest}</td>
            </tr>
          ))}
        </tbody>
      </table>
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
