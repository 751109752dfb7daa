import { matchPattern } from './match-pattern.ts';

/** Stands for any text, and is in no pattern: only a `*` takes it. */
const anything = '\u0000';

/** True when a pattern takes the name, whatever the templates in it become and whatever a `*` in it stands for. */
export function coversName(patterns: readonly string[], name: string): boolean {
  const open = name.replace(/\$\{[^}]*\}?/g, anything).replaceAll('*', anything);
  return patterns.some((pattern) => matchPattern(pattern, open));
}
