import type { AccessBinding, AccessPart } from '@accord/proto/access';
import type { JsonObject } from '@accord/proto/canonical';
import { coversName } from '../labels/covers-name.ts';
import { impliesSelector } from '../labels/implies-selector.ts';
import { scopeOf } from '../policy/kinds.ts';
import { layOut, sourcePath, type LaidOutObject, type Policy } from '../policy/lay-out.ts';
import { groupKindOf, groupOf, namespaceKind, networkPolicyKind, objectAt, rbacGroup, textAt } from '../policy/manifest.ts';
import { eachOverride } from '../policy/overrides.ts';
import { holdsTemplate } from '../policy/template.ts';

/**
 * What of a policy lies outside of a binding, as sentences with the path; none when all of it lies inside.
 *
 * Decided for every cluster that there may ever be: the selector must imply that of the binding, and names that a template or a
 * pattern leaves open must fit whatever they become.
 */
export function policyOutside(policy: Policy, binding: AccessBinding): readonly string[] {
  const { name, spec } = policy;
  return [
    ...(coversName(binding.policies, name) ? [] : [`policies called ${name}`]),
    ...(impliesSelector(spec.clusterSelector, binding.clusters)
      ? []
      : ['spec.clusterSelector: it can select clusters that the binding does not reach; demand the labels that the binding demands']),
    ...(spec.priority <= binding.priorityMax ? [] : [`spec.priority: ${spec.priority}, at most ${binding.priorityMax}`]),
    ...new Set([policy, ...eachOverride(policy)].flatMap(layOutOf).flatMap((object) => objectOutside(object, policy, binding))),
  ];
}

/** The spoke gives itself what sealed secrets take; no author wrote that. */
function layOutOf(policy: Policy): readonly LaidOutObject[] {
  return layOut(policy).filter(({ isOwnGrant }) => isOwnGrant !== true);
}

function objectOutside(object: LaidOutObject, { spec }: Policy, binding: AccessBinding): readonly string[] {
  const path = sourcePath(object, '');
  const missing = partsOf(object).filter((part) => !binding.parts.includes(part));
  return [...missing.map((part) => `${path}: the part ${part}`), ...placeOutside(object, spec.namespaceSelector, binding)];
}

const partOfKind: Readonly<Record<string, AccessPart>> = {
  [namespaceKind]: 'namespaces',
  [`${rbacGroup}/Role`]: 'roles',
  [`${rbacGroup}/RoleBinding`]: 'bindings',
  [`${rbacGroup}/ClusterRole`]: 'clusterRoles',
  [`${rbacGroup}/ClusterRoleBinding`]: 'clusterBindings',
  '/ResourceQuota': 'quota',
  '/LimitRange': 'limits',
  [networkPolicyKind]: 'networkPolicies',
  '/ConfigMap': 'configMaps',
  '/ServiceAccount': 'serviceAccounts',
  '/Secret': 'sealedSecrets',
};

/** A manifest of a kind that has a part of its own needs that part as well: else `objects` would stand for all of them. */
function partsOf(object: LaidOutObject): readonly AccessPart[] {
  const { manifest } = object;
  const isManifest = /(^|\.)objects\[\d+\]\.manifest$/.test(sourcePath(object, ''));
  const ofKind = partOfKind[groupKindOf(manifest)];
  return [
    ...(isManifest ? (['objects'] as const) : []),
    ...(ofKind === undefined ? [] : [ofKind]),
    ...(setsPodSecurity(manifest) ? (['podSecurity'] as const) : []),
  ];
}

function setsPodSecurity(manifest: JsonObject): boolean {
  const labels = Object.keys(objectAt(manifest, 'metadata', 'labels'));
  return groupKindOf(manifest) === namespaceKind && labels.some((key) => key.startsWith('pod-security.kubernetes.io/'));
}

type NamespaceSelector = Policy['spec']['namespaceSelector'];

function placeOutside(object: LaidOutObject, selector: NamespaceSelector, { namespaces, clusterScoped }: AccessBinding): readonly string[] {
  const { manifest, isEach } = object;
  const [apiVersion, kind] = [textAt(manifest, 'apiVersion'), textAt(manifest, 'kind')];
  if ([apiVersion, kind].some((text) => holdsTemplate(text))) return [`${sourcePath(object, 'kind')}: a kind that is left to a template`];
  const isNamespace = groupKindOf(manifest) === namespaceKind;
  const scope = isNamespace ? 'namespace' : scopeOf(groupOf(manifest), kind);
  // Only the cluster knows the scope of kinds that it defines, and the API server ignores a namespace where there is none.
  if (scope !== 'namespace')
    return clusterScoped ? [] : [`${sourcePath(object, 'kind')}: ${kind}, which may belong to the whole cluster (clusterScoped)`];
  if (isEach === true) return includeOutside(selector, namespaces);
  const field = isNamespace ? 'name' : 'namespace';
  const namespace = textAt(manifest, 'metadata', field);
  return coversName(namespaces, namespace) ? [] : [`${sourcePath(object, `metadata.${field}`)}: namespace "${namespace}"`];
}

function includeOutside(selector: NamespaceSelector, namespaces: readonly string[]): readonly string[] {
  const include = selector?.include ?? [];
  // By labels alone any namespace may come to be selected.
  const open = include.length === 0 ? ['*'] : include;
  return open
    .filter((pattern) => !coversName(namespaces, pattern))
    .map((pattern) => `spec.namespaceSelector: namespaces like "${pattern}"`);
}
