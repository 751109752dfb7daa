/**
 * What tier Standard keeps a policy from, sent through the hub: the neighbours of what attacks-spoke.test.ts tries with the token. Either the
 * hub refuses the policy, or its row says what is wrong on that cluster and what to do; what is in the cluster stays as it is.
 */
import type { JsonObject } from '@accord/proto/canonical';
import { riskCodes } from '@accord/proto/policy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';
import { thing, type Kind, type Thing } from './spoke-attacks/attempt.ts';
import { bodies, byOwner } from './spoke-attacks/scene.ts';

const cluster = 'edge';
let it: FleetFixture;
beforeAll(async () => {
  const labels = {
    space: 'kube-system',
    home: 'accord-system',
    role: 'cluster-admin',
    taken: 'accord-spoke-core',
    who: 'system',
    what: 'secrets',
  };
  it = await FleetFixture.start([{ name: cluster, labels }]);
  const owner = it.fleet.controlPlanes.client(cluster);
  for (const attempt of byOwner) expect((await owner.send(attempt)).status, attempt.path).toBe(201);
  owner.close();
});
afterAll(() => it.stop());

const rule = (resources: string, verbs: readonly string[], apiGroups = ''): JsonObject => ({
  apiGroups: [apiGroups],
  resources: [resources],
  verbs: [...verbs],
});
const wanted = (kind: Kind, at: string, content: JsonObject = bodies[kind] ?? {}): Thing =>
  thing(kind, at, content, { labels: {}, annotations: {} });
/** A policy with these manifests, and a namespace of its own. */
const manifests = (...things: readonly Thing[]): JsonObject => ({
  namespaces: [{ name: 'own' }],
  objects: things.map(({ object }, index) => {
    const { labels: _labels, annotations: _annotations, ...metadata } = object.metadata;
    return { id: `o${index}`, manifest: { ...object, metadata } };
  }),
});
const roles = (...rules: readonly JsonObject[]): JsonObject => ({
  namespaces: [{ name: 'own', roles: [{ name: 'greedy', rules: [...rules] }] }],
});
const binds = (entry: JsonObject): JsonObject => ({ namespaces: [{ name: 'own', bindings: [entry] }] });
const bindsWide = (entry: JsonObject): JsonObject => ({ clusterBindings: [entry] });
const workload = (kind: Kind): [JsonObject, Thing] => [manifests(wanted(kind, 'own/w')), wanted(kind, 'own/w')];
const only = (one: Thing): [JsonObject, Thing] => [manifests(one), one];
const agreed = (spec: JsonObject): JsonObject => ({ ...spec, acknowledgeRisks: [...riskCodes] });
const weaker = wanted('ValidatingAdmissionPolicyBinding', 'accord-spoke-ownership', {
  spec: { policyName: 'accord-spoke-ownership', validationActions: ['Audit'] },
});
const ownRole = thing('Role', 'own/greedy');
const bindingOf = (policy: string, role: string): Thing => thing('ClusterRoleBinding', `accord:${policy}:${role}`);
const toAlice = {
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'alice' }],
};

