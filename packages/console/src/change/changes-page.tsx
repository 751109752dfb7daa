import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useChanges, type Changes } from '../hub/queries.ts';
import { Nothing } from '../parts/answer.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { Moment } from '../parts/moment.tsx';
import { Page } from '../parts/page.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { useFilter } from '../parts/use-filter.ts';
import type { Column } from '../parts/virtual-table.tsx';

type Change = Changes['items'][number];

const columns: readonly Column<Change>[] = [
  { name: 'Change', width: 'minmax(12rem, 1.4fr)', cell: ({ id }) => <Link href={`/changes/${encodeURIComponent(id)}`}>{id}</Link> },
  { name: 'What', width: '10rem', cell: ({ type }) => type },
  { name: 'When', width: '7rem', cell: ({ acceptedAt }) => <Moment at={acceptedAt} /> },
  { name: 'By', width: 'minmax(8rem, 1fr)', cell: ({ actor }) => actor },
  { name: 'Why', width: 'minmax(10rem, 2fr)', cell: ({ reason }) => reason },
  { name: 'From', width: 'minmax(8rem, 1fr)', cell: ({ source }) => source },
];

/** What people did, newest first. */
export function ChangesPage(): ReactNode {
  const [policy, setPolicy] = useFilter('policy');
  const [cluster, setCluster] = useFilter('cluster');
  const [actor, setActor] = useFilter('actor');
  const list = useChanges({ policy, cluster, actor });
  return (
    <Page title="Changes">
      <div className="filters">
        <SearchField label="Policy" value={policy} onChange={setPolicy} />
        <SearchField label="Cluster" value={cluster} onChange={setCluster} />
        <SearchField label="Who" value={actor} onChange={setActor} />
      </div>
      <ListTable label="Changes" list={list} columns={columns} keyOf={({ id }) => id} empty={<Nothing title="Nothing was changed." />} />
    </Page>
  );
}
