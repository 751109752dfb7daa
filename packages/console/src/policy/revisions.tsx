import type { ReactNode } from 'react';
import type { RevisionDiff, revisionsSchema } from '@accord/proto/api-history';
import { Link } from 'wouter';
import type { z } from 'zod';
import { useAnswer } from '../hub/queries.ts';
import { Answer, Command } from '../parts/answer.tsx';
import { Moment } from '../parts/moment.tsx';
import { Section } from '../parts/page.tsx';
import { useFilter } from '../parts/use-filter.ts';
import { Differences } from './differences.tsx';

type RevisionList = z.infer<typeof revisionsSchema>;

/** How a policy came to be, and what each revision changed. */
export function Revisions({ name }: { readonly name: string }): ReactNode {
  const path = `/v1/policies/${encodeURIComponent(name)}`;
  const list = useAnswer<RevisionList>(['policy', name, 'revisions'], `${path}/revisions`);
  const [shown, show] = useFilter('revision');
  return (
    <Answer of={list}>
      {({ items }) => (
        <div className="columns">
          <table className="plain-table">
            <caption className="unseen">Revisions of {name}, newest first</caption>
            <thead>
              <tr>
                <th>Revision</th>
                <th>What</th>
                <th>When</th>
                <th>By</th>
                <th>Why</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ revision, type, at, actor, reason, change }) => (
                <tr key={change}>
                  <td>
                    <button
                      type="button"
                      className="plain"
                      aria-pressed={shown === String(revision)}
                      onClick={() => show(String(revision))}
                    >
                      {name}@{revision}
                    </button>
                  </td>
                  <td>{type}</td>
                  <td>
                    <Link href={`/changes/${encodeURIComponent(change)}`}>
                      <Moment at={at} />
                    </Link>
                  </td>
                  <td>{actor}</td>
                  <td>{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {shown !== '' && <Difference name={name} revision={Number(shown)} />}
        </div>
      )}
    </Answer>
  );
}

function Difference({ name, revision }: { readonly name: string; readonly revision: number }): ReactNode {
  const query = { from: revision - 1, to: revision };
  if (revision <= 1)
    return (
      <Section title={`${name}@1`}>
        <p className="dim">This is the first revision: there is nothing before it.</p>
      </Section>
    );
  return <Between name={name} query={query} />;
}

function Between({ name, query }: { readonly name: string; readonly query: { readonly from: number; readonly to: number } }): ReactNode {
  const diff = useAnswer<RevisionDiff>(['policy', name, 'diff'], `/v1/policies/${encodeURIComponent(name)}/diff`, query);
  return (
    <Section title={`${query.from} → ${query.to}`}>
      <Answer of={diff}>
        {({ differences }) => (
          <>
            <Differences differences={differences} />
            <p className="dim">
              To go back: <Command>{`accord revert ${name}@${query.from}`}</Command>
            </p>
          </>
        )}
      </Answer>
    </Section>
  );
}
