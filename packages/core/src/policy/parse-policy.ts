import type { JsonObject } from '@accord/proto/canonical';
import { isDnsLabel, type PolicyName } from '@accord/proto/ids';
import { hubFields, policyJsonSchema, policySpecSchema, unsupportedFields, type PolicySpec, type SchemaNode } from '@accord/proto/policy';
import { sortFaults, type Fault } from './fault.ts';
import { readJson } from './json-form.ts';
import { childPath, openPath, renderPath } from './json-path.ts';
import { nearestName } from './nearest-name.ts';
import { emptyForNull, readOverrides } from './overrides.ts';
import { selectorFaults } from '../labels/selector-faults.ts';

export type ParsedSpec =
  | {
      readonly outcome: 'parsed';
      readonly spec: PolicySpec;
      /** Fields of the hub that were sent back and left out. */ readonly dropped: readonly string[];
    }
  | { readonly outcome: 'invalid'; readonly faults: readonly Fault[] };

export type ParsedPolicy =
  | { readonly outcome: 'parsed'; readonly name: PolicyName; readonly spec: PolicySpec; readonly dropped: readonly string[] }
  | { readonly outcome: 'invalid'; readonly faults: readonly Fault[] };

type Issue = NonNullable<ReturnType<typeof policySpecSchema.safeParse>['error']>['issues'][number];

/** Reads `{metadata: {name}, spec}`, whatever else the document carries. All faults at once, with paths from the document. */
export function parsePolicy(document: unknown): ParsedPolicy {
  const { metadata, spec } = asRecord(document);
  const { name } = asRecord(metadata);
  const parsed = parsePolicySpec(spec);
  const nameFaults = typeof name === 'string' && isDnsLabel(name) ? [] : [badName(name)];
  if (parsed.outcome === 'invalid') return { outcome: 'invalid', faults: sortFaults([...nameFaults, ...parsed.faults]) };
  return nameFaults.length > 0 ? { outcome: 'invalid', faults: nameFaults } : { ...parsed, name: name as PolicyName };
}

/** Reads a spec and fills in its defaults. Strict: what it does not know is a fault, never dropped in silence. */
export function parsePolicySpec(input: unknown): ParsedSpec {
  const { value, faults } = readJson(emptyForNull(input), 'spec');
  if (faults.length > 0) return { outcome: 'invalid', faults: sortFaults(faults) };
  const { kept, dropped } = dropHubFields(value);
  const result = policySpecSchema.safeParse(kept);
  if (result.success) {
    const { overrides, ...spec } = result.data;
    const read = readOverrides(overrides ?? [], parsePolicySpec);
    const found = [...inSelectors(result.data), ...read.faults];
    if (found.length > 0) return { outcome: 'invalid', faults: sortFaults(found) };
    return { outcome: 'parsed', spec: overrides === undefined ? spec : { ...spec, overrides: read.overrides }, dropped };
  }
  const schema = policyJsonSchema();
  return { outcome: 'invalid', faults: sortFaults(result.error.issues.flatMap((issue) => faultsOf(issue, kept, schema))) };
}

function inSelectors({ clusterSelector = {}, namespaceSelector = {}, overrides = [] }: PolicySpec): readonly Fault[] {
  const ofOverrides = overrides.flatMap(({ clusterSelector: selector }, index) =>
    selectorFaults(selector, `spec.overrides[${index}].clusterSelector`),
  );
  const ofNamespaces = selectorFaults(namespaceSelector.selector ?? {}, 'spec.namespaceSelector.selector');
  return [...selectorFaults(clusterSelector, 'spec.clusterSelector'), ...ofNamespaces, ...ofOverrides];
}

function dropHubFields(value: unknown): { readonly kept: unknown; readonly dropped: readonly string[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kept: value, dropped: [] };
  const fields = Object.entries(value);
  return {
    kept: Object.fromEntries(fields.filter(([field]) => !hubFields.includes(field))),
    dropped: fields.filter(([field]) => hubFields.includes(field)).map(([field]) => childPath('spec', field)),
  };
}

