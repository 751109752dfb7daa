/**
 * Columns as wide as their widest cell, three spaces between them, nothing after the last: the layout of kubectl.
 * A table that goes on later gives the same `widths` again, which only grow, so that its columns stay where they are.
 */
export function renderTable(rows: readonly (readonly string[])[], widths: number[] = []): readonly string[] {
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell) + 3)))
      .join('')
      .trimEnd(),
  );
}

/** Under a heading, each line set in by two spaces. */
export function renderSection(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((line) => (line === '' ? '' : `  ${line}`))];
}

/** Code points, so that a letter outside the basic plane counts once. */
function widthOf(cell: string): number {
  return Array.from(cell).length;
}