type Attempted = readonly [claim: string, policy: readonly [spec: JsonObject, target: Thing], reason: string, says: string];
/** `Applied` is the neighbour that must work. */
const onTheCluster: Readonly<Record<string, readonly Attempted[]>> = {
  'exceed the ceiling': [
    [
      'a role with one verb more',
      [roles(rule('pods', ['get', 'delete'])), ownRole],
      'Escalation',
      `{"apiGroups":[""],"resources":["pods"],"verbs":["delete"]}]}' | kubectl apply -f -`,
    ],
    [
      'a role of others that has more',
      [bindsWide({ clusterRole: 'reads-secrets', users: ['alice'] }), bindingOf('p1', 'reads-secrets')],
      'Escalation',
      'accord.dev/aggregate-to-ceiling=true',
    ],
    ['allowed: a role within it', [roles(rule('deployments', ['get', 'update'], 'apps')), ownRole], 'Applied', ''],
  ],
  'use what is only held': [
    ...(['Deployment', 'Service', 'CronJob'] as const).map((kind): Attempted => [
      `a ${kind}`,
      workload(kind),
      'GuardRail',
      'kubectl create clusterrole accord-manifests-',
    ]),
    ['a Pod, for which there is no permission at all', workload('Pod'), 'Forbidden', 'kubectl create clusterrole accord-manifests-'],
    ['allowed: a PodDisruptionBudget', workload('PodDisruptionBudget'), 'Applied', ''],
  ],
  'write outside of managed and consented namespaces, or in protected ones': [
    [
      'into a namespace that nobody opened',
      only(wanted('ConfigMap', 'closed/new')),
      'GuardRail',
      'kubectl label namespace closed accord.dev/allow=true',
    ],
    [
      'into kube-system, by a label of the cluster',
      [{ namespaces: [{ name: '${cluster.labels.space}', configMaps: [{ name: 'new' }] }] }, wanted('ConfigMap', 'kube-system/new')],
      'LintProtectedNamespace',
      'Use a namespace of your own',
    ],
    [
      'into accord-system, by a label of the cluster',
      [manifests(wanted('ConfigMap', '${cluster.labels.home}/new')), wanted('ConfigMap', 'accord-system/new')],
      'LintProtectedNamespace',
      'Use a namespace of your own',
    ],
    ['allowed: into one that its owner opened', only(wanted('ConfigMap', 'open/new')), 'Applied', ''],
  ],
  'take over what nobody gave it': [
    ['a ConfigMap', only(wanted('ConfigMap', 'open/theirs', { data: { a: 'stolen' } })), 'NotOurs', 'accord.dev/adoptable=true'],
    [
      'a Namespace',
      [{ namespaces: [{ name: 'closed', labels: { stolen: 'true' } }] }, thing('Namespace', 'closed')],
      'NotOurs',
      'accord.dev/adoptable=true',
    ],
    [
      'a ClusterRole',
      [{ clusterRoles: [{ name: 'theirs', rules: [] }] }, thing('ClusterRole', 'theirs')],
      'NotOurs',
      'accord.dev/adoptable=true',
    ],
    ['a ClusterRoleBinding', only(wanted('ClusterRoleBinding', 'theirs', toAlice)), 'NotOurs', 'accord.dev/adoptable=true'],
    ['allowed: a Namespace that its owner lent', [{ namespaces: [{ name: 'lent' }] }, thing('Namespace', 'lent')], 'Applied', ''],
  ],
  'change its guard rails': [
    [
      'cluster-admin, by a label of the cluster',
      [bindsWide({ clusterRole: '${cluster.labels.role}', users: ['alice'] }), bindingOf('p2', 'cluster-admin')],
      'LintClusterAdmin',
      'Bind admin under namespaces[].bindings',
    ],
    [
      'a role of the spoke, by a label of the cluster',
      [{ clusterRoles: [{ name: '${cluster.labels.taken}', rules: [] }] }, thing('ClusterRole', 'accord-spoke-core')],
      'LintEscalation',
      'Choose another name',
    ],
    [
      'a grant to everybody, by a label of the cluster',
      [bindsWide({ clusterRole: 'view', groups: ['${cluster.labels.who}:authenticated'] }), bindingOf('p3', 'view')],
      'LintSystemSubject',
      'Name your own users',
    ],
    [
      'a grant to the spoke, by a label of the cluster',
      [
        bindsWide({ clusterRole: 'view', serviceAccounts: [{ namespace: '${cluster.labels.home}', name: 'accord-spoke' }] }),
        bindingOf('p4', 'view'),
      ],
      'LintSystemSubject',
      'Name your own users',
    ],
    [
      'another definition of its kinds',
      only(wanted('CustomResourceDefinition', 'guardrails.accord.dev', { spec: {} })),
      'Forbidden',
      'kubectl create clusterrole accord-manifests-',
    ],
    ['allowed: view, for people', [bindsWide({ clusterRole: 'view', users: ['alice'] }), bindingOf('p5', 'view')], 'Applied', ''],
  ],
  'go beyond the permissions, although an admin and the owner of the cluster have agreed to the risk': [
    ['a role with everything', [agreed(roles(rule('*', ['*'], '*'))), ownRole], 'Escalation', 'accord.dev/aggregate-to-ceiling=true'],
    ['a role that reads Secrets', [agreed(roles(rule('secrets', ['get']))), ownRole], 'Escalation', 'accord.dev/aggregate-to-ceiling=true'],
    ['a role for a shell', [agreed(roles(rule('pods/exec', ['create']))), ownRole], 'Escalation', 'accord.dev/aggregate-to-ceiling=true'],
    [
      'a role that binds what the spoke itself may bind',
      [agreed(roles({ ...rule('clusterroles', ['bind'], 'rbac.authorization.k8s.io'), resourceNames: ['view'] })), ownRole],
      'GuardRail',
      'wildcard, escalate, bind and impersonate verbs are refused',
    ],
  ],
  'reach Secrets, or admission': [
    [
      'a role that reads them, by a label of the cluster',
      [roles(rule('${cluster.labels.what}', ['get'])), ownRole],
      'LintSecretAccess',
      'Let workloads mount the Secrets',
    ],
    [
      'an empty Secret',
      only(wanted('Secret', 'open/new')),
      'Forbidden',
      'it takes a ClusterRole there that is labelled accord.dev/aggregate-to-manifests=true',
    ],
    [
      'the Secret of others',
      only(wanted('Secret', 'open/theirs')),
      'Forbidden',
      'it takes a ClusterRole there that is labelled accord.dev/aggregate-to-manifests=true',
    ],
    [
      'the admission policies, although an admin and the owner have agreed',
      [agreed(manifests(weaker)), weaker],
      'Forbidden',
      'it takes a ClusterRole there that is labelled accord.dev/aggregate-to-manifests=true',
    ],
  ],
};

