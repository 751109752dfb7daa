import { describe, expect, test } from 'vitest';
import { lintExample, shortFault } from './lint-example.ts';

const role = (rule: string): string => `namespaces: [{name: n, roles: [{name: r, rules: [${rule}]}]}]`;
const clusterRole = (rest: string): string => `clusterRoles: [${rest}]`;
const manifest = (text: string): string => `objects: [{id: a, manifest: ${text}}]`;
const pods = '{apiGroups: [""], resources: [pods], verbs: [get]}';
const inRole = 'spec.namespaces[0].roles[0].rules[0]';
const inManifest = 'spec.objects[0].manifest';
const configMap = (rest: string): string => manifest(`{apiVersion: v1, kind: ConfigMap, ${rest}}`);

describe('dangers: lint refuses', () => {
  const cases: [claim: string, spec: string, found: string[]][] = [
    ['system users', 'clusterBindings: [{clusterRole: view, users: ["system:admin"]}]', ['SystemSubject spec.clusterBindings[0].users[0]']],
    [
      'system groups',
      'clusterBindings: [{clusterRole: view, users: [a], groups: [ok, "system:serviceaccounts:payments"]}]',
      ['SystemSubject spec.clusterBindings[0].groups[1]'],
    ],
    [
      'service accounts of the control plane',
      'namespaces: [{name: n, bindings: [{clusterRole: view, serviceAccounts: [{namespace: kube-flannel, name: a}]}]}]',
      ['SystemSubject spec.namespaces[0].bindings[0].serviceAccounts[0]'],
    ],
    [
      'our own service account',
      'clusterBindings: [{clusterRole: view, serviceAccounts: [{namespace: accord-system, name: accord-spoke}]}]',
      ['SystemSubject spec.clusterBindings[0].serviceAccounts[0]'],
    ],
    [
      'system subjects in a manifest',
      manifest(
        '{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: a, namespace: n}, roleRef: {kind: Role, name: r}, subjects: [{kind: Group, name: "system:masters"}]}',
      ),
      [`SystemSubject ${inManifest}.subjects[0]`],
    ],
    [
      'cluster-admin for the whole cluster',
      'clusterBindings: [{clusterRole: cluster-admin, users: [a]}]',
      ['ClusterAdmin spec.clusterBindings[0].clusterRole'],
    ],
    [
      'cluster-admin in a namespace',
      'namespaces: [{name: n, bindings: [{clusterRole: cluster-admin, users: [a]}]}]',
      ['ClusterAdmin spec.namespaces[0].bindings[0].clusterRole'],
    ],
    ['admin cluster-wide', 'clusterBindings: [{clusterRole: admin, users: [a]}]', ['ClusterWideEdit spec.clusterBindings[0].clusterRole']],
    ['edit cluster-wide', 'clusterBindings: [{clusterRole: edit, users: [a]}]', ['ClusterWideEdit spec.clusterBindings[0].clusterRole']],
    [
      'binding a system role',
      'clusterBindings: [{clusterRole: "system:node", users: [a]}]',
      ['Escalation spec.clusterBindings[0].clusterRole'],
    ],
    [
      'binding a role of the spoke',
      'namespaces: [{name: n, bindings: [{clusterRole: accord-spoke-secrets, users: [a]}]}]',
      ['Escalation spec.namespaces[0].bindings[0].clusterRole'],
    ],
    ['every verb', role('{apiGroups: [""], resources: [pods], verbs: ["*"]}'), [`Wildcard ${inRole}.verbs[0]`]],
    ['every resource', role('{apiGroups: [apps], resources: ["*"], verbs: [get]}'), [`Wildcard ${inRole}.resources[0]`]],
    ['every subresource', role('{apiGroups: [apps], resources: ["*/scale"], verbs: [get]}'), [`Wildcard ${inRole}.resources[0]`]],
    ['every API group', role('{apiGroups: ["*"], resources: [pods], verbs: [get]}'), [`Wildcard ${inRole}.apiGroups[0]`]],
    [
      'every URL',
      clusterRole('{name: r, rules: [{nonResourceURLs: ["*"], verbs: [get]}]}'),
      ['Wildcard spec.clusterRoles[0].rules[0].nonResourceURLs[0]'],
    ],
    [
      'escalate',
      role('{apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [get, escalate]}'),
      [`Escalation ${inRole}.verbs[1]`],
    ],
    ['bind', role('{apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [bind]}'), [`Escalation ${inRole}.verbs[0]`]],
    [
      'impersonation in all its forms',
      role('{apiGroups: [""], resources: [users], verbs: [impersonate, "impersonate:user-info"]}'),
      [`Escalation ${inRole}.verbs[0]`, `Escalation ${inRole}.verbs[1]`],
    ],
    [
      'aggregation rules',
      manifest('{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: r}, aggregationRule: {}}'),
      [`Escalation ${inManifest}.aggregationRule`],
    ],
    [
      'aggregation into built-in roles',
      clusterRole(`{name: r, labels: {rbac.authorization.k8s.io/aggregate-to-view: "true"}, rules: [${pods}]}`),
      ['Escalation spec.clusterRoles[0].labels["rbac.authorization.k8s.io/aggregate-to-view"]'],
    ],
    [
      'aggregation into the ceiling',
      clusterRole(`{name: r, labels: {accord.dev/aggregate-to-ceiling: "true"}, rules: [${pods}]}`),
      ['Escalation spec.clusterRoles[0].labels["accord.dev/aggregate-to-ceiling"]'],
    ],
    ['roles named system:', clusterRole(`{name: "system:mine", rules: [${pods}]}`), ['Escalation spec.clusterRoles[0].name']],
    ['built-in roles', clusterRole(`{name: view, rules: [${pods}]}`), ['Escalation spec.clusterRoles[0].name']],
    [
      'tokens of service accounts',
      role('{apiGroups: [""], resources: [serviceaccounts/token], verbs: [create]}'),
      [`CredentialMinting ${inRole}.resources[0]`],
    ],
    [
      'approval of certificates',
      clusterRole(
        '{name: r, rules: [{apiGroups: [certificates.k8s.io], resources: [certificatesigningrequests/approval, signers], verbs: [update, approve]}]}',
      ),
      ['CredentialMinting spec.clusterRoles[0].rules[0].resources[0]', 'CredentialMinting spec.clusterRoles[0].rules[0].resources[1]'],
    ],
    [
      'Secrets of token type',
      manifest('{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: n}, type: kubernetes.io/service-account-token}'),
      [`CredentialMinting ${inManifest}.type`],
    ],
    [
      'Secrets that ask for a token',
      manifest('{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: n, annotations: {kubernetes.io/service-account.name: b}}}'),
      [`CredentialMinting ${inManifest}.metadata.annotations`],
    ],
    [
      'nodes/proxy',
      clusterRole('{name: r, rules: [{apiGroups: [""], resources: [nodes/proxy], verbs: [get]}]}'),
      ['NodeAccess spec.clusterRoles[0].rules[0].resources[0]'],
    ],
    [
      'exec, attach and portforward',
      role('{apiGroups: [""], resources: [pods/exec, pods/attach, pods/portforward, pods/log], verbs: [create]}'),
      [0, 1, 2].map((index) => `NodeAccess ${inRole}.resources[${index}]`),
    ],
    ['reading Secrets', role('{apiGroups: [""], resources: [pods, secrets], verbs: [list]}'), [`SecretAccess ${inRole}.resources[1]`]],
    [
      'reading a Secret by its name',
      role('{apiGroups: [""], resources: [secrets], resourceNames: [one], verbs: [get]}'),
      [`SecretAccess ${inRole}.resources[0]`],
    ],
    [
      'Secrets in the clear',
      manifest('{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: n}, stringData: {x: y}}'),
      [`PlainSecret ${inManifest}.stringData`],
    ],
    [
      'Secrets with data',
      manifest('{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: n}, data: {x: eA==}}'),
      [`PlainSecret ${inManifest}.data`],
    ],
    [
      'protected namespaces, once for all that is in them',
      'namespaces: [{name: kube-system, configMaps: [{name: a}, {name: b}]}]',
      ['ProtectedNamespace spec.namespaces[0].name'],
    ],
    [
      'objects in protected namespaces',
      configMap('metadata: {name: a, namespace: accord-system}'),
      [`ProtectedNamespace ${inManifest}.metadata.namespace`],
    ],
    [
      'a protected namespace as a manifest',
      manifest('{apiVersion: v1, kind: Namespace, metadata: {name: kube-public}}'),
      [`ProtectedNamespace ${inManifest}.metadata.name`],
    ],
    [
      'webhooks',
      manifest('{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: {name: a}}'),
      [`Admission ${inManifest}.kind`],
    ],
    [
      'admission policies',
      manifest('{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicyBinding, metadata: {name: a}}'),
      [`Admission ${inManifest}.kind`],
    ],
    [
      'API services',
      manifest('{apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: v1.apps}}'),
      [`Admission ${inManifest}.kind`],
    ],
    [
      'our own kinds',
      manifest('{apiVersion: accord.dev/v1alpha1, kind: Guardrail, metadata: {name: default}}'),
      [`AccordKind ${inManifest}.kind`],
    ],
    ['rules about nothing', role('{verbs: [get]}'), [`InvalidValue ${inRole}`]],
    [
      'rules about resources and URLs at once',
      clusterRole('{name: r, rules: [{apiGroups: [""], resources: [pods], nonResourceURLs: [/healthz], verbs: [get]}]}'),
      ['InvalidValue spec.clusterRoles[0].rules[0]'],
    ],
  ];
  test.each(cases)('%s', (_claim, spec, found) => {
    expect(lintExample(spec).faults.map(shortFault)).toEqual(found);
  });
});
