import type { ReactNode } from 'react';
import type { RevisionDiff, revisionsSchema } from '@accord/proto/api-history';
import { Link } from 'wouter';
import type { z } from 'zod';
import { useAnswer } from '../hub/queries.ts';
import { Answer, Command } from '../parts/answer.tsx';
import { Moment } from '../parts/moment.tsx';
import { Section } from '../parts/page.tsx';
import { SmallTable, type SmallTableProps } from '../parts/small-table.tsx';
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
          <SmallTable
            caption={`Revisions of ${name}, newest first`}
            columns={columnsOf(shown, show)}
            rows={items}
            keyOf={({ change }) => change}
          />
          {shown !== '' && <Difference name={name} revision={Number(shown)} />}
        </div>
      )}
    </Answer>
  );
}

function columnsOf(shown: string, show: (revision: string) => void): SmallTableProps<RevisionList['items'][number]>['columns'] {
  return [
    {
      name: 'Revision',
      cell: ({ policy, revision }) => (
        <button type="button" className="plain" aria-pressed={shown === String(revision)} onClick={() => show(String(revision))}>
          {policy}@{revision}
        </button>
      ),
    },
    { name: 'What', cell: ({ type }) => type },
    {
      name: 'When',
      cell: ({ at, change }) => (
        <Link href={`/changes/${encodeURIComponent(change)}`}>
          <Moment at={at} />
        </Link>
      ),
    },
    { name: 'By', cell: ({ actor }) => actor },
    { name: 'Why', cell: ({ reason }) => reason },
  ];
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