function faultsOf(issue: Issue, input: unknown, schema: SchemaNode): readonly Fault[] {
  const path = renderPath('spec', issue.path);
  const value = valueAt(input, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownField([...issue.path, key], nodeAt(schema, issue.path)));
    case 'invalid_type':
      return [value === undefined ? missing(path) : wrongType(path, value, issue.expected)];
    case 'invalid_union':
      return [value === undefined ? missing(path) : wrongType(path, value, 'text or an integer')];
    case 'invalid_value':
      return [value === undefined ? missing(path) : badValue(issue.path, value, issue.values.map(String))];
    case 'too_big':
      return [
        {
          code: 'TooLarge',
          path,
          message: `${sizeOf(value)} exceeds the limit of ${issue.maximum}.`,
          help: `Stay at or below ${issue.maximum}.`,
        },
      ];
    case 'too_small':
      return [
        {
          code: 'InvalidValue',
          path,
          message: `${sizeOf(value)} is below the minimum of ${issue.minimum}.`,
          help: `Write at least ${issue.minimum}.`,
        },
      ];
    case 'custom':
      return [value === undefined ? missing(path) : custom(path, issue)];
    default:
      return [
        { code: 'InvalidValue', path, message: `${JSON.stringify(value) ?? 'Nothing'} is not accepted: ${issue.message}.`, help: '' },
      ];
  }
}

function unknownField(steps: readonly PropertyKey[], parent: SchemaNode | undefined): Fault {
  const path = renderPath('spec', steps);
  if (unsupportedFields.has(openPath('spec', steps))) return unsupported(path);
  const known = Object.keys(parent?.properties ?? {});
  const near = nearestName(String(steps.at(-1)), known);
  const help = near === undefined ? `Known here: ${known.toSorted().join(', ')}.` : `Did you mean ${near}?`;
  return { code: 'UnknownField', path, message: `There is no field ${String(steps.at(-1))} here.`, help };
}

function badValue(steps: readonly PropertyKey[], value: unknown, known: readonly string[]): Fault {
  const path = renderPath('spec', steps);
  const near = typeof value === 'string' ? nearestName(value, known) : undefined;
  const help = near === undefined ? `Write one of ${known.join(', ')}.` : `Did you mean ${near}?`;
  return { code: 'InvalidValue', path, message: `${JSON.stringify(value)} is not accepted here.`, help };
}

function unsupported(path: string): Fault {
  return { code: 'Unsupported', path, message: `${path} is not supported by this version.`, help: 'Leave it out.' };
}

function missing(path: string): Fault {
  return { code: 'MissingField', path, message: 'This field is required.', help: 'Add it.' };
}

function wrongType(path: string, value: unknown, expected: string): Fault {
  const wanted = expected === 'string' ? 'text' : expected === 'record' ? 'object' : expected === 'int' ? 'integer' : expected;
  const isScalar = typeof value === 'number' || typeof value === 'boolean';
  const help = wanted === 'text' && isScalar ? `Put it in quotes: "${value}".` : '';
  return { code: 'WrongType', path, message: `This is ${typeName(value)}; wanted: ${wanted}.`, help };
}

function custom(path: string, issue: Issue & { readonly code: 'custom' }): Fault {
  const code = issue.params?.['limit'] === undefined ? 'InvalidValue' : 'TooLarge';
  return { code, path, message: `This part is refused: ${issue.message}.`, help: '' };
}

function badName(name: unknown): Fault {
  const help = 'Use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends.';
  return {
    code: name === undefined ? 'MissingField' : 'InvalidValue',
    path: 'metadata.name',
    message: 'A policy needs a DNS label as its name.',
    help,
  };
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' ? 'text' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function sizeOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `A list of ${value.length}`;
  return typeof value === 'string' ? `A text of ${value.length} characters` : 'This';
}

function nodeAt(schema: SchemaNode, steps: readonly PropertyKey[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = schema;
  for (const step of steps) node = typeof step === 'number' ? node?.items : node?.properties?.[String(step)];
  return node;
}

function valueAt(input: unknown, steps: readonly PropertyKey[]): unknown {
  let value = input;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as JsonObject)[String(step)];
  }
  return value;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
