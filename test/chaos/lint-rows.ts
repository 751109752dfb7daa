import type { FaultCode } from '@accord/core/policy/fault';

const role = (rule: string): string => `namespaces: [{name: n, roles: [{name: r, rules: [${rule}]}]}]`;
const manifest = (text: string): string => `objects: [{id: a, manifest: ${text}}]`;
const configMap = (rest: string): string => manifest(`{apiVersion: v1, kind: ConfigMap, ${rest}}`);
const inRule = 'spec.namespaces[0].roles[0].rules[0]';
const inManifest = 'spec.objects[0].manifest';
const configMaps = (count: number, size: number): object[] =>
  Array.from({ length: count }, (_, at) => ({ name: `c${at}`, data: { x: 'x'.repeat(size) } }));

/** For each code of the lint table what is refused with it, and where. A spec is YAML, or what it would read as. */
export const lintRows: readonly (readonly [code: FaultCode, claim: string, spec: unknown, field: string])[] = [
  ['UnknownField', 'a misspelt field', 'namespaces: [{name: n, quta: {}}]', 'spec.namespaces[0].quta'],
  ['WrongType', 'a number for a text', 'namespaces: [{name: 7}]', 'spec.namespaces[0].name'],
  ['MissingField', 'a namespace without a name', 'namespaces: [{labels: {}}]', 'spec.namespaces[0].name'],
  ['InvalidValue', 'a name that no API server takes', 'namespaces: [{name: -n}]', 'spec.namespaces[0].name'],
  [
    'TooLarge',
    'more objects than a policy may have',
    { namespaces: Array.from({ length: 17 }, (_, at) => ({ name: `n${at}`, configMaps: configMaps(30, 1) })) },
    'spec',
  ],
  [
    'TooLarge',
    'a list with too many entries',
    { namespaces: [{ name: 'n', configMaps: configMaps(200, 1) }] },
    'spec.namespaces[0].configMaps',
  ],
  [
    'Template',
    'a template that no cluster can fill',
    'namespaces: [{name: n, configMaps: [{name: a, data: {x: "${cluster.nam}"}}]}]',
    'spec.namespaces[0].configMaps[0].data.x',
  ],
  ['DuplicateObject', 'one namespace twice', 'namespaces: [{name: n}, {name: n}]', 'spec.namespaces[1].name'],
  [
    'NameClash',
    'two bindings of one name',
    'clusterBindings: [{clusterRole: view, users: [a]}, {clusterRole: view, users: [b]}]',
    'spec.clusterBindings[1].clusterRole',
  ],
  ['NamespaceMissing', 'a manifest without its namespace', configMap('metadata: {name: a}'), `${inManifest}.metadata`],
  [
    'NamespaceUnexpected',
    'a namespace where there is none',
    manifest('{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: a, namespace: n}}'),
    `${inManifest}.metadata.namespace`,
  ],
  [
    'GenerateName',
    'a name that the server would make',
    configMap('metadata: {name: a, namespace: n, generateName: a-}'),
    `${inManifest}.metadata.generateName`,
  ],
  ['ServerField', 'a status', configMap('metadata: {name: a, namespace: n}, status: {}'), `${inManifest}.status`],
  [
    'ReservedMark',
    'a mark that only the owner sets',
    'namespaces: [{name: n, labels: {accord.dev/allow: "true"}}]',
    'spec.namespaces[0].labels["accord.dev/allow"]',
  ],
  [
    'SystemSubject',
    'a system group',
    'clusterBindings: [{clusterRole: view, groups: ["system:masters"]}]',
    'spec.clusterBindings[0].groups[0]',
  ],
  ['ClusterAdmin', 'cluster-admin', 'clusterBindings: [{clusterRole: cluster-admin, users: [a]}]', 'spec.clusterBindings[0].clusterRole'],
  [
    'ClusterWideEdit',
    'edit for the whole cluster',
    'clusterBindings: [{clusterRole: edit, users: [a]}]',
    'spec.clusterBindings[0].clusterRole',
  ],
  ['Wildcard', 'every verb', role('{apiGroups: [""], resources: [pods], verbs: ["*"]}'), `${inRule}.verbs[0]`],
  ['Escalation', 'escalate', role('{apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [escalate]}'), `${inRule}.verbs[0]`],
  [
    'CredentialMinting',
    'tokens of service accounts',
    role('{apiGroups: [""], resources: [serviceaccounts/token], verbs: [create]}'),
    `${inRule}.resources[0]`,
  ],
  ['NodeAccess', 'exec into pods', role('{apiGroups: [""], resources: [pods/exec], verbs: [create]}'), `${inRule}.resources[0]`],
  ['SecretAccess', 'reading Secrets', role('{apiGroups: [""], resources: [secrets], verbs: [list]}'), `${inRule}.resources[0]`],
  [
    'PlainSecret',
    'a Secret in the clear',
    manifest('{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: n}, stringData: {x: y}}'),
    `${inManifest}.stringData`,
  ],
  ['ProtectedNamespace', 'kube-system', 'namespaces: [{name: kube-system, configMaps: [{name: a}]}]', 'spec.namespaces[0].name'],
  [
    'ProtectedNamespace',
    'our own namespace',
    configMap('metadata: {name: a, namespace: accord-system}'),
    `${inManifest}.metadata.namespace`,
  ],
  [
    'Admission',
    'a webhook',
    manifest('{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: {name: a}}'),
    `${inManifest}.kind`,
  ],
  [
    'AccordKind',
    'a kind of ours',
    manifest('{apiVersion: accord.dev/v1alpha1, kind: Guardrail, metadata: {name: default}}'),
    `${inManifest}.kind`,
  ],
  ['DependencyCycle', 'a policy that waits for itself', 'dependsOn: [refused]', 'spec.dependsOn[0]'],
  ['Unsupported', 'a field of a later version', 'rollout: {}', 'spec.rollout'],
];

