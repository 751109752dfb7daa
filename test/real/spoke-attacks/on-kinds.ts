/** Attacks with kinds that the spoke has no business with: what it only holds, and what it has no permission for. */
import { apply, below, create, merge, patches, read, remove, removeAll, replace, thing, type Attack } from './attempt.ts';
import { bodies, inside, mine, some, theirs } from './scene.ts';

const { Pod } = bodies;
const pod = some('Pod', 'team/theirs');
const deployment = some('Deployment', 'team/theirs');
const workloads = (['Deployment', 'DaemonSet', 'StatefulSet', 'Job', 'CronJob', 'Service'] as const).map((kind) => some(kind, 'team/new'));

export const kindThemes: Readonly<Record<string, readonly Attack[]>> = {
  'it does not use what it only holds so that policies may grant it': [
    [
      'make a workload',
      workloads.flatMap((it) => [create(it), apply(it)]),
      'accord-spoke-ownership',
      'itself: a ClusterRole labelled accord.dev/aggregate-to-manifests',
    ],
    [
      'change a workload',
      [...patches(deployment), replace(deployment), remove(deployment), ...patches(some('Service', 'team/theirs'))],
      'accord-spoke-ownership',
      'the spoke may not write',
    ],
    ['delete all workloads', [removeAll(deployment), removeAll(pod)], 'RBAC', 'cannot deletecollection'],
    ['replace what it may patch', [replace(some('Role', 'team/theirs')), replace(some('Namespace', 'team'))], 'RBAC', 'cannot update'],
    ['allowed: the kinds that policies are made of', inside('team').map(apply), 'nobody', ''],
    [
      'allowed: change and delete what it made itself',
      [merge(mine('team/ours'), { data: { a: '1' } }), remove(mine('team/ours'))],
      'nobody',
      '',
    ],
    ['allowed: read what it holds, since no admission policy sees a read', [read(pod.path), read(deployment.path)], 'nobody', ''],
  ],

  'it has no permission at all for': [
    ['pods, by any way', [create(thing('Pod', 'team/new', Pod)), ...patches(pod), remove(pod), removeAll(pod)], 'RBAC', 'pods'],
    [
      'a shell or a tunnel',
      [below(pod, 'exec?command=sh', 'POST'), below(pod, 'attach', 'POST'), below(pod, 'portforward', 'POST'), below(pod, 'proxy', 'GET')],
      'RBAC',
      'pods/',
    ],
    [
      'debug containers, eviction, bindings to nodes',
      [below(pod, 'ephemeralcontainers', 'PATCH', {}), below(pod, 'eviction', 'POST', {}), below(pod, 'binding', 'POST', {})],
      'RBAC',
      'pods/',
    ],
    [
      'scale',
      [below(deployment, 'scale', 'PATCH', { spec: { replicas: 0 } }), below(deployment, 'scale', 'PUT', {})],
      'RBAC',
      'deployments/scale',
    ],
    [
      'status of what others count',
      [
        below(some('ResourceQuota', 'team/theirs'), 'status', 'PATCH', { status: {} }),
        below(some('Namespace', 'team'), 'status', 'PATCH', {}),
      ],
      'RBAC',
      '/status',
    ],
    [
      'tokens of any account, its own too',
      ['team/theirs', 'team/default', 'kube-system/default', 'accord-system/accord-spoke'].map((at) =>
        below(some('ServiceAccount', at), 'token', 'POST', { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} }),
      ),
      'RBAC',
      'serviceaccounts/token',
    ],
    [
      'certificates',
      [
        create(thing('CertificateSigningRequest', 'new', { spec: {} })),
        below(thing('CertificateSigningRequest', 'new'), 'approval', 'PATCH', {}),
      ],
      'RBAC',
      'certificatesigningrequests',
    ],
    [
      'the end of a namespace',
      [
        remove(some('Namespace', 'team')),
        remove(some('Namespace', 'closed')),
        removeAll(some('Namespace', 'team')),
        below(some('Namespace', 'team'), 'finalize', 'PUT', {}),
      ],
      'RBAC',
      'namespaces',
    ],
    [
      'nodes and volumes',
      [
        ...patches(thing('Node', 'n')),
        below(thing('Node', 'n'), 'proxy/metrics', 'GET'),
        create(thing('PersistentVolume', 'v', { spec: {} })),
      ],
      'RBAC',
      'cannot',
    ],
    [
      'deleting many at once',
      [...theirs('team'), some('ClusterRole', 'theirs'), some('ClusterRoleBinding', 'theirs'), some('ClusterPolicy', 'mirrored')].map(
        removeAll,
      ),
      'RBAC',
      'cannot deletecollection',
    ],
    [
      'leases of others',
      [
        some('Lease', 'team/new'),
        some('Lease', 'team/theirs'),
        some('Lease', 'kube-system/theirs'),
        some('Lease', 'accord-system/other'),
      ].flatMap((it) => [apply(it), remove(it)]),
      'RBAC',
      'leases',
    ],
    ['events that are there', [remove(some('Event', 'default/e')), removeAll(some('Event', 'default/e'))], 'RBAC', 'events'],
    ['allowed: its own lease', [apply(some('Lease', 'accord-system/accord-spoke'))], 'nobody', ''],
  ],
};
