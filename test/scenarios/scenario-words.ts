import type { JsonObject } from '@accord/proto/canonical';
import { objectKey, type ObjectKey } from '@accord/proto/ids';
import { originAnnotation, ownerLabel } from '@accord/proto/labels';
import type { Refused, Retry } from '../../packages/spoke/src/kube/kube.ts';

/** `eu-1{env=prod,tier=gold}` */
export function parseLabels(word: string): { readonly name: string; readonly labels: Readonly<Record<string, string>> } {
  const [, name = word, inner = ''] = /^([^{]+)\{(.*)\}$/.exec(word) ?? [];
  const labels = inner.split(',').filter((pair) => pair !== '');
  return { name, labels: Object.fromEntries(labels.map((pair) => pair.split('=') as [string, string])) };
}

const widgetGroup = 'example.com';
const groups: Readonly<Record<string, string>> = {
  Role: 'rbac.authorization.k8s.io',
  RoleBinding: 'rbac.authorization.k8s.io',
  CustomResourceDefinition: 'apiextensions.k8s.io',
  Lease: 'coordination.k8s.io',
  Job: 'batch',
  Widget: widgetGroup,
};

/** Of a kind that only a definition makes: `CustomResourceDefinition/widgets.example.com` and `Widget/team/a`. */
export const widgetKind = { group: widgetGroup, version: 'v1', kind: 'Widget', resource: 'widgets', namespaced: true };
const widgetDefinition: JsonObject = {
  group: widgetGroup,
  scope: 'Namespaced',
  names: { kind: 'Widget', plural: 'widgets' },
  versions: widgetVersions(['v1']),
};

/** All are known to the definition, and these are served. */
export function widgetVersions(served: readonly string[]): readonly JsonObject[] {
  return ['v1', 'v1beta1'].map((name) => ({
    ...{ name, served: served.includes(name), storage: name === 'v1' },
    schema: { openAPIV3Schema: { type: 'object' } },
  }));
}

/** `ConfigMap/team/a` or `ConfigMap/team/a=text`; `ClusterRole/name=resource`; `RoleBinding/team/view`, or `RoleBinding/team/view=60` for a minute; `Namespace/team`. */
export function parseObject(word: string): {
  readonly key: ObjectKey;
  readonly object: JsonObject;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly value: string;
} {
  const [path = '', value = '1'] = word.split('=');
  const [kind = '', second = '', third] = path.split('/');
  const [namespace, name] = third === undefined ? ['', second] : [second, third];
  const group = groups[kind] ?? '';
  const metadata = { name, ...(namespace === '' ? {} : { namespace }) };
  const object: JsonObject = {
    apiVersion: group === '' ? 'v1' : `${group}/v1`,
    kind,
    metadata,
    ...(kind === 'ConfigMap' ? { data: { value } } : {}),
    ...(kind === 'CustomResourceDefinition' ? { spec: widgetDefinition } : {}),
    ...(kind === 'Widget' ? { spec: { value } } : {}),
  };
  return { key: objectKey(group, kind, namespace, name), object, kind, namespace, name, value };
}

/** The spec of a policy that selects by labels and wants these objects. `*12` behind an object makes twelve of it. */
export function policySpec(labels: Readonly<Record<string, string>>, words: readonly string[], nowMs: number): JsonObject {
  const [last = '', rest] = [words.at(-1), words.slice(0, -1)];
  if (last === 'suspended') return { ...policySpec(labels, rest, nowMs), suspended: true };
  const [, others] = /^after=(.*)$/.exec(last) ?? [];
  if (others !== undefined) return { ...policySpec(labels, rest, nowMs), dependsOn: others.split(',') };
  const [, manager] = /^yield=(.*)$/.exec(last) ?? [];
  if (manager !== undefined) return { ...policySpec(labels, rest, nowMs), conflicts: { yieldTo: [manager] } };
  if (last === 'exact') return { ...policySpec(labels, rest, nowMs), match: 'MustOnlyHave' };
  if (last === 'unforced') return { ...policySpec(labels, rest, nowMs), conflicts: { policy: 'Fail' } };
  const [, risks] = /^risks=(.*)$/.exec(last) ?? [];
  if (risks !== undefined) return { ...policySpec(labels, rest, nowMs), acknowledgeRisks: risks.split(',') };
  const [, team] = /^each=(.*)$/.exec(last) ?? [];
  if (team !== undefined)
    return {
      ...policySpec(labels, rest, nowMs),
      namespaceSelector: { selector: { matchLabels: { team } } },
      objects: rest.flatMap(eachOf),
    };
  if (last === 'inform') return { ...policySpec(labels, rest, nowMs), mode: 'Inform' };
  const namespaces = new Map<string, { name: string; configMaps: JsonObject[]; bindings: JsonObject[] }>();
  const clusterRoles: JsonObject[] = [];
  const manifests: JsonObject[] = [];
  for (const word of words.flatMap(repeated).filter((written) => eachOf(written).length === 0)) {
    const { kind, namespace, name, value, object } = parseObject(word);
    if (kind === 'ClusterRole') clusterRoles.push({ name, rules: [{ apiGroups: ['apps'], resources: [value], verbs: ['get'] }] });
    if (kind === 'CustomResourceDefinition' || kind === 'Widget') manifests.push(object);
    if (kind === 'ClusterRole' || kind === 'CustomResourceDefinition') continue;
    const of = kind === 'Namespace' ? name : namespace;
    const part = namespaces.get(of) ?? { name: of, configMaps: [], bindings: [] };
    namespaces.set(of, part);
    if (kind === 'ConfigMap') part.configMaps.push({ name, data: { value } });
    const until = word.includes('=') ? { until: new Date(nowMs + Number(value) * 1_000).toISOString() } : {};
    if (kind === 'RoleBinding') part.bindings.push({ clusterRole: name, groups: ['team'], ...until });
  }
  const objects = manifests.map((manifest, at) => ({ id: `o${at}`, manifest }));
  return {
    clusterSelector: { matchLabels: { ...labels } },
    namespaces: [...namespaces.values()],
    ...(clusterRoles.length > 0 && { clusterRoles }),
    ...(objects.length > 0 && { objects }),
  };
}

// `ConfigMap/*/a`, with `each=shop` behind all objects: one in each namespace of the team.
function eachOf(word: string): readonly JsonObject[] {
  const { object, namespace, name } = parseObject(word);
  if (namespace !== '*') return [];
  return [{ id: name, eachNamespace: true, manifest: { ...object, metadata: { name } } }];
}

export function repeated(word: string): readonly string[] {
  const [, stem = word, times = ''] = /^(.*)\*(\d+)$/.exec(word) ?? [];
  return times === '' ? [word] : Array.from({ length: Number(times) }, (_, at) => `${stem}${at + 1}`);
}

/** The object as a spoke makes it for a policy. */
export function ownedBy(policy: string, object: JsonObject): JsonObject {
  const marks = { labels: { [ownerLabel]: policy }, annotations: { [originAnnotation]: 'Created' } };
  return { ...object, metadata: { ...(object['metadata'] as JsonObject), ...marks } };
}

const transient: ReadonlySet<string> = new Set<Retry['reason']>([
  'Overloaded',
  'ServerError',
  'Unreachable',
  'Conflict',
  'Unauthenticated',
]);

/** How somebody changes what a policy says of an object: a binding gets nobody. */
export function editOf(kind: string): JsonObject {
  return kind === 'RoleBinding' ? { subjects: [] } : { data: { value: 'edited' } };
}

/** What the API server answers; `Invalid` where no reason is given. */
export function answerOf(reason = 'Invalid', because: string): Refused | Retry {
  if (transient.has(reason)) return { outcome: 'retry', reason: reason as Retry['reason'], because };
  return { outcome: 'refused', reason: reason as Refused['reason'], because };
}

/** `KEY=VALUE`, or `KEY=` to take it away. */
export function annotationOf(word: string): JsonObject {
  const at = word.indexOf('=');
  const value = word.slice(at + 1);
  return { [word.slice(0, at)]: value === '' ? null : value };
}
