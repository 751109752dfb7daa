import { subjectName } from '@accord/core/access/grants-of';
import type { AccessRow } from '@accord/proto/api-access';

/** More are counted, unless the table is wide. */
const namesMax = 3;

/** With their heading. */
export function accessCells(rows: readonly AccessRow[], { isWide }: { readonly isWide: boolean }): readonly (readonly string[])[] {
  const heading = ['SUBJECT', 'ROLE', 'NAMESPACE', 'CLUSTERS', 'POLICY', 'UNTIL'];
  return [heading, ...rows.map((row) => cellsOf(row, isWide))];
}

function cellsOf({ subject, role, namespace, clusters, policy, until = '-' }: AccessRow, isWide: boolean): readonly string[] {
  return [
    `${subject.kind} ${subjectName(subject)}`,
    `${role.kind} ${role.name}`,
    namespace || '*',
    clustersCell(clusters, isWide),
    policy,
    until,
  ];
}

/** `prod-eu-1,prod-us-1 (1 applied)`, or how many: `48 (47 applied)`. */
function clustersCell({ total, applied, names }: AccessRow['clusters'], isWide: boolean): string {
  const left = total - names.length;
  const named = `${names.join(',')}${left > 0 ? ` and ${left} more` : ''}`;
  return `${isWide || total <= namesMax ? named : total}${applied < total ? ` (${applied} applied)` : ''}`;
}
