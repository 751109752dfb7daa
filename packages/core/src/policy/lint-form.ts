/** Rules about form: what the API server would refuse, or would do itself. */
import { isObject, type JsonObject } from '@accord/proto/canonical';
import { isDnsLabel } from '@accord/proto/ids';
import { nameMax } from '@accord/proto/policy';
import { valuesAt } from './change-at.ts';
import { childPath, renderPath } from './json-path.ts';
import { scopeOf } from './kinds.ts';
import type { Finding, Rule, RuleContext } from './lint-rule.ts';
import { groupKindOf, groupOf, namespaceKind, networkPolicyKind, objectAt, rbacGroup, textAt, valueAt } from './manifest.ts';
import { nearestName } from './nearest-name.ts';
import { quantityPaths } from './pod-paths.ts';
import { canonicalQuantity } from './quantity.ts';
import { holdsTemplate } from './template.ts';

export const formRules: readonly Rule[] = [
  { code: 'NamespaceMissing', check: namespaceMissing },
  { code: 'NamespaceUnexpected', check: namespaceUnexpected },
  { code: 'GenerateName', check: generateName },
  { code: 'ServerField', check: serverFields },
  { code: 'InvalidValue', check: badNames },
  { code: 'InvalidValue', check: listKinds },
  { code: 'InvalidValue', check: badQuantities },
  { code: 'UnknownField', kinds: [networkPolicyKind], check: networkPolicyFields },
];

function namespaceMissing(manifest: JsonObject): readonly Finding[] {
  const kind = textAt(manifest, 'kind');
  if (scopeOf(groupOf(manifest), kind) !== 'namespace' || textAt(manifest, 'metadata', 'namespace') !== '') return [];
  return [{ at: 'metadata', message: `A ${kind} lives in a namespace, and none is given.`, help: 'Set metadata.namespace.' }];
}

function namespaceUnexpected(manifest: JsonObject): readonly Finding[] {
  const kind = textAt(manifest, 'kind');
  if (scopeOf(groupOf(manifest), kind) !== 'cluster' || textAt(manifest, 'metadata', 'namespace') === '') return [];
  return [{ at: 'metadata.namespace', message: `A ${kind} belongs to the whole cluster.`, help: 'Remove metadata.namespace.' }];
}

function generateName(manifest: JsonObject): readonly Finding[] {
  if (valueAt(manifest, 'metadata', 'generateName') === undefined) return [];
  return [{ at: 'metadata.generateName', message: 'A generated name would make a new object at every apply.', help: 'Set metadata.name.' }];
}

const serverMetadata = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'ownerReferences',
  'finalizers',
  'selfLink',
];
const serverFieldsOfAll: readonly (readonly string[])[] = [['status'], ...serverMetadata.map((field) => ['metadata', field])];
const serverFieldsOfKind: Readonly<Record<string, readonly (readonly string[])[]>> = {
  [namespaceKind]: [
    ['spec', 'finalizers'],
    ['metadata', 'labels', 'kubernetes.io/metadata.name'],
  ],
  '/ServiceAccount': [['secrets']],
};

function serverFields(manifest: JsonObject): readonly Finding[] {
  return [...serverFieldsOfAll, ...(serverFieldsOfKind[groupKindOf(manifest)] ?? [])]
    .filter((steps) => valueAt(manifest, ...steps) !== undefined)
    .map((steps) => renderPath('', steps))
    .map((at) => ({ at, message: `${at} is written by the API server and its controllers.`, help: 'Remove it.' }));
}

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function badNames(manifest: JsonObject, { isFinal }: RuleContext): readonly Finding[] {
  const name = textAt(manifest, 'metadata', 'name');
  const namespace = textAt(manifest, 'metadata', 'namespace');
  const isOpen = (text: string): boolean => !isFinal && holdsTemplate(text);
  const inName = isOpen(name) ? undefined : nameFault(manifest, name);
  const findings: Finding[] =
    inName === undefined
      ? []
      : [{ at: 'metadata.name', message: `"${name}" cannot be a name here: ${inName}.`, help: 'Choose another name.' }];
  if (namespace !== '' && !isOpen(namespace) && !isDnsLabel(namespace)) {
    findings.push({
      at: 'metadata.namespace',
      message: `"${namespace}" is no name of a namespace: it must be a DNS label.`,
      help: 'Correct it.',
    });
  }
  return findings;
}

function nameFault(manifest: JsonObject, name: string): string | undefined {
  if (groupKindOf(manifest) === namespaceKind) return isDnsLabel(name) ? undefined : 'it must be a DNS label of at most 63 characters';
  if (name.length > nameMax) return `it has more than ${nameMax} characters`;
  if (groupOf(manifest) === rbacGroup)
    return name === '' || name === '.' || name === '..' || /[/%]/.test(name) ? 'it may hold neither "/" nor "%"' : undefined;
  return subdomain.test(name) ? undefined : 'it must be a DNS subdomain: lower-case letters, digits, "-" and "."';
}

function listKinds(manifest: JsonObject): readonly Finding[] {
  if (textAt(manifest, 'kind') !== 'List') return [];
  return [{ at: 'kind', message: 'A List is no object.', help: 'Write each of its items as an entry of spec.objects.' }];
}

function badQuantities(manifest: JsonObject, { isFinal }: RuleContext): readonly Finding[] {
  return quantityPaths(groupKindOf(manifest)).flatMap((steps) =>
    valuesAt(manifest, steps)
      .filter(({ value }) => {
        if (typeof value === 'string') return !(!isFinal && holdsTemplate(value)) && canonicalQuantity(value) === undefined;
        return typeof value !== 'number' || canonicalQuantity(value) === undefined;
      })
      .map(({ value, at }) => ({ at, message: `${JSON.stringify(value)} is no quantity.`, help: 'Write it like 500m, 2, 64Mi or 10Gi.' })),
  );
}

const directions = { ingress: ['from', 'ports'], egress: ['to', 'ports'] } as const;

/** The spec of a network policy is free text to the schema, and a misspelt rule must not wait for the API server's 500. */
function networkPolicyFields(manifest: JsonObject): readonly Finding[] {
  const spec = objectAt(manifest, 'spec');
  return [
    ...unknownIn(spec, 'spec', ['podSelector', 'policyTypes', 'ingress', 'egress']),
    ...(['ingress', 'egress'] as const).flatMap((direction) =>
      valuesAt(spec, [direction, '[]'], 'spec').flatMap(({ value, at }) =>
        isObject(value) ? unknownIn(value, at, directions[direction]) : [],
      ),
    ),
  ];
}

function unknownIn(object: JsonObject, at: string, known: readonly string[]): readonly Finding[] {
  return Object.keys(object)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearestName(name, known);
      return {
        at: childPath(at, name),
        message: `There is no field ${name} here.`,
        help: near === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean ${near}?`,
      };
    });
}
