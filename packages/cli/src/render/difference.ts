import { escapeControls } from './escape-controls.ts';
import { renderJsonLine, renderYaml } from './machine-text.ts';

/** One place at which two values differ; undefined on the side where nothing is. */
export interface Difference {
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** The lines of a diff: what was, then what is. What is more than one value stands below its path as YAML. */
export function renderDifference({ path, from, to }: Difference): readonly string[] {
  return [...side('-', path, from), ...side('+', path, to)];
}

function side(mark: string, path: string, value: unknown): readonly string[] {
  if (value === undefined) return [];
  const isWhole = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (!isWhole) return [`${mark} ${escapeControls(path)}: ${renderJsonLine(value)}`];
  const lines = renderYaml(value).split('\n');
  return path === '.'
    ? lines.map((line) => `${mark} ${line}`)
    : [`${mark} ${escapeControls(path)}:`, ...lines.map((line) => `${mark}   ${line}`)];
}

/** A block of Markdown that shows a diff, whatever is in it: its fence is longer than any row of backticks inside. */
export function renderDiffBlock(lines: readonly string[]): readonly string[] {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((ticks) => ticks.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}diff`, ...lines, fence];
}
