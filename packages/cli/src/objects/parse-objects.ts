import type { JsonObject } from '@accord/proto/canonical';
import { kinds, type Kind } from './kinds.ts';
import { pathSteps } from './path-steps.ts';
import { objectFaults, type ObjectFault } from './object-faults.ts';
import { readYaml, type YamlPath } from './read-yaml.ts';

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
  const parsed = readYaml(file, text).map((document) =>
    document.outcome === 'broken' ? { objects: [], faults: document.faults } : read(document.value, [], document.at),
  );
  return { objects: parsed.flatMap(({ objects }) => objects), faults: parsed.flatMap(({ faults }) => faults) };
}

function read(value: unknown, prefix: YamlPath, at: (path: YamlPath) => string): ParsedFile {
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
