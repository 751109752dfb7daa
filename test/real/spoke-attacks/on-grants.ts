/** Attacks through roles and bindings: more than the ceiling, more for itself, more for everybody. */
import type { JsonObject } from '@accord/proto/canonical';
import { apply, create, merge, patches, remove, thing, type Attack, type Thing } from './attempt.ts';
import { alice, binding, itself, some } from './scene.ts';

const rule = (resources: readonly string[], verbs: readonly string[], apiGroups: readonly string[] = ['']): JsonObject => ({
  apiGroups: [...apiGroups],
  resources: [...resources],
  verbs: [...verbs],
});
const roles = (rules: readonly JsonObject[], more: JsonObject = {}): readonly Thing[] => [
  thing('Role', 'team/greedy', { rules: [...rules], ...more }),
  thing('ClusterRole', 'greedy', { rules: [...rules], ...more }),
];
const clusterRole = (name: string, labels: JsonObject = {}, content: JsonObject = some('ClusterRole', 'x').object): Thing => {
  const { rules = [] } = content;
  return thing('ClusterRole', name, { rules }, { labels: { 'accord.dev/policy': 'p', ...labels } });
};
const account = (name: string, namespace: string): JsonObject => ({ kind: 'ServiceAccount', name, namespace });
const group = (name: string): JsonObject => ({ ...alice, kind: 'Group', name });
const bothBindings = (name: string, subjects: readonly JsonObject[] = [alice]): readonly Thing[] => [
  binding('RoleBinding', 'team/greedy', ['ClusterRole', name], subjects),
  binding('ClusterRoleBinding', 'greedy', ['ClusterRole', name], subjects),
];
const ofTheSpoke = ['accord-spoke-core', 'accord-spoke-apply', 'accord-spoke-ceiling', 'accord-spoke-manifests', 'accord-spoke-secrets'];
const builtIn = ['cluster-admin', 'admin', 'edit', 'view', 'system:discovery'];
/** The server tells of one refusal, and not always of the same one: each of these alone would do. */
const changed = 'accord-spoke-ownership or accord-spoke-roles or accord-spoke-bindings or escalation';
const written = (attempts: readonly Thing[]) => attempts.flatMap((it) => [create(it), apply(it)]);