const hasMap = (level: string): string =>
  `clusterSelector: {}, namespaces: [{name: n, podSecurity: {enforce: ${level}}, configMaps: [{name: c, data: {x: ${level}}}]}]`;
const crd = 'apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.net}';
const ended = 'until: "2020-01-01T00:00:00Z"';

/**
 * For each code that no write is refused for: what is warned of, and where. There is one cluster, and on it a policy `rival` of
 * higher priority.
 */
export const rivalSpec = `{priority: 200, ${hasMap('restricted')}}`;
export const warnedRows: readonly (readonly [code: FaultCode, claim: string, spec: string, field: string])[] = [
  ['SelectsNothing', 'a selector that no cluster meets', '{clusterSelector: {matchLabels: {env: moon}}}', 'spec.clusterSelector'],
  [
    'ReadsSecrets',
    'a role that reads Secrets',
    '{clusterSelector: {}, namespaces: [{name: n, bindings: [{clusterRole: edit, groups: [a]}]}]}',
    'spec.namespaces[0].bindings[0].clusterRole',
  ],
  ['OwnedByAnother', 'what another policy owns', `{${hasMap('baseline')}}`, 'spec.namespaces[0].configMaps[0].name'],
  ['WeakerPodSecurity', 'a level that another policy raises', `{${hasMap('baseline')}}`, 'spec.namespaces[0].podSecurity.enforce'],
  [
    'RemovalTakesObjects',
    'a definition that takes its objects along',
    `{clusterSelector: {}, objects: [{id: a, manifest: {${crd}}}]}`,
    'spec.objects[0].manifest',
  ],
  [
    'GrantEnded',
    'a grant that is over',
    `{clusterSelector: {}, namespaces: [{name: n, bindings: [{clusterRole: view, groups: [a], ${ended}}]}]}`,
    'spec.namespaces[0].bindings[0].until',
  ],
  [
    'NoEffect',
    'an exact match of nothing that it is about',
    '{clusterSelector: {}, match: MustOnlyHave, namespaces: [{name: n, limits: [{type: Pod, max: {cpu: 1}}]}]}',
    'spec.match',
  ],
  ['DependencyMissing', 'a policy that does not exist', '{clusterSelector: {}, dependsOn: [nowhere]}', 'spec.dependsOn[0]'],
];
