import type { ClusterRecord } from '@accord/proto/cluster';
import { isObject, type Json } from '@accord/proto/canonical';
import type { Fault } from './fault.ts';
import { childPath } from './json-path.ts';
import { isList } from './manifest.ts';
import { nearestName } from './nearest-name.ts';

/** `$${cluster.` is the escape; an expression ends at the first `}`. Nothing else is a template. */
const templates = /\$\$\{cluster\.|\$\{cluster\.([^}]*)(\}?)/g;
const fields = ['name', 'displayName', 'region', 'provider'] as const;
type Field = (typeof fields)[number];

interface Template {
  readonly source: string;
  readonly field: Field | undefined;
  readonly label: string | undefined;
  /** As in a shell, `:-` covers an empty value as well as a missing one. */
  readonly fallback: string | undefined;
  readonly pipe: 'int' | 'bool' | 'json' | undefined;
}

/** True while a text is not final: rules about values wait for the spoke, which knows the cluster. */
export function holdsTemplate(text: string): boolean {
  return /(?<!\$)\$\{cluster\./.test(text);
}

/** Replaces the templates in every text of a value, never in names of fields. What cannot be replaced for this cluster is a fault with its path. */
export function expandTemplates(
  value: Json,
  path: string,
  cluster: ClusterRecord,
): { readonly value: Json; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const expanded = walk(value, path, (text, at) => expandText(text, at, cluster, faults));
  return { value: expanded, faults };
}

/** Mistakes that no cluster can make good: unknown names and pipes, a missing brace. */
export function templateFaults(value: Json, path: string): readonly Fault[] {
  const faults: Fault[] = [];
  eachTemplate(value, path, (template, at) => {
    if (typeof template === 'string') faults.push(templateFault(at, template));
  });
  return faults;
}

/** Reads all of a cluster that the templates of a value look at: where that is the same, they become the same. */
export function templateInputs(value: Json): (cluster: ClusterRecord) => readonly (string | null)[] {
  const found = new Map<string, Template>();
  eachTemplate(value, '', (template) => {
    // What is faulty is so on every cluster, and an escape reads nothing.
    if (typeof template === 'string' || (template.field ?? template.label) === undefined) return;
    found.set(template.field ?? `labels.${template.label}`, { ...template, fallback: undefined });
  });
  const inputs = [...found.values()];
  return (cluster) => inputs.map((template) => valueOf(template, cluster) ?? null);
}

/** Each template in the texts of a value, or what is wrong with it. */
function eachTemplate(value: Json, path: string, visit: (template: Template | string, path: string) => void): void {
  walk(value, path, (text, at) => {
    for (const match of text.matchAll(templates)) visit(parseMatch(match, text), at);
    return text;
  });
}

/** Looking costs less than spelling out the path of every value, and most values hold none. */
function holdsAny(value: Json): boolean {
  if (typeof value === 'string') return value.includes('${cluster.');
  if (typeof value !== 'object' || value === null) return false;
  return isList(value) ? value.some(holdsAny) : Object.values(value).some(holdsAny);
}

/** The very same value where nothing was replaced. */
function walk(value: Json, path: string, replace: (text: string, path: string) => Json): Json {
  if (typeof value === 'string') return value.includes('${cluster.') ? replace(value, path) : value;
  if (!holdsAny(value)) return value;
  if (isList(value)) {
    const elements = value.map((element, index) => walk(element, childPath(path, index), replace));
    return elements.every((element, index) => element === value[index]) ? value : elements;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, member]): [string, Json] => [key, walk(member, childPath(path, key), replace)]);
  return entries.every(([key, member]) => member === value[key]) ? value : Object.fromEntries(entries);
}

function expandText(text: string, path: string, cluster: ClusterRecord, faults: Fault[]): Json {
  const fail = (message: string): string => {
    faults.push(templateFault(path, message));
    return '';
  };
  let typed: Json | undefined;
  const expanded = text.replace(templates, (source, ...groups) => {
    if (source.startsWith('$$')) return '${cluster.';
    const template = parseMatch([source, ...(groups as [string, string])], text);
    if (typeof template === 'string') return fail(template);
    const value = valueOf(template, cluster);
    if (value === undefined) return fail(missing(template, cluster));
    if (template.pipe !== undefined) {
      typed = convert(value, template.pipe);
      if (typed === undefined)
        return fail(`${template.source} is ${JSON.stringify(value)} on ${cluster.name}, which is no ${pipeNames[template.pipe]}.`);
    }
    return value;
  });
  return typed ?? expanded;
}

/** The template, or what is wrong with it. */
function parseMatch(match: readonly (string | undefined)[], text: string): Template | string {
  const [source = '', inner = '', end] = match;
  if (source.startsWith('$$')) return { source, field: undefined, label: undefined, fallback: undefined, pipe: undefined };
  if (end !== '}') return `The template ${source} has no closing brace.`;
  const [, expression = '', pipe] = /^(.*?)(?:\s*\|\s*(\w+)\s*)?$/s.exec(inner) ?? [];
  if (pipe !== undefined && !isPipe(pipe)) return `${source} uses the unknown conversion "${pipe}"; there are int, bool and json.`;
  if (pipe !== undefined && text !== source) return `${source} has a conversion, so it must be the whole value.`;
  const [, name = '', fallback] = /^(.*?)(?::-(.*))?$/s.exec(expression) ?? [];
  const label = name.startsWith('labels.') ? name.slice('labels.'.length) : undefined;
  const field = fields.find((known) => known === name);
  if (label === '' || (label === undefined && field === undefined)) return unknownName(source, name);
  return { source, field, label, fallback, pipe };
}

function unknownName(source: string, name: string): string {
  const near = nearestName(name, fields);
  const known =
    near === undefined ? 'there are cluster.name, .displayName, .region, .provider and .labels.KEY' : `did you mean cluster.${near}?`;
  return `${source} names nothing: ${known}${near === undefined ? '.' : ''}`;
}

function valueOf({ field, label, fallback }: Template, { name, labels, spec }: ClusterRecord): string | undefined {
  const value = field === undefined ? ownLabel(labels, label ?? '') : field === 'name' ? name : spec[field];
  return fallback !== undefined && (value === undefined || value === '') ? fallback : value;
}

function ownLabel(labels: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

function missing({ source, label, field }: Template, cluster: ClusterRecord): string {
  const what = label === undefined ? `no ${field ?? ''}` : `no label ${label}`;
  return `${source} has no value: cluster ${cluster.name} has ${what}. Set it, or write a default as ${source.slice(0, -1)}:-default}.`;
}

const pipeNames = { int: 'integer', bool: 'true or false', json: 'JSON' } as const;

function isPipe(word: string): word is keyof typeof pipeNames {
  return Object.hasOwn(pipeNames, word);
}

function convert(value: string, pipe: keyof typeof pipeNames): Json | undefined {
  switch (pipe) {
    case 'int':
      return /^-?\d+$/.test(value) && Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
    case 'bool':
      return value === 'true' ? true : value === 'false' ? false : undefined;
    case 'json':
      return parseJson(value);
  }
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function templateFault(path: string, message: string): Fault {
  return { code: 'Template', path, message, help: 'Correct the template; $${cluster. writes the text itself.' };
}
