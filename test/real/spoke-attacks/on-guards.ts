/** Attacks on what guards: admission, kinds, the Guardrail, the mirror, and the account itself. */
import {
  apply,
  below,
  create,
  customPatches,
  merge,
  patches,
  read,
  remove,
  removeAll,
  replace,
  thing,
  withHeaders,
  type Attack,
  type Kind,
} from './attempt.ts';
import { some } from './scene.ts';

const guards = ['ownership', 'bindings', 'roles', 'secrets'].map((name) => `accord-spoke-${name}`).concat('accord-mirror', 'accord-warn');
const guardrail = some('Guardrail', 'default');
const admissionKinds = [
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
] as const;
const own = ['clusters', 'clusterpolicies', 'guardrails'].map((name) => thing('CustomResourceDefinition', `${name}.accord.dev`));
const asSomebody = (headers: Readonly<Record<string, string>>) =>
  [read('/api/v1/namespaces'), apply(some('ConfigMap', 'kube-system/new'))].map((it) => withHeaders(it, headers));
const event = {
  eventTime: '2026-01-01T00:00:00.000000Z',
  reportingController: 'accord.dev/spoke',
  reportingInstance: 'a',
  action: 'Apply',
  reason: 'Applied',
  type: 'Normal',
  regarding: { kind: 'ConfigMap', name: 'a', namespace: 'default' },
};
const rules = (apiGroups: string, resources: readonly string[], verbs: readonly string[]) => ({
  apiGroups: [apiGroups],
  resources: [...resources],
  verbs: [...verbs],
});

export const guardThemes: Readonly<Record<string, readonly Attack[]>> = {
  'it does not touch its guard rails': [
    [
      'admission policies and their bindings',
      guards.flatMap((name) =>
        (['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'] as const).flatMap((kind) => [
          ...patches(thing(kind, name)),
          remove(thing(kind, name)),
          replace(thing(kind, name)),
        ]),
      ),
      'RBAC',
      'admissionregistration.k8s.io',
    ],
    [
      'new admission, and all of it',
      (['MutatingAdmissionPolicy', ...admissionKinds] as const).flatMap((kind) => [
        create(thing(kind, 'new')),
        removeAll(thing(kind, 'new')),
      ]),
      'RBAC',
      'admissionregistration.k8s.io',
    ],
    [
      'definitions of kinds',
      [...own.flatMap((it) => [...patches(it), remove(it)]), create(thing('CustomResourceDefinition', 'as.b.c'))],
      'RBAC',
      'customresourcedefinitions',
    ],
    [
      'API services',
      [create(thing('APIService', 'v1.b.c')), ...patches(thing('APIService', 'v1.apps')), remove(thing('APIService', 'v1.apps'))],
      'RBAC',
      'apiservices',
    ],
    [
      'the Guardrail of the owner',
      [...customPatches(guardrail), apply(guardrail), replace(guardrail), remove(guardrail), removeAll(guardrail), create(guardrail)],
      'RBAC',
      'guardrails',
    ],
    ['the status of the Guardrail by another verb', [below(guardrail, 'status', 'PUT', guardrail.object)], 'RBAC', 'guardrails/status'],
    ['allowed: say in its status what was refused', [below(guardrail, 'status', 'PATCH', { status: { refusals: 1 } })], 'nobody', ''],
  ],

  'it writes what it reports': [
    [
      'allowed: the mirror of a newer revision, and what became of it',
      [
        apply(thing('ClusterPolicy', 'mirrored', { spec: { severity: 'Low', epoch: 1, revision: 2 } })),
        below(some('ClusterPolicy', 'mirrored'), 'status', 'PATCH', { status: { state: 'Applied' } }),
      ],
      'nobody',
      '',
    ],
    ['allowed: events', [create(thing('Event', 'default/new', event))], 'nobody', ''],
  ],

  'it is nobody else': [
    [
      'an administrator',
      [{ 'impersonate-user': 'admin' }, { 'impersonate-user': 'admin', 'impersonate-group': 'system:masters' }].flatMap(asSomebody),
      'login',
      'cannot impersonate',
    ],
    [
      'another account',
      asSomebody({ 'impersonate-user': 'system:serviceaccount:kube-system:clusterrole-aggregation-controller' }),
      'login',
      'cannot impersonate',
    ],
    [
      'itself in another group',
      asSomebody({ 'impersonate-user': 'system:serviceaccount:accord-system:accord-spoke', 'impersonate-group': 'accord-breakglass' }),
      'login',
      'cannot impersonate',
    ],
    [
      'itself with other properties',
      asSomebody({
        'impersonate-user': 'system:serviceaccount:accord-system:accord-spoke',
        'impersonate-uid': '1',
        'impersonate-extra-scopes': 'all',
      }),
      'login',
      'cannot impersonate',
    ],
  ],
};

const mirrored = some('ClusterPolicy', 'mirrored');
const edited = thing('ClusterPolicy', 'mirrored', { spec: { severity: 'High', epoch: 1, revision: 2 } });
const writes = [
  ...customPatches(mirrored),
  merge(mirrored, { spec: { revision: 9 } }),
  apply(edited),
  replace(edited),
  remove(mirrored),
  removeAll(mirrored),
  create(some('ClusterPolicy', 'new')),
  below(mirrored, 'status', 'PATCH', { status: { state: 'Applied' } }),
  create(thing('Cluster', 'new', { spec: { clusterID: 'a'.repeat(26), epoch: 1, revision: 1 } })),
];
const as =
  (user: string, ...groups: readonly string[]) =>
  (attempt: (typeof writes)[number]) =>
    withHeaders(attempt, { 'impersonate-user': user, 'impersonate-group': groups.concat('system:masters') });