describe.each(Object.entries(onTheCluster))('a policy cannot %s', (_theme, attempts) => {
  test.each(attempts.map(([claim, [spec, target], reason, says]) => ({ claim, spec, target, reason, says })))(
    '$claim → $reason',
    async ({ spec, target, reason, says }) => {
      const name = /^accord:([^:]+):/.exec(String(target.object.metadata['name']))?.[1] ?? 'attempt';
      const before = await seen(target);
      const revision = await it.put(name, { clusterSelector: {}, ...spec });
      const row = await settledRow(name, revision);
      expect([row.state, row.problems.map((problem) => problem.reason)]).toEqual(
        reason === 'Applied' ? ['Applied', []] : [reason === 'NotOurs' ? 'Blocked' : 'Failed', [reason]],
      );
      expect(row.sentence).toContain(says);
      const after = await seen(target);
      if (reason === 'Applied') expect(after).not.toEqual(before);
      else expect(after).toEqual(before);
      await it.delete(name);
      // Also where it named a kind that the spoke may not watch.
      await until(`${name} is gone`, async () => (await it.rows(name)).length === 0);
    },
  );
});

async function seen({ path }: Thing): Promise<unknown> {
  const { status, body } = await it.kube(cluster, 'GET', path);
  return status === 404 ? 'none' : body;
}

async function settledRow(policy: string, revision: number): Promise<Awaited<ReturnType<typeof it.rows>>[number]> {
  await until(`${policy}@${revision} has ended`, async () => {
    const [row] = await it.rows(policy);
    return row !== undefined && row.reportedRevision >= revision && ['Applied', 'Failed', 'Refused', 'Blocked'].includes(row.state);
  });
  const [row] = await it.rows(policy);
  if (row === undefined) throw new Error(`no row of ${policy}`);
  return row;
}

const account = (namespace: string, name: string): JsonObject => ({ serviceAccounts: [{ namespace, name }] });
const marked = (metadata: JsonObject): JsonObject => ({
  objects: [{ id: 'o', manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'open', ...metadata } } }],
});
const labelled = (label: string): JsonObject => ({
  clusterRoles: [{ name: 'part', labels: { [label]: 'true' }, rules: [rule('pods', ['get'])] }],
});

