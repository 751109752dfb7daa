import type { ReactNode } from 'react';
import type { auditSchema } from '@accord/proto/api';
import { Link } from 'wouter';
import type { z } from 'zod';
import { usePages } from '../hub/queries.ts';
import { Nothing } from '../parts/answer.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { Moment } from '../parts/moment.tsx';
import { Page } from '../parts/page.tsx';
import { Choice, SearchField } from '../parts/search-field.tsx';
import { ToneMark } from '../parts/state-mark.tsx';
import type { Tone } from '../parts/tone.ts';
import { useFilter } from '../parts/use-filter.ts';
import type { Column } from '../parts/virtual-table.tsx';

type Audit = z.infer<typeof auditSchema>;
type Entry = Audit['items'][number];

const tones: Readonly<Record<Entry['result'], Tone>> = { stored: 'good', done: 'quiet', refused: 'bad', lost: 'warn' };
const results = { '': 'any', stored: 'stored', refused: 'refused', done: 'done', lost: 'lost' };

const columns: readonly Column<Entry>[] = [
  { name: 'When', width: '7rem', cell: ({ at }) => <Moment at={at} /> },
  { name: 'Who', width: 'minmax(9rem, 1fr)', cell: ({ actor }) => actor },
  { name: 'Did', width: 'minmax(8rem, 1fr)', cell: ({ action, count }) => `${action}${count > 1 ? ` × ${count}` : ''}` },
  { name: 'On', width: 'minmax(12rem, 1.5fr)', cell: ({ object }) => object },
  { name: 'Result', width: '7rem', cell: ({ result }) => <ToneMark tone={tones[result]}>{result}</ToneMark> },
  {
    name: 'Change',
    width: 'minmax(9rem, 1fr)',
    cell: ({ change }) => change !== '' && <Link href={`/changes/${encodeURIComponent(change)}`}>{change}</Link>,
  },
  { name: 'Why', width: 'minmax(12rem, 2fr)', cell: ({ reason, detail }) => <span title={detail}>{reason === '' ? detail : reason}</span> },
];

/** Who did what, when, and what was refused. */
export function AuditPage(): ReactNode {
  const [actor, setActor] = useFilter('actor');
  const [object, setObject] = useFilter('object');
  const [result, setResult] = useFilter('result');
  const list = usePages<Audit>(['changes', 'audit'], '/v1/audit', { actor, object, result });
  const keyOf = (entry: Entry): string => `${entry.at} ${entry.actor} ${entry.action} ${entry.object} ${entry.change}`;
  return (
    <Page title="Audit">
      <div className="filters">
        <SearchField label="Who" value={actor} onChange={setActor} />
        <SearchField label="Object" value={object} onChange={setObject} />
        <Choice label="Result" value={result} options={results} onChange={setResult} />
      </div>
      <ListTable label="Audit" list={list} columns={columns} keyOf={keyOf} empty={<Nothing title="Nobody did anything like that." />} />
    </Page>
  );
}
