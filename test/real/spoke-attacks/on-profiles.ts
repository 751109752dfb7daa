/** Attacks with ClusterProfiles, where the owner bound accord-spoke-profiles in the namespace `inventory` and nowhere else. */
import { apply, below, create, customPatches, merge, remove, removeAll, replace, thing, type Attack, type Attempt } from './attempt.ts';

const inventory = { spec: { clusterManager: { name: 'accord' } } };
const marks = (policy: string, manager: string) => ({
  labels: { 'accord.dev/policy': policy, 'x-k8s.io/cluster-manager': manager },
  annotations: { 'accord.dev/origin': 'Created' },
});
const profile = (at: string, policy = '', manager = 'accord') => thing('ClusterProfile', at, inventory, marks(policy, manager));
const theirs = thing(
  'ClusterProfile',
  'inventory/theirs',
  { spec: { clusterManager: { name: 'other' } } },
  { labels: { 'x-k8s.io/cluster-manager': 'other' } },
);
const half = profile('inventory/half', '', 'other');
const ours = profile('inventory/ours');
const status = (it: typeof ours): Attempt => below(it, 'status', 'PATCH', { status: { version: { kubernetes: 'v1.36.3' } } });
const role = { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'accord-spoke-profiles' } };
const subjects = [{ kind: 'ServiceAccount', name: 'accord-spoke', namespace: 'accord-system' }];

export const profiles: { readonly byOwner: readonly Attempt[]; readonly attacks: readonly Attack[] } = {
  byOwner: [
    create(thing('Namespace', 'inventory', {}, { labels: {} })),
    ...['inventory', 'kube-system'].map((namespace) =>
      create(thing('RoleBinding', `${namespace}/accord-spoke-profiles`, { ...role, subjects }, { labels: {}, annotations: {} })),
    ),
    create(theirs),
    create(half),
  ],
  attacks: [
    ['allowed: write the registry there, and its status', [apply(ours), status(ours)], 'nobody', ''],
    [
      'write it where nobody bound the role, also in a namespace of its own',
      ['open', 'team', 'closed', 'default'].flatMap((namespace) => [
        apply(profile(`${namespace}/new`)),
        create(profile(`${namespace}/new`)),
      ]),
      'RBAC',
      'clusterprofiles',
    ],
    ['write it into a protected namespace', [apply(profile('kube-system/new'))], 'accord-spoke-ownership', 'is protected'],
    [
      'change or delete one of another cluster manager',
      [...customPatches(theirs), merge(theirs, { metadata: marks('', 'accord') }), remove(theirs), ...customPatches(half)],
      'accord-spoke-ownership',
      '',
    ],
    [
      'write the status of one of another',
      [status(theirs), status(half)],
      'accord-spoke-ownership',
      'the spoke may not write clusterprofiles/status.multicluster.x-k8s.io itself',
    ],
    [
      'put there what is not of the registry: for a policy, or as another manager',
      [apply(profile('inventory/new', 'p')), apply(profile('inventory/new', '', 'other'))],
      'accord-spoke-ownership',
      'namespace inventory is not managed by Accord',
    ],
    [
      'use the consent for other kinds',
      [apply(thing('ConfigMap', 'inventory/new'))],
      'accord-spoke-ownership',
      'namespace inventory is not managed',
    ],
    ['replace one, or delete all', [replace(ours), removeAll(ours)], 'RBAC', 'clusterprofiles'],
    [
      'keep one from being deleted',
      [merge(ours, { metadata: { finalizers: ['accord.dev/stay'] } })],
      'accord-spoke-ownership',
      'owner references and finalizers',
    ],
    [
      'make one a policy\u2019s',
      [merge(ours, { metadata: { labels: { 'accord.dev/policy': 'p' } } })],
      'accord-spoke-ownership',
      'is not managed',
    ],
    ['allowed: delete what it made itself', [remove(ours)], 'nobody', ''],
  ],
};
