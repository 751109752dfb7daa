import { canonicalJson, type Json, type JsonObject } from '@accord/proto/canonical';
import { policyJsonSchema, policyParts } from '@accord/proto/policy';
import { sealingSuite } from '@accord/proto/sealed-secret';
import fc from 'fast-check';

/** JSON Schema as zod writes it, as far as the kind needs it. */
interface Node {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Node | false;
  readonly items?: Node;
  readonly minItems?: number;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Node[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}
type Values = Readonly<Record<string, Json>>;

const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,6}[a-z0-9])?$/);
/** Whatever a text may hold, but for what no policy gets past the hub with: lone surrogates. */
const text = fc.string({ unit: 'binary', maxLength: 12 });
const amount = fc.oneof(fc.integer({ min: 0, max: 1e9 }), fc.constantFrom('1', '500m', '1.5', '1Gi', '${cluster.labels.size}'));
const free = fc.dictionary(
  name,
  fc.jsonValue({ maxDepth: 2 }).filter((value) => value !== null),
  { maxKeys: 3 },
);
const moment = fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
const end = fc.tuple(moment, fc.constantFrom('Z', '+02:00', '-00:30')).map(([at, zone]) => at.toISOString().replace('Z', zone));
const base64 = fc.uint8Array({ minLength: 1, maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const pattern = fc.stringMatching(/^[-a-z0-9*]{1,6}$/);
const manifest = fc
  .tuple(fc.constantFrom('v1', 'apps/v1'), name, fc.option(name, { nil: undefined }), free)
  .map(([apiVersion, called, namespace, spec]) => {
    const metadata = namespace === undefined ? { name: called } : { name: called, namespace };
    return { apiVersion, kind: 'Thing', metadata, spec };
  });

/** What the schema cannot tell: texts with a form, and parts that are free. */
const leaves: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'spec.description': text,
  'spec.clusterBindings[].until': end,
  'spec.namespaces[].annotations{}': text,
  'spec.namespaces[].name': fc.oneof(
    name,
    name.map((label) => `team-\${cluster.labels.${label}}`),
  ),
  'spec.namespaces[].podSecurity.version': fc.constantFrom('latest', 'v1.36'),
  'spec.namespaces[].bindings[].until': end,
  'spec.namespaces[].configMaps[].data{}': text,
  'spec.namespaces[].networkPolicies[].spec': free,
  'spec.namespaces[].sealedSecrets[].suite': fc.constant(sealingSuite),
  'spec.namespaces[].sealedSecrets[].recipients[].enc': base64,
  'spec.namespaces[].sealedSecrets[].recipients[].ct': base64,
  'spec.namespaces[].sealedSecrets[].entries{}.nonce': base64,
  'spec.namespaces[].sealedSecrets[].entries{}.ct': base64,
  'spec.namespaceSelector.include[]': pattern,
  'spec.namespaceSelector.exclude[]': pattern,
  'spec.objects[].id': name,
  'spec.objects[].ignoreFields[]': fc.array(name, { minLength: 1, maxLength: 3 }).map((steps) => `/${steps.join('/')}`),
  'spec.objects[].manifest': manifest,
};

/** What holds between fields. */
const rules: Readonly<Record<string, (value: fc.Arbitrary<Values>) => fc.Arbitrary<unknown>>> = {
  'spec.namespaces[].bindings[]': (binding) =>
    fc
      .tuple(binding, name, fc.constantFrom('clusterRole', 'role'))
      .map(([{ clusterRole: _clusterRole, role: _role, ...rest }, called, field]) => ({ ...rest, [field]: called })),
  'spec.namespaces[].quota.hard': (hard) => hard.filter((entries) => Object.keys(entries).length > 0),
  ...Object.fromEntries(
    ['spec.clusterSelector', 'spec.namespaceSelector.selector', 'spec.overrides[].clusterSelector'].map((selector) => [
      `${selector}.matchExpressions[]`,
      (requirement: fc.Arbitrary<Values>) =>
        fc
          .tuple(requirement, name)
          .map(([{ values = [], ...rest }, value]) =>
            ['In', 'NotIn'].includes(String(rest['operator'])) ? { ...rest, values: [...new Set([value, ...(values as string[])])] } : rest,
          ),
    ]),
  ),
};

/** Values that the schema allows. A text with a form that nobody told of is an error, so that no new field is forgotten. */
function arbitraryOf(node: Node, path: string): fc.Arbitrary<unknown> {
  const leaf = leaves[path];
  if (leaf !== undefined) return leaf;
  const rule = rules[path];
  const value = plainOf(node, path);
  return rule === undefined ? value : rule(value as fc.Arbitrary<Values>);
}

function plainOf(node: Node, path: string): fc.Arbitrary<unknown> {
  // The one union there is: a quantity.
  if (node.anyOf?.map(({ type }) => type).join() === 'string,integer') return amount;
  if (node.enum !== undefined) return fc.constantFrom(...node.enum);
  const { type, pattern: form, format, minimum = 0, maximum = 1e9, minItems: minLength = 0, items = {} } = node;
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer') return fc.integer({ min: minimum, max: Math.min(maximum, 1e9) });
  if (type === 'string' && form === undefined && format === undefined) return name;
  if (type === 'array') return fc.uniqueArray(arbitraryOf(items, `${path}[]`), { minLength, maxLength: 2, selector: identityOf });
  if (type === 'object') return objectOf(node, path);
  throw new Error(`${path} has a form that arbitrary-spec.ts knows nothing of: ${JSON.stringify(node)}`);
}

function objectOf({ properties, required = [], additionalProperties }: Node, path: string): fc.Arbitrary<unknown> {
  if (properties === undefined && additionalProperties)
    return fc.dictionary(name, arbitraryOf(additionalProperties, `${path}{}`), { maxKeys: 2 });
  const fields = Object.entries(properties ?? {}).map(([key, child]) => [key, arbitraryOf(child, `${path}.${key}`)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required], noNullPrototype: true });
}

