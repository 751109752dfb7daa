/** The first cells, where they are code, of every table below a heading and its subheadings. */
export function codesBelow(markdown: string, heading: string): string[] {
  return rowsBelow(markdown, heading).flatMap(([first = '']) => /^`([^`]+)`$/.exec(first)?.[1] ?? []);
}

/** The rows of every table below a heading and its subheadings, without their head. */
export function rowsBelow(markdown: string, heading: string): string[][] {
  const lines = markdown.split('\n');
  const start = lines.indexOf(heading);
  if (start < 0) throw new RangeError(`there is no heading ${heading}`);
  const level = heading.slice(0, heading.indexOf(' ') + 1);
  const end = lines.findIndex((line, at) => at > start && isHeadingAbove(line, level));
  const rows = lines.slice(start, end < 0 ? undefined : end).filter((line) => line.startsWith('|'));
  return rows.map(cellsOf).filter((_, at) => !isRule(rows[at]) && !isRule(rows[at + 1]));
}

function isHeadingAbove(line: string, level: string): boolean {
  const hashes = /^#+ /.exec(line)?.[0];
  return hashes !== undefined && hashes.length <= level.length;
}

const isRule = (row: string | undefined): boolean => row !== undefined && /^\|[-|: ]+$/.test(row);

const cellsOf = (row: string): string[] =>
  row
    .slice(1, row.lastIndexOf('|'))
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
