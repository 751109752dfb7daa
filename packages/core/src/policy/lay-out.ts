import type { Json, JsonObject } from '@accord/proto/canonical';
import type { PolicyName } from '@accord/proto/ids';
import type { BindingPart, ClusterBindingPart, NamespacePart, ObjectPart, PolicyPart, PolicySpec } from '@accord/proto/policy';
import type { Yielding } from '../apply/leave-fields.ts';
import { exactMapsOf } from '../drift/exact-maps.ts';
import { neverYields } from '../drift/never-yields.ts';
import { untilAnnotation } from '@accord/proto/labels';
import { bindingName, quotaName } from './generated-name.ts';
import { childPath } from './json-path.ts';
import { namespaceKind, groupKindOf, rbacGroup } from './manifest.ts';
import { layOutSealed } from './sealed-secrets.ts';

/** What becomes of an object when it leaves the policy. Only a Namespace is deleted `ifEmpty` or `ifCreated`. */
export type Deletion = 'prune' | 'retain' | 'ifEmpty' | 'ifCreated';

/** One object of a policy as its author wrote it, not yet in canonical form. */
export interface LaidOutObject {
  readonly manifest: JsonObject;
  /** Path inside the manifest → path in the policy. The longest that fits counts; `` is the part as a whole. */
  readonly paths: Readonly<Record<string, string>>;
  readonly order: number;
  readonly deletion: Deletion;
  /** The object is only compared, whatever the policy does. */
  readonly isInform?: true;
  /** It must not be there. */
  readonly isAbsent?: true;
  /** It is created where it is missing, and then left alone. */
  readonly isCreateOnly?: true;
  /** What of it is left to others; absent where nothing is. */
  readonly yielding?: Yielding;
  /** Its maps hold nothing but what is stated. */
  readonly isExact?: true;
  /** It is made in each namespace that the policy selects on a cluster, and names none itself. */
  readonly isEach?: true;
  /** No author wrote it: the spoke gives itself what sealed secrets take. */
  readonly isOwnGrant?: true;
}

export interface Policy {
  readonly name: PolicyName;
  readonly spec: PolicySpec;
  /** Where parts stand that do not stand in the spec itself. */
  readonly origins?: Readonly<Partial<Record<PolicyPart, string>>>;
}

interface Draft {
  readonly manifest: JsonObject;
  readonly paths: Readonly<Record<string, string>>;
  readonly isOwnGrant?: true;
}

/** Turns the typed parts and the manifests of a policy into one list of objects, templates and all. */
export function layOut({ name, spec, origins = {} }: Policy): readonly LaidOutObject[] {
  const at = (part: PolicyPart, index: number): string => `${origins[part] ?? `spec.${part}`}[${index}]`;
  const deletion: Deletion = spec.prune === 'None' ? 'retain' : 'prune';
  const ordered = (draft: Draft): LaidOutObject => ({
    ...draft,
    order: 0,
    deletion,
    ...exactness(draft.manifest, spec.match),
    ...yieldingOf(draft.manifest, spec.conflicts),
  });
  return [
    ...(spec.clusterRoles ?? []).map((role, index) => ordered(layOutRole(role, at('clusterRoles', index)))),
    ...(spec.clusterBindings ?? []).map((binding, index) => ordered(layOutClusterBinding(name, binding, at('clusterBindings', index)))),
    ...(spec.namespaces ?? []).flatMap((part, index) => {
      const path = at('namespaces', index);
      // A namespace takes everything inside with it: it is given back, unless the policy says otherwise.
      const ofNamespace: Deletion = deletion === 'prune' ? deletionOf(part) : 'retain';
      return [{ ...layOutNamespace(part, path), order: 0, deletion: ofNamespace }, ...layOutContent(name, part, path).map(ordered)];
    }),
    ...(spec.objects ?? []).map((part, index) => ({
      ...layOutObject(part, deletion, `${at('objects', index)}.manifest`),
      ...exactness(part.manifest as JsonObject, part.match ?? spec.match),
      ...yieldingOf(part.manifest as JsonObject, part.conflicts ?? spec.conflicts, part.ignoreFields),
    })),
  ];
}

/** A word that is not known, or none, keeps it. */
function deletionOf({ deletion }: NamespacePart): Deletion {
  if (deletion === 'DeleteIfCreated') return 'ifCreated';
  return deletion === 'DeleteIfEmpty' ? 'ifEmpty' : 'retain';
}

