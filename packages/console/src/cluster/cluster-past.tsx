import { useState, type ReactNode } from 'react';
import type { ClusterAt } from '@accord/proto/api-history';
import { Link } from 'wouter';
import { useAnswer } from '../hub/queries.ts';
import { Answer } from '../parts/answer.tsx';
import { Labels } from '../parts/labels.tsx';
import { SmallTable, type SmallTableProps } from '../parts/small-table.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { useFilter } from '../parts/use-filter.ts';

/** What the cluster was told at a time, and what it had. */
export function ClusterPast({ name }: { readonly name: string }): ReactNode {
  const [at, setAt] = useFilter('at');
  const [text, setText] = useState(at === '' ? '1h' : at);
  return (
    <>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          setAt(text.trim());
        }}
      >
        <label>
          At <input value={text} onChange={(event) => setText(event.target.value)} aria-describedby="at-help" />
        </label>
        <button type="submit">Show</button>
        <span id="at-help" className="dim">
          a time such as 2026-11-24T15:00:00Z, or how long ago: 2h
        </span>
      </form>
      {at !== '' && <Past name={name} at={at} />}
    </>
  );
}

function Past({ name, at }: { readonly name: string; readonly at: string }): ReactNode {
  const past = useAnswer<ClusterAt>(['cluster', name, 'at'], `/v1/clusters/${encodeURIComponent(name)}`, { at });
  return (
    <Answer of={past}>
      {({ at: time, labels, mode, connection, told, had, gaps }) => (
        <>
          <p>
            At {time} it was {connection}, in mode {mode}, with <Labels labels={labels} />
          </p>
          <SmallTable caption={`Policies of ${name} then`} columns={columns} rows={joined(told, had)} keyOf={({ policy }) => policy} />
          {gaps.length > 0 && (
            <p className="dim">
              Of {gaps.length} stretches of its outcomes the hub has nothing:{' '}
              {gaps.map(({ firstN, lastN, reason }) => `${firstN} to ${lastN} (${reason})`).join(', ')}.
            </p>
          )}
        </>
      )}
    </Answer>
  );
}

interface Both {
  readonly policy: string;
  readonly wanted: ClusterAt['told'][number] | undefined;
  readonly has: ClusterAt['had'][number] | undefined;
}

const columns: SmallTableProps<Both>['columns'] = [
  { name: 'Policy', cell: ({ policy }) => <Link href={`/policies/${encodeURIComponent(policy)}`}>{policy}</Link> },
  {
    name: 'told',
    cell: ({ wanted }) =>
      wanted === undefined ? (
        'nothing'
      ) : (
        <Link href={`/changes/${encodeURIComponent(wanted.change)}`}>{`revision ${wanted.revision}`}</Link>
      ),
  },
  { name: 'had', cell: ({ has }) => (has === undefined ? 'nothing' : `revision ${has.revision}`) },
  { name: 'State', cell: ({ has }) => has !== undefined && <StateMark state={has.state} /> },
  { name: 'Objects', cell: ({ has }) => has !== undefined && `${has.applied} of ${has.desired}` },
];

function joined(told: ClusterAt['told'], had: ClusterAt['had']): readonly Both[] {
  const names = new Set([...told, ...had].map(({ policy }) => policy));
  return [...names].toSorted().map((name) => ({
    policy: name,
    wanted: told.find(({ policy }) => policy === name),
    has: had.find(({ policy }) => policy === name),
  }));
}