export const grantThemes: Readonly<Record<string, readonly Attack[]>> = {
  'it grants nothing beyond the ceiling': [
    ['a role that reads Secrets', written(roles([rule(['secrets'], ['get'])])), 'escalation', 'not currently held'],
    ['a role with one verb more', written(roles([rule(['pods'], ['get', 'delete'])])), 'escalation', 'not currently held'],
    ['a role with a subresource more', roles([rule(['pods/exec'], ['create'])]).map(apply), 'escalation', 'pods/exec'],
    ['a role that mints tokens', roles([rule(['serviceaccounts/token'], ['create'])]).map(apply), 'escalation', 'serviceaccounts/token'],
    ['a role that impersonates', roles([rule(['users', 'groups'], ['impersonate'])]).map(apply), 'escalation', 'impersonate'],
    ['a role with everything', roles([rule(['*'], ['*'], ['*'])]).map(apply), 'escalation', 'not currently held'],
    [
      'a role for all URLs',
      [apply(thing('ClusterRole', 'greedy', { rules: [{ nonResourceURLs: ['*'], verbs: ['get'] }] }))],
      'escalation',
      'not currently held',
    ],
    [
      'a role that escalates',
      roles([rule(['clusterroles'], ['escalate'], ['rbac.authorization.k8s.io'])]).map(apply),
      'escalation',
      'escalate',
    ],
    [
      'a role that grows by labels',
      [apply(thing('ClusterRole', 'greedy', { aggregationRule: { clusterRoleSelectors: [{}] } }))],
      'escalation',
      'must have cluster-admin',
    ],
    [
      'its own role, made larger',
      [merge(some('ClusterRole', 'ours'), { rules: [rule(['secrets'], ['get'])] })],
      'escalation',
      'not currently held',
    ],
    [
      'a role of others that reads Secrets',
      [...bothBindings('reads-secrets'), binding('RoleBinding', 'team/greedy', ['Role', 'reads-secrets'])].flatMap((it) => [
        create(it),
        apply(it),
      ]),
      'escalation',
      'not currently held',
    ],
    ['cluster-admin', written(bothBindings('cluster-admin')), 'escalation', 'not currently held'],
    ['the role of a node', bothBindings('system:node').map(apply), 'escalation', 'not currently held'],
    ['tier RBACAdmin', bothBindings('accord-spoke-rbacadmin', [itself]).map(apply), 'escalation', 'not currently held'],
    ['allowed: a role within the ceiling', roles([rule(['deployments'], ['get', 'update'], ['apps'])]).map(apply), 'nobody', ''],
    [
      'allowed: view everywhere; edit and admin in a namespace that it manages',
      [
        apply(binding('ClusterRoleBinding', 'seen', ['ClusterRole', 'view'])),
        ...['edit', 'admin'].map((name) => apply(binding('RoleBinding', `team/${name}`, ['ClusterRole', name]))),
      ],
      'nobody',
      '',
    ],
  ],

  'it grants nothing dangerous, although it holds it': [
    [
      'edit and admin across the cluster',
      ['edit', 'admin'].flatMap((name) => written([binding('ClusterRoleBinding', 'wide', ['ClusterRole', name])])),
      'accord-spoke-bindings',
      'is not bound cluster-wide',
    ],
    [
      'roles of Kubernetes',
      ['system:discovery', 'system:basic-user'].map((name) => apply(binding('ClusterRoleBinding', 'system', ['ClusterRole', name]))),
      'accord-spoke-bindings',
      'system roles are not bound',
    ],
    [
      'to everybody',
      [
        'system:authenticated',
        'system:unauthenticated',
        'system:masters',
        'system:serviceaccounts',
        'system:serviceaccounts:accord-system',
      ].flatMap((name) => bothBindings('view', [group(name)]).map(apply)),
      'accord-spoke-bindings',
      'system users and system groups get nothing',
    ],
    [
      'to users of the control plane, one of several',
      [
        { ...alice, name: 'system:kube-scheduler' },
        { ...alice, name: 'system:anonymous' },
        { ...alice, name: 'system:serviceaccount:accord-system:accord-spoke' },
      ].flatMap((user) => bothBindings('view', [alice, user]).map(apply)),
      'accord-spoke-bindings',
      'system users and system groups get nothing',
    ],
    [
      'to accounts of the control plane',
      ['kube-system', 'kube-public', 'kube-node-lease', 'accord-system'].flatMap((namespace) =>
        bothBindings('view', [alice, account('default', namespace)]).map(apply),
      ),
      'accord-spoke-bindings',
      'no grants to the spoke or to control-plane accounts',
    ],
    [
      'to itself',
      ['view', 'edit', 'admin'].map((name) => apply(binding('RoleBinding', 'team/self', ['ClusterRole', name], [itself]))),
      'accord-spoke-bindings',
      'no grants to the spoke',
    ],
    [
      'a role of its own making, to itself',
      [
        apply(binding('RoleBinding', 'team/self', ['Role', 'theirs'], [itself])),
        apply(binding('ClusterRoleBinding', 'self', ['ClusterRole', 'ours'], [itself])),
      ],
      'accord-spoke-bindings',
      'no grants to the spoke',
    ],
    [
      'the roles of the spoke, to others',
      ofTheSpoke.flatMap((name) => bothBindings(name).map(apply)),
      'accord-spoke-bindings',
      'the roles of the spoke are not granted',
    ],
    [
      'its secrets role, to itself and to another',
      [apply(binding('RoleBinding', 'team/shared', ['ClusterRole', 'accord-spoke-secrets'], [itself, alice]))],
      'accord-spoke-bindings',
      'not granted by policy',
    ],
    [
      'the permission to bind, which it has',
      roles([{ ...rule(['clusterroles'], ['bind'], ['rbac.authorization.k8s.io']), resourceNames: ['view'] }]).map(apply),
      'accord-spoke-roles',
      'wildcard, escalate, bind and impersonate verbs are refused',
    ],
    ['allowed: an ordinary account of a namespace', bothBindings('view', [account('theirs', 'team')]).map(apply), 'nobody', ''],
  ],

  'it changes no role of others, least of all its own': [
    [
      'its own roles and bindings',
      ofTheSpoke.flatMap((name) => [...patches(some('ClusterRole', name)), remove(some('ClusterRole', name))]),
      changed,
      '',
    ],
    [
      'its own bindings',
      ['accord-spoke-core', 'accord-spoke-apply', 'accord-spoke-ceiling', 'accord-spoke-manifests'].flatMap((name) => [
        ...patches(some('ClusterRoleBinding', name)),
        remove(some('ClusterRoleBinding', name)),
      ]),
      changed,
      '',
    ],
    [
      'its role in its own namespace',
      [
        ...patches(some('Role', 'accord-system/accord-spoke')),
        remove(some('Role', 'accord-system/accord-spoke')),
        remove(some('RoleBinding', 'accord-system/accord-spoke')),
        ...patches(some('ServiceAccount', 'accord-system/accord-spoke')),
      ],
      changed,
      '',
    ],
    [
      'the parts of the ceiling and of the allow-list',
      ['accord-ceiling-starter', 'accord-manifests-starter'].flatMap((name) => [
        ...patches(some('ClusterRole', name)),
        remove(some('ClusterRole', name)),
      ]),
      changed,
      '',
    ],
    [
      'roles of Kubernetes',
      builtIn.flatMap((name) => [...patches(some('ClusterRole', name)), remove(some('ClusterRole', name))]),
      changed,
      '',
    ],
    [
      'bindings of Kubernetes',
      ['cluster-admin', 'system:discovery'].flatMap((name) => [
        ...patches(some('ClusterRoleBinding', name)),
        remove(some('ClusterRoleBinding', name)),
      ]),
      changed,
      '',
    ],
    [
      'roles and bindings of the owner',
      [some('ClusterRole', 'theirs'), some('ClusterRoleBinding', 'theirs'), some('RoleBinding', 'team/theirs')].flatMap((it) => [
        ...patches(it),
        remove(it),
      ]),
      'accord-spoke-ownership',
      '',
    ],
    [
      'a new role under such a name',
      ['system:mine', 'accord-spoke-mine'].flatMap((name) => written([clusterRole(name)])),
      'accord-spoke-roles',
      'system roles, built-in roles and roles of the spoke are not changed',
    ],
    [
      'a new part of the ceiling, of the allow-list, of a built-in role',
      [
        'accord.dev/aggregate-to-ceiling',
        'accord.dev/aggregate-to-manifests',
        'accord.dev/aggregate-to-anything',
        'rbac.authorization.k8s.io/aggregate-to-view',
      ].flatMap((label) => written([clusterRole('part', { [label]: 'true' })])),
      'accord-spoke-roles',
      'no aggregation into built-in roles or into the ceiling',
    ],
    [
      'its own role into a part of the ceiling',
      patches(some('ClusterRole', 'ours'), 'accord.dev/aggregate-to-ceiling').slice(0, 2),
      'accord-spoke-roles',
      'no aggregation',
    ],
    [
      'allowed: a role of its own',
      [apply(clusterRole('mine')), merge(some('ClusterRole', 'mine'), { rules: [] }), remove(some('ClusterRole', 'mine'))],
      'nobody',
      '',
    ],
  ],
};
