import type { JsonObject } from '@accord/proto/canonical';
import { isAlias, isMap, isScalar, LineCounter, parseAllDocuments, type Document } from 'yaml';
import { kinds, type Kind } from './kinds.ts';
import { pathSteps } from './path-steps.ts';
import { objectFaults, type ObjectFault } from './object-faults.ts';

/** An object that people wrote, and where. */
export interface WrittenObject {
  readonly kind: Kind;
  readonly name: string;
  readonly body: JsonObject;
  /** `team.yaml:3:1` */
  readonly at: string;
  /** The same of a path in it, as faults name paths: `spec.namespaces[0].quota`. What is missing is at its parent. */
  readonly placeOf: (path: string) => string;
}

export interface ParsedFile {
  readonly objects: readonly WrittenObject[];
  /** One line each, beginning with file, line and column. Not empty means that nothing of the file may be used. */
  readonly faults: readonly string[];
}

/** Reads YAML (one or more documents) or JSON, strictly: duplicate keys, unknown fields and other kinds are faults. */
export function parseObjects(file: string, text: string): ParsedFile {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const parsed = documents.map((document) => parseDocument(document, (offset) => place(file, lines, offset)));
  return { objects: parsed.flatMap(({ objects }) => objects), faults: parsed.flatMap(({ faults }) => faults) };
}

type Place = (offset: number) => string;

function place(file: string, lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${file}:${line}:${col}`;
}

function parseDocument(document: Document.Parsed, at: Place): ParsedFile {
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) return { objects: [], faults: broken.map(({ pos, message }) => `${at(pos[0])}: ${message}`) };
  const value = valueOf(document);
  if (value.outcome === 'refused') return { objects: [], faults: [`${at(document.range[0])}: ${value.because}`] };
  if (value.value === null || value.value === undefined) return { objects: [], faults: [] };
  return read(value.value, [], (path) => at(offsetOf(document, path)));
}

/** A document whose aliases would expand to more than a machine can hold is refused by the library. */
function valueOf(
  document: Document.Parsed,
): { readonly outcome: 'read'; readonly value: unknown } | { readonly outcome: 'refused'; readonly because: string } {
  try {
    return { outcome: 'read', value: document.toJS({ maxAliasCount: 100 }) };
  } catch (error) {
    if (error instanceof ReferenceError) return { outcome: 'refused', because: error.message };
    throw error;
  }
}

type Path = readonly (string | number)[];

function read(value: unknown, prefix: Path, at: (path: Path) => string): ParsedFile {
  if (isList(value)) {
    const parsed = value.items.map((inner, index) => read(inner, [...prefix, 'items', index], at));
    return { objects: parsed.flatMap(({ objects }) => objects), faults: parsed.flatMap(({ faults }) => faults) };
  }
  const faults = objectFaults(value);
  if (faults.length > 0) return { objects: [], faults: faults.map((fault) => renderFault(fault, at([...prefix, ...fault.path]))) };
  // objectFaults has found kind, name and shape right.
  const body = value as JsonObject & { readonly kind: Kind; readonly metadata: { readonly name: string } };
  const placeOf = (path: string): string => at([...prefix, ...pathSteps(path)]);
  return { objects: [{ kind: body.kind, name: body.metadata.name, body, at: at(prefix), placeOf }], faults: [] };
}

function isList(value: unknown): value is { readonly items: readonly unknown[] } {
  const { kind, items } = (value ?? {}) as { readonly kind?: unknown; readonly items?: unknown };
  return Array.isArray(items) && (kind === 'List' || Object.keys(kinds).some((known) => kind === `${known}List`));
}

function renderFault({ where, message, help }: ObjectFault, at: string): string {
  return `${at}: ${where === '' ? '' : `${where}: `}${message} ${help}`.trimEnd();
}

/** Where the deepest part of a path stands that was written at all: what is missing is reported at its parent. */
export function offsetOf(document: Document.Parsed, path: Path): number {
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
