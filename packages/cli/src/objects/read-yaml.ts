import { isAlias, isMap, isScalar, LineCounter, parseAllDocuments, type Document } from 'yaml';

export type YamlPath = readonly (string | number)[];

export type YamlDocument =
  | {
      readonly outcome: 'read';
      readonly value: unknown;
      /** File, line and column of a path in it. What is missing is at its parent. */
      readonly at: (path: YamlPath) => string;
    }
  /** One line each, beginning with file, line and column. */
  | { readonly outcome: 'broken'; readonly faults: readonly string[] };

/** Of what a parser finds in text that is no YAML, most follows from the first. */
const shownMax = 3;

/** The documents of a file that people wrote, in YAML or JSON. Empty ones are left out; a key that comes twice is a fault. */
export function readYaml(file: string, text: string): readonly YamlDocument[] {
  const lines = new LineCounter();
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  return parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
    .map((document) => readDocument(document, place))
    .filter((read) => read.outcome === 'broken' || (read.value ?? null) !== null);
}

function readDocument(document: Document.Parsed, place: (offset: number) => string): YamlDocument {
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    const [shown, more] = [broken.slice(0, shownMax), broken.length - shownMax];
    const faults = shown.map(({ pos, message }) => `${place(pos[0])}: ${message}`);
    return { outcome: 'broken', faults: more > 0 ? [...faults, `… and ${more} more, which the first may have caused`] : faults };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return { outcome: 'read', value, at: (path) => place(offsetOf(document, path)) };
  } catch (error) {
    // An alias of nothing, or aliases that would expand to more than a machine can hold.
    if (error instanceof ReferenceError) return { outcome: 'broken', faults: [`${place(document.range[0])}: ${error.message}`] };
    throw error;
  }
}

/** Where the deepest part of a path stands that was written at all: what is missing is reported at its parent. */
function offsetOf(document: Document.Parsed, path: YamlPath): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === step) : undefined;
    const next: unknown =
      pair === undefined ? (node as { get?: (step: unknown, keep: true) => unknown } | undefined)?.get?.(step, true) : pair.value;
    const key: unknown = pair?.key;
    const range = (isScalar(key) ? key.range : undefined) ?? (next as { range?: readonly number[] } | undefined)?.range;
    if (range?.[0] === undefined) return offset;
    offset = range[0];
    node = next;
  }
  return offset;
}