/** Sent by an administrator of the cluster, or by whom it may impersonate: each has every permission of RBAC. */
export const mirrorAttacks: readonly Attack[] = [
  ['not an administrator', writes, 'accord-mirror', 'is written by the hub: change it there, or use group accord-breakglass'],
  ['not another person', writes.map(as('bob', 'accord-breakglasses')), 'accord-mirror', 'is written by the hub'],
  [
    'not a controller, nor another account called like the spoke',
    ['system:serviceaccount:kube-system:namespace-controller', 'system:serviceaccount:team:accord-spoke', 'accord-spoke'].flatMap((user) =>
      [merge(edited, edited.object), remove(mirrored)].map(as(user)),
    ),
    'accord-mirror',
    'is written by the hub',
  ],
  [
    'allowed: whoever breaks the glass',
    [as('bob', 'accord-breakglass')(merge(mirrored, { metadata: { labels: { broken: 'glass' } } }))],
    'nobody',
    '',
  ],
  ['allowed: the owner, for the Guardrail', [merge(guardrail, { spec: { maxObjects: 50 } })], 'nobody', ''],
];

const held = thing(
  'ClusterRole',
  'too-much',
  {
    rules: [
      rules(
        '',
        ['pods/exec', 'pods/eviction', 'pods/ephemeralcontainers', 'serviceaccounts/token', 'namespaces/finalize', 'resourcequotas/status'],
        ['get', 'create', 'patch', 'update'],
      ),
      rules(
        '',
        ['pods', 'nodes', 'namespaces', 'configmaps', 'persistentvolumes'],
        ['create', 'patch', 'update', 'delete', 'deletecollection'],
      ),
      rules('apps', ['deployments/scale', 'deployments/status'], ['patch', 'update']),
      rules('coordination.k8s.io', ['leases'], ['get', 'create', 'patch', 'update', 'delete']),
      rules('events.k8s.io', ['events'], ['delete']),
      rules('accord.dev', ['guardrails'], ['create', 'patch', 'update', 'delete']),
      rules('apiextensions.k8s.io', ['customresourcedefinitions'], ['create', 'patch', 'delete']),
      rules('certificates.k8s.io', ['certificatesigningrequests', 'certificatesigningrequests/approval'], ['create', 'patch', 'update']),
    ],
  },
  { labels: { 'accord.dev/aggregate-to-ceiling': 'true' } },
);
const pod = some('Pod', 'team/theirs');
const deployment = some('Deployment', 'team/theirs');
const kinds: readonly (readonly [Kind, string])[] = [
  ['Pod', 'team/theirs'],
  ['CustomResourceDefinition', 'guardrails.accord.dev'],
];

/** The owner granted subresources, leases and guard rails to the ceiling, so that policies may grant them. */
export const overgenerous: {
  readonly ceiling: ReturnType<typeof create>;
  readonly isHeldWhen: ReturnType<typeof create>;
  readonly attacks: readonly Attack[];
} = {
  ceiling: create(held),
  isHeldWhen: remove(pod),
  attacks: [
    [
      'write kinds that are not its own',
      kinds.flatMap(([kind, at]) => [...patches(some(kind, at)), remove(some(kind, at))]),
      'accord-spoke-ownership',
      'the spoke may not write',
    ],
    [
      'use a subresource',
      [
        below(pod, 'exec?command=sh', 'POST'),
        below(pod, 'eviction', 'POST', { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'theirs' } }),
        below(deployment, 'scale', 'PATCH', { spec: { replicas: 0 } }),
        below(deployment, 'status', 'PATCH', { status: { replicas: 7 } }),
        below(some('ResourceQuota', 'team/theirs'), 'status', 'PATCH', { status: { used: { pods: '7' } } }),
      ],
      'accord-spoke-ownership',
      'the spoke may not write',
    ],
    [
      'mint a token',
      [
        below(some('ServiceAccount', 'team/default'), 'token', 'POST', {
          apiVersion: 'authentication.k8s.io/v1',
          kind: 'TokenRequest',
          spec: {},
        }),
      ],
      'accord-spoke-ownership',
      'the spoke may not write serviceaccounts/token',
    ],
    [
      'replace, or delete all, of what is not its own',
      [
        replace(some('ConfigMap', 'team/theirs')),
        replace(some('ConfigMap', 'kube-system/theirs')),
        removeAll(some('ConfigMap', 'closed/theirs')),
        removeAll(some('ConfigMap', 'kube-system/theirs')),
      ],
      'accord-spoke-ownership',
      '',
    ],
    [
      'take a lease of others',
      [some('Lease', 'team/theirs'), some('Lease', 'kube-system/theirs')]
        .flatMap((it) => [...patches(it), replace(it), remove(it)])
        .concat(create(some('Lease', 'kube-system/new'))),
      'accord-spoke-ownership',
      'the spoke may not write leases.coordination.k8s.io',
    ],
    [
      'change the Guardrail',
      [...customPatches(guardrail), merge(guardrail, { spec: { maxObjects: 1_000_000 } }), remove(guardrail)],
      'accord-spoke-ownership',
      'the spoke may not write guardrails.accord.dev',
    ],
    ['delete events', [remove(some('Event', 'default/new'))], 'accord-spoke-ownership', 'the spoke may not write events.events.k8s.io'],
    [
      'allowed: what it may do all the same',
      [
        apply(some('Lease', 'accord-system/accord-spoke', { labels: { renewed: 'true' } })),
        below(guardrail, 'status', 'PATCH', { status: { refusals: 2 } }),
      ],
      'nobody',
      '',
    ],
  ],
};