/** What is wrong wherever it goes does not leave the hub; the spoke would refuse it as well, see lint-danger.test.ts. */
const atTheHub: readonly (readonly [claim: string, spec: JsonObject, code: string])[] = [
  ['a protected namespace', { namespaces: [{ name: 'kube-system' }] }, 'ProtectedNamespace'],
  ['the namespace of the spoke', manifests(wanted('ConfigMap', 'accord-system/accord-spoke-state')), 'ProtectedNamespace'],
  ['cluster-admin', binds({ clusterRole: 'cluster-admin', users: ['alice'] }), 'ClusterAdmin'],
  ['admin across the cluster', bindsWide({ clusterRole: 'admin', users: ['alice'] }), 'ClusterWideEdit'],
  ['everybody', bindsWide({ clusterRole: 'view', groups: ['system:authenticated'] }), 'SystemSubject'],
  ['the account of the spoke', binds({ clusterRole: 'view', ...account('accord-system', 'accord-spoke') }), 'SystemSubject'],
  ['the secrets role of the spoke', binds({ clusterRole: 'accord-spoke-secrets', users: ['alice'] }), 'Escalation'],
  ['a part of the ceiling', labelled('accord.dev/aggregate-to-ceiling'), 'Escalation'],
  ['a part of the allow-list', labelled('accord.dev/aggregate-to-manifests'), 'Escalation'],
  ['the verb bind', roles(rule('clusterroles', ['bind'], 'rbac.authorization.k8s.io')), 'Escalation'],
  ['everything', roles(rule('*', ['get'])), 'Wildcard'],
  ['tokens', roles(rule('serviceaccounts/token', ['create'])), 'CredentialMinting'],
  ['a shell', roles(rule('pods/exec', ['create'])), 'NodeAccess'],
  ['reading Secrets', roles(rule('secrets', ['list'])), 'SecretAccess'],
  ['a Secret', manifests(wanted('Secret', 'open/new', { data: { a: 'eA==' } })), 'PlainSecret'],
  [
    'a Secret that becomes a token',
    manifests(wanted('Secret', 'open/new', { type: 'kubernetes.io/service-account-token' })),
    'CredentialMinting',
  ],
  ['an admission policy', manifests(wanted('ValidatingAdmissionPolicyBinding', 'accord-spoke-ownership')), 'Admission'],
  ['an API service', manifests(wanted('APIService', 'v1.apps')), 'Admission'],
  ['the Guardrail', manifests(wanted('Guardrail', 'default')), 'AccordKind'],
  ['a mirror', manifests(wanted('ClusterPolicy', 'mirrored')), 'AccordKind'],
  ['the mark that opens a namespace', { namespaces: [{ name: 'own', labels: { 'accord.dev/allow': 'true' } }] }, 'ReservedMark'],
  ['the mark that gives an object', marked({ annotations: { 'accord.dev/adoptable': 'true' } }), 'ReservedMark'],
  ['the mark that allows its deletion', marked({ annotations: { 'accord.dev/deletable': 'true' } }), 'ReservedMark'],
  [
    'an owner for the garbage collector',
    marked({ ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'gone', uid: 'u' }] }),
    'ServerField',
  ],
  ['a finalizer', marked({ finalizers: ['example.com/x'] }), 'ServerField'],
];

describe('the hub takes no policy with', () => {
  test.each(atTheHub)('%s', async (_claim, spec, code) => {
    const path = '/apis/accord.dev/v1alpha1/clusterpolicies/refused';
    const body = {
      apiVersion: 'accord.dev/v1alpha1',
      kind: 'ClusterPolicy',
      metadata: { name: 'refused' },
      spec: { clusterSelector: {}, ...spec },
    };
    const answer = await it.hub('PUT', path, body);
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([422, expect.stringContaining(`"FieldValue${code}"`)]);
    expect((await it.hub('GET', path)).status).toBe(404);
  });
});
