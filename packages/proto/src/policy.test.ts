import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { guardrailSpecSchema } from './guardrail.ts';
import { hubFields, policyJsonSchema, policySpecSchema, unsupportedFields } from './policy.ts';

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly [keyword: string]: unknown;
}

interface Crd {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: Node } }[] };
}

/** Every field of a schema: `spec.namespaces[].name` → node. */
function fieldsOf(node: Node, path: string, into = new Map<string, Node>()): Map<string, Node> {
  into.set(path, node);
  for (const [name, child] of Object.entries(node.properties ?? {})) fieldsOf(child, `${path}.${name}`, into);
  if (node.items !== undefined) fieldsOf(node.items, `${path}[]`, into);
  if (typeof node.additionalProperties === 'object' && node.additionalProperties !== null)
    fieldsOf(node.additionalProperties, `${path}{}`, into);
  return into;
}

/** The schema of `spec` of a kind, as deploy/spoke installs it. */
function crdSpec(name: string): Node {
  const documents = parseAllDocuments(readFileSync(new URL('../../../deploy/spoke/crds.yaml', import.meta.url), 'utf8')).map(
    (doc) => doc.toJS() as Crd,
  );
  const spec = documents.find((crd) => crd.metadata.name === name)?.spec.versions[0]?.schema.openAPIV3Schema.properties?.['spec'];
  if (spec === undefined) throw new Error(`crds.yaml has no schema of ${name}`);
  return spec;
}

/** What is refused by name, with everything below it. */
function isUnsupported(path: string): boolean {
  return [...unsupportedFields].some(
    (field) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`) || path.startsWith(`${field}{`),
  );
}

const ours = fieldsOf(policyJsonSchema() as Node, 'spec');
const theirs = fieldsOf(crdSpec('clusterpolicies.accord.dev'), 'spec');

describe('ClusterPolicy schema and CRD', () => {
  test('know the same fields', () => {
    const supported = [...theirs.keys()].filter((path) => !isUnsupported(path) && !hubFields.some((field) => path === `spec.${field}`));
    expect([...ours.keys()].filter((path) => !path.endsWith('{}') || theirs.has(path)).toSorted()).toEqual(supported.toSorted());
  });

  test('what is refused by name is a field of the kind, and not also accepted', () => {
    for (const path of unsupportedFields) {
      expect(theirs.has(path), path).toBe(true);
      expect(ours.has(path), path).toBe(false);
    }
  });

  test('accepted values are the values of the kind', () => {
    for (const [path, node] of ours) {
      const known = theirs.get(path)?.['enum'];
      if (known !== undefined) expect([...(node['enum'] as string[])].toSorted(), path).toEqual([...(known as string[])].toSorted());
    }
  });

  test.each(['maxLength', 'maxItems', 'minItems', 'minimum', 'maximum', 'required'])('agree on %s', (keyword) => {
    const limits = (fields: Map<string, Node>): object =>
      Object.fromEntries(
        [...ours.keys()]
          .filter((path) => theirs.get(path)?.[keyword] !== undefined)
          .map((path) => [path, sorted(fields.get(path)?.[keyword])]),
      );
    const wanted = limits(theirs) as Record<string, unknown>;
    // The hub makes these two; quantities are a union here, so their limit stands one level down.
    if (keyword === 'required') wanted['spec'] = undefined;
    // The kind has room for secrets that are sealed for one cluster without a content key.
    const sealed = 'spec.namespaces[].sealedSecrets[]';
    if (keyword === 'required') {
      wanted[sealed] = sorted([...(wanted[sealed] as string[]), 'recipients']);
      wanted[`${sealed}.entries{}`] = ['ct', 'nonce'];
    }
    const inUnions = Object.keys(wanted).filter((path) => ours.get(path)?.['anyOf'] !== undefined);
    for (const path of inUnions) Reflect.deleteProperty(wanted, path);
    const found = limits(ours) as Record<string, unknown>;
    for (const path of inUnions) Reflect.deleteProperty(found, path);
    expect(found).toEqual(wanted);
  });

  test.each(
    [...theirs].filter(([path, node]) => ours.has(path) && typeof node['maxProperties'] === 'number' && !path.endsWith('matchLabels')),
  )('%s has as many entries as the kind allows', (path, node) => {
    const max = node['maxProperties'] as number;
    expect(issuesAt(path, max)).not.toContain('custom');
    expect(issuesAt(path, max + 1)).toContain('custom');
  });
});

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? value.map(String).toSorted() : value;
}

/** Codes of the issues at `path` when it holds a map of that many entries. */
function issuesAt(path: string, entries: number): string[] {
  const map = Object.fromEntries(Array.from({ length: entries }, (_, index) => [`k${index}`, '1']));
  const steps = path.split('.').slice(1);
  const spec = steps.reduceRight<unknown>(
    (value, step) => (step.endsWith('[]') ? { [step.slice(0, -2)]: [value] } : { [step]: value }),
    map,
  );
  const { error } = policySpecSchema.safeParse(spec);
  return (error?.issues ?? [])
    .filter((issue) => `spec.${issue.path.filter((step) => typeof step === 'string').join('.')}` === path.replaceAll('[]', ''))
    .map(({ code }) => code);
}

test('Guardrail schema and CRD know the same fields', () => {
  const fields = fieldsOf(z.toJSONSchema(guardrailSpecSchema) as Node, 'spec');
  expect([...fields.keys()].toSorted()).toEqual([...fieldsOf(crdSpec('guardrails.accord.dev'), 'spec').keys()].toSorted());
});
