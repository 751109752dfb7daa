/** What stands in the cluster before the attacks of attacks-spoke.test.ts begin. */
import type { JsonObject } from '@accord/proto/canonical';
import { riskCodes } from '@accord/proto/policy';
import { apply, create, thing, type Attempt, type Kind, type Thing } from './attempt.ts';

const podSpec = { containers: [{ name: 'a', image: 'a' }] };
const template = { metadata: { labels: { a: 'a' } }, spec: podSpec };
/** As little as the API server accepts of a kind. */
export const bodies: Partial<Record<Kind, JsonObject>> = {
  Deployment: { spec: { selector: { matchLabels: { a: 'a' } }, template } },
  DaemonSet: { spec: { selector: { matchLabels: { a: 'a' } }, template } },
  StatefulSet: { spec: { selector: { matchLabels: { a: 'a' } }, template } },
  Job: { spec: { template: { spec: { ...podSpec, restartPolicy: 'Never' } } } },
  CronJob: { spec: { schedule: '* * * * *', jobTemplate: { spec: { template: { spec: { ...podSpec, restartPolicy: 'Never' } } } } } },
  Pod: { spec: podSpec },
  Service: { spec: { ports: [{ port: 80 }] } },
  ResourceQuota: { spec: { hard: { pods: '1000' } } },
  LimitRange: { spec: { limits: [{ type: 'Container', max: { cpu: '64' } }] } },
  NetworkPolicy: { spec: { podSelector: {} } },
  PodDisruptionBudget: { spec: { selector: {}, maxUnavailable: 1 } },
  PriorityClass: { value: 1 },
  Lease: { spec: { holderIdentity: 'somebody' } },
  Role: { rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }] },
  ClusterRole: { rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }] },
  // The owner takes every risk that a policy can name, so that nothing but the permissions is left.
  Guardrail: { spec: { maxObjects: 100, allowRisks: [...riskCodes] } },
  ClusterPolicy: { spec: { severity: 'Low', epoch: 1, revision: 1 } },
};

export const some = (kind: Kind, at: string, metadata: JsonObject = {}): Thing => thing(kind, at, bodies[kind] ?? {}, metadata);
export const binding = (
  kind: 'RoleBinding' | 'ClusterRoleBinding',
  at: string,
  [roleKind, name]: RoleName,
  subjects: readonly JsonObject[] = [alice],
): Thing => thing(kind, at, { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: roleKind, name }, subjects: [...subjects] });
type RoleName = readonly [kind: 'Role' | 'ClusterRole', name: string];
export const alice: JsonObject = { kind: 'User', name: 'alice', apiGroup: 'rbac.authorization.k8s.io' };
export const itself: JsonObject = { kind: 'ServiceAccount', name: 'accord-spoke', namespace: 'accord-system' };

/** Kinds that policies are made of, inside of namespaces. */
export const namespacedKinds = [
  'ConfigMap',
  'ServiceAccount',
  'ResourceQuota',
  'LimitRange',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'Role',
] as const;

export const mine = (at: string): Thing => some('ConfigMap', at);
export const inside = (namespace: string): readonly Thing[] => namespacedKinds.map((kind) => some(kind, `${namespace}/new`));
export const theirs = (namespace: string): readonly Thing[] => namespacedKinds.map((kind) => some(kind, `${namespace}/theirs`));

/** Without any mark of ours. */
const owners = (kind: Kind, at: string, annotations: JsonObject = {}, labels: JsonObject = {}): Attempt =>
  create(some(kind, at, { labels, annotations }));
const ownersBinding = (it: Thing): Attempt =>
  create({ ...it, object: { ...it.object, metadata: { ...it.object.metadata, labels: {}, annotations: {} } } });
const readsSecrets = { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] };

/**
 * Namespaces: `team` and `vault` are managed by a policy, `kept` was adopted by one, `open` was consented to by its owner, nobody was asked about `closed`, and `lent` may be adopted.
 * In each, and across the cluster, things called `theirs` that nobody gave to the spoke.
 */
export const byOwner: readonly Attempt[] = [
  owners('Namespace', 'open', {}, { 'accord.dev/allow': 'true' }),
  owners('Namespace', 'closed'),
  owners('Namespace', 'lent', { 'accord.dev/adoptable': 'true' }),
  owners('Namespace', 'kept', { 'accord.dev/origin': 'Adopted' }, { 'accord.dev/policy': 'p' }),
  ...['team', 'vault'].map((name) => create(thing('Namespace', name))),
  ...['team', 'open', 'closed'].flatMap((namespace) => namespacedKinds.map((kind) => owners(kind, `${namespace}/theirs`))),
  ...(['Deployment', 'Pod', 'Service', 'Secret'] as const).map((kind) => owners(kind, `team/theirs`)),
  ...['vault', 'closed', 'open', 'kube-system', 'accord-system'].map((namespace) => owners('Secret', `${namespace}/theirs`)),
  ...['team', 'kube-system'].map((namespace) => owners('Lease', `${namespace}/theirs`)),
  ...['kube-system', 'kube-public', 'kube-node-lease', 'accord-system'].map((namespace) => owners('ConfigMap', `${namespace}/theirs`)),
  // They call themselves the spoke's, but only one of the two marks is there.
  owners('ConfigMap', 'team/half-marked', { 'accord.dev/origin': 'Created' }),
  owners('ConfigMap', 'team/half-marked-too', {}, { 'accord.dev/policy': 'p' }),
  owners('ConfigMap', 'team/lent', { 'accord.dev/adoptable': 'true' }),
  owners('ConfigMap', 'team/lent-not', { 'accord.dev/adoptable': 'false' }),
  owners('ConfigMap', 'team/doomed', { 'accord.dev/deletable': 'true' }),
  owners('ConfigMap', 'team/adopted', { 'accord.dev/origin': 'Adopted' }, { 'accord.dev/policy': 'p' }),
  owners('PriorityClass', 'theirs'),
  owners('ClusterRole', 'theirs'),
  ownersBinding(binding('ClusterRoleBinding', 'theirs', ['ClusterRole', 'view'])),
  ownersBinding(binding('RoleBinding', 'team/theirs', ['ClusterRole', 'view'])),
  create(thing('ClusterRole', 'reads-secrets', readsSecrets, { labels: {} })),
  create(thing('Role', 'team/reads-secrets', readsSecrets, { labels: {} })),
  owners('Guardrail', 'default'),
];

export const bySpoke: readonly Attempt[] = [
  apply(some('ConfigMap', 'team/ours')),
  apply(some('ClusterRole', 'ours')),
  apply(some('ClusterPolicy', 'mirrored')),
];
