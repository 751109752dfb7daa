import type { ReactNode } from 'react';
import type { Column } from './virtual-table.tsx';

export interface SmallTableProps<Row> {
  /** For whoever does not see where it stands. */
  readonly caption: string;
  readonly columns: readonly Omit<Column<Row>, 'width'>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/** A table that is shown whole. */
export function SmallTable<Row>({ caption, columns, rows, keyOf }: SmallTableProps<Row>): ReactNode {
  return (
    <table className="plain-table">
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ name, isNumber }) => (
            <th key={name} scope="col" className={isNumber === true ? 'number' : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ name, isNumber, cell }) => (
              <td key={name} className={isNumber === true ? 'number' : undefined}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
