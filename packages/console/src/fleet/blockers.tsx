import type { ReactNode } from 'react';
import type { Row } from '@accord/proto/api';
import { Link } from 'wouter';
import { Section } from '../parts/page.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { groupProblems } from './group-problems.ts';

const shownMax = 8;

/** What needs a person, by what it is and not by how often. */
export function Blockers({ problems }: { readonly problems: readonly Row[] }): ReactNode {
  const blockers = groupProblems(problems);
  if (blockers.length === 0) return null;
  return (
    <Section title="Needs a person">
      <ul className="blockers">
        {blockers.slice(0, shownMax).map(({ policy, state, reason, clusters, sentence }) => (
          <li key={`${policy} ${state} ${reason}`}>
            <StateMark state={state} />
            <div>
              <Link href={`/policies/${encodeURIComponent(policy)}?state=${state}`}>{policy}</Link> on {tellClusters(clusters)}
              <p>{sentence}</p>
            </div>
          </li>
        ))}
      </ul>
      {blockers.length > shownMax && <p className="dim">and {blockers.length - shownMax} more</p>}
    </Section>
  );
}

function tellClusters(clusters: readonly string[]): ReactNode {
  const [first = '', ...rest] = clusters;
  return (
    <>
      <Link href={`/clusters/${encodeURIComponent(first)}`}>{first}</Link>
      {rest.length > 0 && ` and ${rest.length} more`}
    </>
  );
}