function layOutObject(
  { manifest, order, deletion, mode, createOnly, eachNamespace }: ObjectPart,
  ofPolicy: Deletion,
  path: string,
): LaidOutObject {
  const json = manifest as JsonObject;
  const paths = Object.fromEntries(Object.keys(json).map((key) => [childPath('', key), childPath(path, key)]));
  const retain = deletion === 'Retain' || groupKindOf(json) === namespaceKind;
  const lowered = {
    ...(mode === 'Inform' && { isInform: true as const }),
    ...(mode === 'MustNotExist' && { isAbsent: true as const }),
    ...(createOnly === true && { isCreateOnly: true as const }),
    ...(eachNamespace === true && { isEach: true as const }),
  };
  return { manifest: json, paths: { '': path, ...paths }, order, deletion: retain ? 'retain' : ofPolicy, ...lowered };
}

function exactness(manifest: JsonObject, match: PolicySpec['match']): { readonly isExact?: true } {
  return match === 'MustOnlyHave' && exactMapsOf(groupKindOf(manifest)).length > 0 ? { isExact: true } : {};
}

/** Kinds that never yield are what the policy says, whatever it says of conflicts. */
function yieldingOf(
  manifest: JsonObject,
  conflicts: PolicySpec['conflicts'],
  ignoreFields: readonly string[] = [],
): { readonly yielding?: Yielding } {
  const { policy = 'Force', yieldTo = [] } = conflicts ?? {};
  if (neverYields(groupKindOf(manifest)) || (policy === 'Force' && yieldTo.length + ignoreFields.length === 0)) return {};
  return { yielding: { ...(policy === 'Fail' && { fails: true as const }), yieldTo, ignoreFields } };
}

function layOutNamespace({ name, labels = {}, annotations = {}, podSecurity = {} }: NamespacePart, path: string): Draft {
  const levels = (['enforce', 'audit', 'warn'] as const).flatMap((mode) => {
    const key = `pod-security.kubernetes.io/${mode}`;
    const level = { key, value: podSecurity[mode], from: `${path}.podSecurity.${mode}` };
    const version = { key: `${key}-version`, value: podSecurity.version, from: `${path}.podSecurity.version` };
    return level.value === undefined ? [] : [level, version].filter(({ value }) => value !== undefined);
  });
  const allLabels = { ...labels, ...Object.fromEntries(levels.map(({ key, value = '' }) => [key, value])) };
  return {
    manifest: { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: allLabels, annotations } },
    paths: {
      '': path,
      'metadata.name': `${path}.name`,
      'metadata.labels': `${path}.labels`,
      'metadata.annotations': `${path}.annotations`,
      ...Object.fromEntries(levels.map(({ key, from }) => [childPath('metadata.labels', key), from])),
    },
  };
}

function layOutContent(policy: PolicyName, part: NamespacePart, path: string): readonly Draft[] {
  const place: Place = { namespace: part.name, namespacePath: `${path}.name` };
  const { quota, limits = [] } = part;
  return [
    ...(part.serviceAccounts ?? []).map(({ name }, index) =>
      named('v1', 'ServiceAccount', name, `${path}.serviceAccounts[${index}]`, {}, place),
    ),
    ...(part.roles ?? []).map((role, index) => layOutRole(role, `${path}.roles[${index}]`, place)),
    ...(part.bindings ?? []).map((binding, index) => layOutBinding(policy, binding, `${path}.bindings[${index}]`, place)),
    ...(quota === undefined
      ? []
      : [generated('ResourceQuota', policy, { spec: quota as JsonObject }, { '': `${path}.quota`, spec: `${path}.quota` }, place)]),
    ...(limits.length === 0
      ? []
      : [
          generated(
            'LimitRange',
            policy,
            { spec: { limits: limits as Json } },
            { '': `${path}.limits`, 'spec.limits': `${path}.limits` },
            place,
          ),
        ]),
    ...(part.networkPolicies ?? []).map(({ name, spec }, index) =>
      named('networking.k8s.io/v1', 'NetworkPolicy', name, `${path}.networkPolicies[${index}]`, { spec }, place),
    ),
    ...(part.configMaps ?? []).map(({ name, data }, index) =>
      named('v1', 'ConfigMap', name, `${path}.configMaps[${index}]`, data === undefined ? {} : { data }, place),
    ),
    ...layOutSealed(part.sealedSecrets ?? [], `${path}.sealedSecrets`, place),
  ];
}

export interface Place {
  readonly namespace: string;
  readonly namespacePath: string;
}

/** A part whose fields stand at the same names in the object. */
function named(apiVersion: string, kind: string, name: string, path: string, fields: JsonObject, place: Place): Draft {
  return {
    manifest: { apiVersion, kind, metadata: { name, namespace: place.namespace }, ...fields },
    paths: {
      '': path,
      'metadata.name': `${path}.name`,
      'metadata.namespace': place.namespacePath,
      ...Object.fromEntries(Object.keys(fields).map((field) => [field, `${path}.${field}`])),
    },
  };
}

