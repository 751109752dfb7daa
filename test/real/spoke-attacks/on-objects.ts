/** Attacks on what lies in the cluster: namespaces, things of others, Secrets. */
import { apply, create, merge, patches, read, remove, replace, thing, type Attack, type Thing } from './attempt.ts';
import { binding, inside, itself, mine, some, theirs } from './scene.ts';

const secret = (at: string, content = {}, metadata = {}): Thing => thing('Secret', at, content, metadata);
const ownSecret = secret('accord-system/accord-spoke-credential');
/** Nothing of this identity exists, so the garbage collector would delete what names it as its owner. */
const gone = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'gone', uid: '11111111-1111-1111-1111-111111111111' };
const mints = { annotations: { 'accord.dev/origin': 'Created', 'kubernetes.io/service-account.name': 'default' } };
const origin = (value: string) => ({ annotations: { 'accord.dev/origin': value } });

export const objectThemes: Readonly<Record<string, readonly Attack[]>> = {
  'it writes nothing into namespaces that nobody opened, and not into protected ones': [
    [
      'into an unmanaged one',
      [...inside('closed'), binding('RoleBinding', 'closed/new', ['ClusterRole', 'view'])].flatMap((it) => [create(it), apply(it)]),
      'accord-spoke-ownership',
      'namespace closed is not managed by Accord; its owner can allow it with: kubectl label namespace closed accord.dev/allow=true',
    ],
    [
      'what is in an unmanaged one',
      theirs('closed').flatMap((it) => [...patches(it), remove(it)]),
      'accord-spoke-ownership',
      'namespace closed is not managed',
    ],
    ['into default', inside('default').map(apply), 'accord-spoke-ownership', 'namespace default is not managed'],
    [
      'into a protected one',
      ['kube-system', 'kube-public', 'kube-node-lease', 'accord-system'].flatMap((namespace) => [
        apply(mine(`${namespace}/new`)),
        ...patches(mine(`${namespace}/theirs`)),
        remove(mine(`${namespace}/theirs`)),
      ]),
      'accord-spoke-ownership',
      'is protected',
    ],
    [
      'a protected one itself',
      ['kube-system', 'kube-public', 'kube-node-lease', 'accord-system'].flatMap((name) => [
        apply(some('Namespace', name)),
        ...patches(some('Namespace', name), 'accord.dev/policy'),
      ]),
      'accord-spoke-ownership',
      'is protected',
    ],
    [
      'the mark that opens, on a namespace of others',
      ['closed', 'default'].flatMap((name) => [
        ...patches(some('Namespace', name), 'accord.dev/policy'),
        ...patches(some('Namespace', name), 'accord.dev/allow'),
      ]),
      'accord-spoke-ownership',
      'accord.dev/adoptable=true',
    ],
    [
      'the mark that opens, on a namespace of its own',
      [
        merge(some('Namespace', 'team'), { metadata: { labels: { 'accord.dev/allow': 'true' } } }),
        apply(thing('Namespace', 'new', {}, { labels: { 'accord.dev/policy': 'p', 'accord.dev/allow': 'true' } })),
      ],
      'accord-spoke-ownership',
      'set by the owner of the cluster only',
    ],
    [
      'a namespace without a mark',
      [create(thing('Namespace', 'new', {}, { labels: {} }))],
      'accord-spoke-ownership',
      'must carry the ownership label',
    ],
    ['allowed: a namespace of its own', [apply(some('Namespace', 'new'))], 'nobody', ''],
    ['allowed: into one that its owner opened', inside('open').map(apply), 'nobody', ''],
  ],

  'it takes over nothing that nobody gave it': [
    [
      'change it',
      [...theirs('team'), ...theirs('open'), some('PriorityClass', 'theirs'), some('Namespace', 'closed')].flatMap((it) => patches(it)),
      'accord-spoke-ownership',
      'this object is not ours; its owner can allow adoption with the annotation accord.dev/adoptable=true',
    ],
    [
      'apply over it',
      [...theirs('team'), ...theirs('open'), some('PriorityClass', 'theirs'), some('Namespace', 'closed')].map(apply),
      'accord-spoke-ownership',
      'not ours',
    ],
    [
      'mark it as its own',
      [
        ...patches(mine('team/theirs'), 'accord.dev/policy'),
        merge(mine('team/theirs'), { metadata: { annotations: { 'accord.dev/adoptable': 'true' } } }),
      ],
      'accord-spoke-ownership',
      'not ours',
    ],
    [
      'what is lent only in part',
      [apply(thing('ConfigMap', 'team/half-marked')), apply(thing('ConfigMap', 'team/lent-not'))],
      'accord-spoke-ownership',
      'not ours',
    ],
    [
      'delete it',
      [
        ...theirs('team'),
        ...theirs('open'),
        some('PriorityClass', 'theirs'),
        mine('team/half-marked'),
        mine('team/half-marked-too'),
        mine('team/lent'),
        mine('team/adopted'),
      ].map(remove),
      'accord-spoke-ownership',
      'may delete only what it created',
    ],
    [
      'say that it made what it adopts',
      [
        apply(mine('team/lent')),
        apply(mine('team/adopted')),
        merge(mine('team/adopted'), { metadata: origin('Created') }),
        merge(mine('team/half-marked-too'), { metadata: origin('Created') }),
      ],
      'accord-spoke-ownership',
      'this object existed before: apply it with accord.dev/origin: Adopted',
    ],
    [
      'allow itself the deletion',
      [
        merge(mine('team/adopted'), { metadata: { annotations: { ...origin('Adopted').annotations, 'accord.dev/deletable': 'true' } } }),
        apply(thing('ConfigMap', 'team/new2', {}, { annotations: { ...origin('Created').annotations, 'accord.dev/deletable': 'true' } })),
      ],
      'accord-spoke-ownership',
      'set by the owner of the cluster only',
    ],
    [
      'make something without its marks',
      [create(thing('ConfigMap', 'team/unmarked', {}, { labels: {} })), create(thing('ClusterRole', 'unmarked', {}, { labels: {} }))],
      'accord-spoke-ownership',
      'must carry the ownership label',
    ],
    [
      'make something as adopted',
      [create(thing('ConfigMap', 'team/unmarked', {}, origin('Adopted')))],
      'accord-spoke-ownership',
      'must carry accord.dev/origin: Created',
    ],
    [
      'have the garbage collector delete it, or keep it from being deleted',
      [mine('team/adopted'), some('Namespace', 'kept')]
        .flatMap((it) => [merge(it, { metadata: { ownerReferences: [gone] } }), merge(it, { metadata: { finalizers: ['a.b/c'] } })])
        .concat(create(thing('ConfigMap', 'team/new2', {}, { ownerReferences: [gone] }))),
      'accord-spoke-ownership',
      'owner references and finalizers are not set by policy',
    ],
    [
      'allowed: adopt what its owner lent',
      [apply(thing('ConfigMap', 'team/lent', {}, origin('Adopted'))), apply(thing('Namespace', 'lent', {}, origin('Adopted')))],
      'nobody',
      '',
    ],
    ['allowed: delete what its owner lets go', [remove(mine('team/doomed'))], 'nobody', ''],
  ],

  'it reads no Secrets but its own and those that it manages': [
    [
      'one of others',
      ['team/theirs', 'closed/theirs', 'open/theirs', 'kube-system/theirs', 'accord-system/theirs'].map((at) => read(secret(at).path)),
      'RBAC',
      'cannot get resource "secrets"',
    ],
    [
      'all of a namespace, or of the cluster',
      ['team/x', 'kube-system/x', 'accord-system/x', 'x'].flatMap((at) => [
        read(secret(at).collection),
        read(`${secret(at).collection}?watch=true&timeoutSeconds=1`),
      ]),
      'RBAC',
      'resource "secrets"',
    ],
    [
      'its own by another verb',
      [
        read(`${secret('accord-system/x').collection}?fieldSelector=metadata.name%3Daccord-spoke-credential`),
        // Deleting it is what a spoke does whose cluster leaves the fleet; the token with which it has joined is not its own.
        remove(secret('accord-system/accord-spoke-join')),
        replace(ownSecret),
      ],
      'RBAC',
      'resource "secrets"',
    ],
    [
      'write them',
      [
        ...['team/theirs', 'closed/theirs', 'kube-system/theirs', 'accord-system/theirs'].flatMap((at) => patches(secret(at))),
        create(secret('team/new')),
        create(secret('accord-system/new')),
      ],
      'RBAC',
      'resource "secrets"',
    ],
    [
      'give itself those of a namespace that is only open, of nobody, or protected',
      ['open', 'closed', 'kube-system', 'accord-system', 'default'].map((namespace) =>
        apply(binding('RoleBinding', `${namespace}/own`, ['ClusterRole', 'accord-spoke-secrets'], [itself])),
      ),
      'accord-spoke-ownership or accord-spoke-bindings',
      '',
    ],
    [
      'give itself those of the cluster',
      [apply(binding('ClusterRoleBinding', 'own', ['ClusterRole', 'accord-spoke-secrets'], [itself]))],
      'accord-spoke-bindings',
      'the roles of the spoke are not granted by policy',
    ],
    ['allowed: its own credential', [apply(ownSecret), read(ownSecret.path)], 'nobody', ''],
    [
      'allowed: give itself those of a namespace that it manages',
      [apply(binding('RoleBinding', 'vault/own', ['ClusterRole', 'accord-spoke-secrets'], [itself]))],
      'nobody',
      '',
    ],
    ['allowed: write them there', [apply(secret('vault/new'))], 'nobody', ''],
    [
      'then still not: change those of others there',
      [...patches(secret('vault/theirs')), remove(secret('vault/theirs'))],
      'accord-spoke-ownership',
      '',
    ],
    [
      'allowed: read all that are there, and let others read them, as it may bind admin there',
      [
        read(secret('vault/theirs').path),
        apply(thing('Role', 'vault/reads-secrets', { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] })),
      ],
      'nobody',
      '',
    ],
    [
      'then still not: make a token out of one',
      [
        create(secret('vault/mint', { type: 'kubernetes.io/service-account-token' }, mints)),
        create(secret('vault/mint', { type: 'bootstrap.kubernetes.io/token' })),
        create(secret('vault/mint', { type: 'helm.sh/release.v1' })),
        create(secret('vault/mint', {}, mints)),
      ],
      'accord-spoke-secrets',
      'secrets',
    ],
  ],
};
