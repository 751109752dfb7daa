import type { ReactNode } from 'react';
import type { AccessRow } from '@accord/proto/api-access';
import { Link } from 'wouter';
import { useAccess } from '../hub/queries.ts';
import { Command, Nothing } from '../parts/answer.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { flatten } from '../parts/list.ts';
import { Section } from '../parts/page.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { useFilter } from '../parts/use-filter.ts';
import type { Column } from '../parts/virtual-table.tsx';

const columns: readonly Column<AccessRow>[] = [
  { name: 'Who', width: 'minmax(11rem, 1.4fr)', cell: ({ subject }) => `${subject.kind} ${nameOf(subject)}` },
  { name: 'Role', width: 'minmax(10rem, 1fr)', cell: ({ role }) => `${role.kind} ${role.name}` },
  {
    name: 'Namespace',
    width: 'minmax(8rem, 1fr)',
    cell: ({ namespace }) => (namespace === '' ? <span className="dim">the whole cluster</span> : namespace),
  },
  { name: 'Clusters', width: '6rem', isNumber: true, cell: ({ clusters }) => <span title={told(clusters)}>{count(clusters.total)}</span> },
  { name: 'Applied', width: '6rem', isNumber: true, cell: ({ clusters }) => count(clusters.applied) },
  {
    name: 'Policy',
    width: 'minmax(9rem, 1fr)',
    cell: ({ policy }) => <Link href={`/policies/${encodeURIComponent(policy)}`}>{policy}</Link>,
  },
  { name: 'Until', width: '13rem', cell: ({ until }) => until ?? <span className="dim">no end</span> },
];

function nameOf({ name, namespace }: AccessRow['subject']): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

function told({ total, names }: AccessRow['clusters']): string {
  return [...names, ...(total > names.length ? [`and ${count(total - names.length)} more`] : [])].join('\n');
}

function count(clusters: number): string {
  return clusters.toLocaleString('en');
}

/** Who may do what on the clusters by policies, and where that is applied. */
export function GrantList(): ReactNode {
  const [subject, setSubject] = useFilter('subject');
  const [role, setRole] = useFilter('role');
  const [namespace, setNamespace] = useFilter('namespace');
  const [cluster, setCluster] = useFilter('cluster');
  const list = useAccess({ subject, role, namespace, cluster });
  const isFiltered = subject + role + namespace + cluster !== '';
  const keyOf = ({ subject: who, role: what, namespace: where, policy, until }: AccessRow): string =>
    JSON.stringify([who, what, where, policy, until]);
  return (
    <Section title="Who may what" aside={<span className="dim">rights by policies: {count(flatten(list).total)}</span>}>
      <div className="filters">
        <SearchField label="User, group or service account" value={subject} onChange={setSubject} />
        <SearchField label="Role" value={role} onChange={setRole} />
        <SearchField label="Namespace" value={namespace} onChange={setNamespace} />
        <SearchField label="Cluster" value={cluster} onChange={setCluster} />
      </div>
      <ListTable
        label="Who may what"
        list={list}
        columns={columns}
        keyOf={keyOf}
        empty={
          isFiltered ? (
            <Nothing title="No policy grants that.">Names are compared as a whole: Group/team, or team.</Nothing>
          ) : (
            <Nothing title="No policy grants anything.">
              <Command>accord grant view --group team -l env=prod --for 2h --reason WHY</Command>
            </Nothing>
          )
        }
      />
    </Section>
  );
}