function generated(kind: string, policy: PolicyName, fields: JsonObject, paths: Draft['paths'], place: Place): Draft {
  return {
    manifest: { apiVersion: 'v1', kind, metadata: { name: quotaName(policy), namespace: place.namespace }, ...fields },
    paths: { ...paths, 'metadata.namespace': place.namespacePath },
  };
}

interface RolePart {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly rules: readonly object[];
}

function layOutRole({ name, labels, rules }: RolePart, path: string, place?: Place): Draft {
  const metadata = { name, ...(labels !== undefined && { labels }), ...(place !== undefined && { namespace: place.namespace }) };
  return {
    manifest: { apiVersion: `${rbacGroup}/v1`, kind: place === undefined ? 'ClusterRole' : 'Role', metadata, rules: rules as Json },
    paths: {
      '': path,
      'metadata.name': `${path}.name`,
      'metadata.labels': `${path}.labels`,
      rules: `${path}.rules`,
      ...(place !== undefined && { 'metadata.namespace': place.namespacePath }),
    },
  };
}

function layOutClusterBinding(policy: PolicyName, binding: ClusterBindingPart, path: string): Draft {
  return bindingDraft(policy, { kind: 'ClusterRole', name: binding.clusterRole, path: `${path}.clusterRole` }, binding, path);
}

function layOutBinding(policy: PolicyName, binding: BindingPart, path: string, place: Place): Draft {
  const { clusterRole, role = '' } = binding;
  const of =
    clusterRole === undefined
      ? { kind: 'Role', name: role, path: `${path}.role` }
      : { kind: 'ClusterRole', name: clusterRole, path: `${path}.clusterRole` };
  return bindingDraft(policy, of, binding, path, place);
}

interface RoleRef {
  readonly kind: string;
  readonly name: string;
  readonly path: string;
}

function bindingDraft(policy: PolicyName, role: RoleRef, grant: Grant, path: string, place?: Place): Draft {
  const list = subjectsOf(grant, path);
  const metadata = {
    name: bindingName(policy, role.name),
    ...(place !== undefined && { namespace: place.namespace }),
    // On the object itself, so that the grant ends even where nobody knows its policy any more.
    ...(grant.until !== undefined && { annotations: { [untilAnnotation]: new Date(grant.until).toISOString() } }),
  };
  return {
    manifest: {
      apiVersion: `${rbacGroup}/v1`,
      kind: place === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
      metadata,
      roleRef: { apiGroup: rbacGroup, kind: role.kind, name: role.name },
      subjects: list.map(({ subject }) => subject),
    },
    paths: {
      '': path,
      'metadata.name': role.path,
      'metadata.annotations': `${path}.until`,
      roleRef: role.path,
      'roleRef.name': role.path,
      ...Object.fromEntries(list.flatMap(({ paths }, index) => paths.map(([field, from]) => [`subjects[${index}]${field}`, from]))),
      ...(place !== undefined && { 'metadata.namespace': place.namespacePath }),
    },
  };
}

type SubjectLists = Pick<ClusterBindingPart, 'users' | 'groups' | 'serviceAccounts'>;
type Grant = SubjectLists & Pick<ClusterBindingPart, 'until'>;

interface LaidOutSubject {
  readonly subject: JsonObject;
  readonly paths: readonly (readonly [field: string, path: string])[];
}

function subjectsOf({ users = [], groups = [], serviceAccounts = [] }: SubjectLists, path: string): readonly LaidOutSubject[] {
  const person = (kind: string, name: string, at: string): LaidOutSubject => ({
    subject: { apiGroup: rbacGroup, kind, name },
    paths: [
      ['', at],
      ['.name', at],
    ],
  });
  return [
    ...users.map((name, index) => person('User', name, `${path}.users[${index}]`)),
    ...groups.map((name, index) => person('Group', name, `${path}.groups[${index}]`)),
    ...serviceAccounts.map(({ namespace, name }, index): LaidOutSubject => {
      const at = `${path}.serviceAccounts[${index}]`;
      return {
        subject: { kind: 'ServiceAccount', namespace, name },
        paths: ['', '.namespace', '.name'].map((field) => [field, `${at}${field}`]),
      };
    }),
  ];
}

/** Where in the policy a field of the object was written. */
export function sourcePath({ paths }: Pick<LaidOutObject, 'paths'>, at: string): string {
  let best = '';
  for (const prefix of Object.keys(paths)) {
    const fits = prefix !== '' && at.startsWith(prefix) && (at.length === prefix.length || '.['.includes(at.charAt(prefix.length)));
    if (fits && prefix.length > best.length) best = prefix;
  }
  const source = paths[best] ?? '';
  return best === '' ? source : `${source}${at.slice(best.length)}`;
}
