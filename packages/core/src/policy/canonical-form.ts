/**
 * The one way to write an object, so that equal intents are equal text and no foreign rule can hide in what was left unsaid.
 *
 * Nothing is sorted: order matters in atomic lists. Empties are removed only where empty equals absent; `podSelector: {}`,
 * `ingress: [{}]` and `emptyDir: {}` mean something.
 */
import { isObject, type Json, type JsonObject } from '@accord/proto/canonical';
import {
  bindingKinds,
  groupKindOf,
  isList,
  listAt,
  networkPolicyKind,
  objectAt,
  rbacGroup,
  roleKinds,
  textAt,
  valueAt,
} from './manifest.ts';
import { podSpecSteps, quantityPaths } from './pod-paths.ts';
import { canonicalQuantity } from './quantity.ts';
import { changeAt, type Steps } from './change-at.ts';

export function canonicalForm(manifest: JsonObject): JsonObject {
  const kind = groupKindOf(manifest);
  let form = hasNull(manifest) ? objectOf(withoutNulls(manifest)) : manifest;
  for (const steps of emptyPaths(kind)) form = changeAt(form, steps, (value) => (isEmpty(value) ? undefined : value));
  for (const steps of quantityPaths(kind)) form = changeAt(form, steps, quantityText);
  return statedLists(kind, kind === '/Secret' ? encodedSecret(form) : form);
}

/** Looking costs less than copying, and nearly nobody writes a null. */
function hasNull(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return value === null;
  return isList(value) ? value.some(hasNull) : Object.values(value).some(hasNull);
}

/** Null means absent. */
function withoutNulls(value: Json): Json {
  if (isList(value)) return value.filter((element) => element !== null).map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key, withoutNulls(member)]),
  );
}

const inSelector = (...steps: Steps): readonly Steps[] => [
  [...steps, 'matchLabels'],
  [...steps, 'matchExpressions'],
];

/** Where empty equals absent. The server would take some of these for a change each time. */
const emptyOfKind: Readonly<Record<string, readonly Steps[]>> = {
  '/ServiceAccount': [['imagePullSecrets']],
  [`${rbacGroup}/Role`]: [['rules', '[]', 'resourceNames']],
  [`${rbacGroup}/ClusterRole`]: [['rules', '[]', 'resourceNames']],
  'policy/PodDisruptionBudget': inSelector('spec', 'selector'),
  [networkPolicyKind]: [
    ...inSelector('spec', 'podSelector'),
    ...[
      ['ingress', 'from'],
      ['egress', 'to'],
    ].flatMap(([direction = '', peers = '']) => [
      ['spec', direction, '[]', peers],
      ...inSelector('spec', direction, '[]', peers, '[]', 'podSelector'),
      ...inSelector('spec', direction, '[]', peers, '[]', 'namespaceSelector'),
    ]),
  ],
};

function emptyPaths(kind: string): readonly Steps[] {
  const pod = podSpecSteps(kind);
  return [
    ['metadata', 'labels'],
    ['metadata', 'annotations'],
    ...(emptyOfKind[kind] ?? []),
    ...(pod === undefined ? [] : [[...pod, 'imagePullSecrets']]),
    // A workload's selector; a Pod has none, and its nodeSelector is something else.
    ...(kind.startsWith('apps/') ? inSelector('spec', 'selector') : []),
  ];
}

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** A number or a text in another form would be stored as this text. What is no quantity stays for lint to name. */
function quantityText(value: Json): Json {
  return typeof value === 'string' || typeof value === 'number' ? (canonicalQuantity(value) ?? value) : value;
}

/** Owning `stringData` means owning a field that does not exist. */
function encodedSecret({ stringData, ...rest }: JsonObject): JsonObject {
  if (!isObject(stringData)) return rest;
  const encoded = Object.entries(stringData).map(([key, text]) => [
    key,
    Buffer.from(typeof text === 'string' ? text : '').toString('base64'),
  ]);
  return { ...rest, data: { ...objectAt(rest, 'data'), ...Object.fromEntries(encoded) } };
}

/** Lists whose absence fails open: what an intent leaves out, others may add, and nobody sees it. */
function statedLists(kind: string, form: JsonObject): JsonObject {
  if (kind === networkPolicyKind) return { ...form, spec: statedDirections(objectAt(form, 'spec')) };
  if (bindingKinds.includes(kind))
    return {
      ...form,
      roleRef: { apiGroup: rbacGroup, ...objectAt(form, 'roleRef') },
      subjects: listAt(form, 'subjects').map(statedSubject),
    };
  if (roleKinds.includes(kind) && valueAt(form, 'aggregationRule') === undefined) return { ...form, rules: listAt(form, 'rules') };
  return form;
}

/** Types that are not stated are what the server would choose: Ingress, and Egress if there is an egress rule. */
function statedDirections(spec: JsonObject): JsonObject {
  const stated = listAt(spec, 'policyTypes');
  const policyTypes = stated.length > 0 ? stated : ['Ingress', ...(listAt(spec, 'egress').length > 0 ? ['Egress'] : [])];
  return {
    ...spec,
    policyTypes,
    ...(policyTypes.includes('Ingress') && { ingress: listAt(spec, 'ingress') }),
    ...(policyTypes.includes('Egress') && { egress: listAt(spec, 'egress') }),
  };
}

/** Subjects are an atomic list: a default that the server fills in would make the same text another value. */
function statedSubject(subject: Json): Json {
  const isPerson = ['User', 'Group'].includes(textAt(subject, 'kind'));
  return isPerson && isObject(subject) ? { apiGroup: rbacGroup, ...subject } : subject;
}

function objectOf(value: Json): JsonObject {
  return isObject(value) ? value : {};
}
