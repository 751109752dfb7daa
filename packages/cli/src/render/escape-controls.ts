/**
 * Characters with which text can move the cursor, change the terminal or hide itself: C0 and C1 controls, line and
 * paragraph separators, and those that turn the direction of writing (CVE-2021-42574).
 */
const controls = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Shows every control character as an escape, so that what a cluster says cannot play tricks on a terminal. */
export function escapeControls(text: string): string {
  return text.replace(controls, (character) => short[character] ?? unicodeEscape(character));
}

/** The same for every text inside a value, keys included. */
export function escapeControlsIn(value: unknown): unknown {
  if (typeof value === 'string') return escapeControls(value);
  if (Array.isArray(value)) return value.map(escapeControlsIn);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [escapeControls(key), escapeControlsIn(inner)]));
}

/** For text whose own syntax understands `\uXXXX` (JSON, double-quoted YAML): line breaks and tabs are part of its layout. */
export function unicodeEscapes(text: string): string {
  return text.replace(controls, (character) => (character === '\n' || character === '\t' ? character : unicodeEscape(character)));
}

export function hasControls(text: string): boolean {
  return text.search(controls) >= 0;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
