/** Rules about who is given what. */
import type { Json, JsonObject } from '@accord/proto/canonical';
import type { Finding, Rule } from './lint-rule.ts';
import { bindingKinds, listAt, rbacGroup, textAt } from './manifest.ts';

const clusterBinding = `${rbacGroup}/ClusterRoleBinding`;
const inNamespaces = 'Bind it under namespaces[].bindings, in the namespaces that need it.';

export const bindingRules: readonly Rule[] = [
  { code: 'SystemSubject', kinds: bindingKinds, check: systemSubjects },
  { code: 'ClusterAdmin', kinds: bindingKinds, check: clusterAdmin },
  { code: 'ClusterWideEdit', kinds: [clusterBinding], check: clusterWideEdit },
  { code: 'Escalation', kinds: bindingKinds, check: systemRoles },
];

export const bindingWarnings: readonly Rule[] = [{ code: 'ReadsSecrets', kinds: [`${rbacGroup}/RoleBinding`], check: readsSecrets }];

/** Source of the namespaces: those of the control plane, and our own. */
function isSystemNamespace(namespace: string): boolean {
  return namespace.startsWith('kube-') || namespace === 'accord-system';
}

function systemSubjects(manifest: JsonObject): readonly Finding[] {
  return listAt(manifest, 'subjects').flatMap((subject, index) => {
    const message = systemSubject(subject);
    return message === undefined ? [] : [{ at: `subjects[${index}]`, message, help: 'Name your own users, groups and service accounts.' }];
  });
}

function systemSubject(subject: Json): string | undefined {
  const kind = textAt(subject, 'kind');
  const name = textAt(subject, 'name');
  const namespace = textAt(subject, 'namespace');
  if (kind === 'ServiceAccount')
    return isSystemNamespace(namespace) ? `Service account ${namespace}/${name} belongs to the control plane.` : undefined;
  return name.startsWith('system:')
    ? `${kind} ${name} belongs to Kubernetes; a grant to it reaches accounts that nobody listed.`
    : undefined;
}

function roleName(manifest: JsonObject): string {
  return textAt(manifest, 'roleRef', 'name');
}

function clusterAdmin(manifest: JsonObject): readonly Finding[] {
  if (roleName(manifest) !== 'cluster-admin') return [];
  return [
    {
      at: 'roleRef.name',
      message: 'cluster-admin is never bound by policy.',
      help: 'Bind admin under namespaces[].bindings, in the namespaces that need it.',
    },
  ];
}

function clusterWideEdit(manifest: JsonObject): readonly Finding[] {
  const name = roleName(manifest);
  if (!['admin', 'edit'].includes(name)) return [];
  return [
    {
      at: 'roleRef.name',
      message: `${name} is not bound cluster-wide: it reads every Secret and changes every workload.`,
      help: inNamespaces,
    },
  ];
}

function systemRoles(manifest: JsonObject): readonly Finding[] {
  const name = roleName(manifest);
  if (!name.startsWith('system:') && !name.startsWith('accord-spoke')) return [];
  const whose = name.startsWith('system:') ? 'Kubernetes itself' : 'the spoke';
  return [
    {
      at: 'roleRef.name',
      message: `${name} is a role of ${whose}.`,
      help: 'Write a role of your own with the rules that are needed, and bind that.',
    },
  ];
}

function readsSecrets(manifest: JsonObject): readonly Finding[] {
  const name = roleName(manifest);
  if (!['admin', 'edit'].includes(name)) return [];
  const namespace = textAt(manifest, 'metadata', 'namespace');
  return [
    {
      at: 'roleRef.name',
      message: `${name} includes reading the Secrets of ${namespace}.`,
      help: 'Bind view, or a role of your own, where that is too much.',
    },
  ];
}