/** By what two elements of a list are the same: a name where they have one. */
function identityOf(value: unknown): string {
  const { id, name: called, clusterRole, role } = Object(value) as Values;
  return canonicalJson(id ?? called ?? clusterRole ?? role ?? value);
}

const schema = policyJsonSchema() as Node;

function specOf(): fc.Arbitrary<JsonObject> {
  const { overrides, ...fields } = schema.properties ?? {};
  const parts = policyParts.map((part) => [part, fc.option(arbitraryOf(fields[part] ?? {}, `spec.${part}`), { freq: 9 })] as const);
  const selector = arbitraryOf(overrides?.items?.properties?.['clusterSelector'] ?? {}, 'spec.overrides[].clusterSelector');
  const patch = fc.record(Object.fromEntries(parts), { requiredKeys: [], noNullPrototype: true });
  const overriding = fc.array(fc.record({ clusterSelector: selector, patch }, { noNullPrototype: true }), { maxLength: 2 });
  const spec = objectOf({ ...schema, properties: fields }, 'spec');
  return fc
    .tuple(spec, fc.option(overriding, { nil: undefined }))
    .map(([written, overridden]) => ({ ...(written as JsonObject), ...(overridden && { overrides: overridden as Json[] }) }));
}

/** Specs with every part that the kind has. */
export const arbitrarySpec: fc.Arbitrary<JsonObject> = specOf();

/** Every place of the schema, `[]` for an element and `{}` for a value: `spec.namespaces[].quota.hard{}`. */
export function placesOfSchema(): readonly string[] {
  const placesOf = (node: Node, path: string): string[] => [
    path,
    ...Object.entries(node.properties ?? {}).flatMap(([key, child]) => placesOf(child, `${path}.${key}`)),
    ...(node.items === undefined ? [] : placesOf(node.items, `${path}[]`)),
    ...(node.additionalProperties && node.properties === undefined ? placesOf(node.additionalProperties, `${path}{}`) : []),
  ];
  return placesOf(schema, 'spec').toSorted();
}

/** Those of them at which this spec has a value. */
export function placesIn(spec: JsonObject): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (node: Node, value: unknown, path: string): void => {
    found.add(path);
    for (const [key, child] of Object.entries(node.properties ?? {}))
      if (Object.hasOwn(Object(value) as object, key)) look(child, (value as Values)[key], `${path}.${key}`);
    if (node.items !== undefined) for (const element of value as readonly Json[]) look(node.items, element, `${path}[]`);
    if (node.additionalProperties && node.properties === undefined)
      for (const entry of Object.values(value as Values)) look(node.additionalProperties, entry, `${path}{}`);
  };
  look(schema, spec, 'spec');
  return found;
}
