/** For tests: eight policies as people write them, in YAML. */
import { parse } from 'yaml';
import type { ClusterRecord } from '@accord/proto/cluster';
import type { ClusterId, ClusterName } from '@accord/proto/ids';

/** A cluster with the labels that the examples ask for. */
export function exampleCluster(labels: Readonly<Record<string, string>> = {}, name = 'prod-eu-1'): ClusterRecord {
  const all = { 'accord.dev/name': name, 'set.accord.dev/default': '', env: 'prod', region: 'eu-west-1', ...labels };
  return {
    id: 'ljo7rntx75rerdfzovdd5yyooe' as ClusterId,
    name: name as ClusterName,
    labels: all,
    spec: { mode: 'Enforce', displayName: 'Production EU 1' },
  };
}

const policy = (name: string, spec: string): unknown => ({
  apiVersion: 'accord.dev/v1alpha1',
  kind: 'ClusterPolicy',
  metadata: { name },
  spec: parse(spec) as unknown,
});

export const examplePolicies: readonly (readonly [name: string, document: unknown])[] = [
  [
    'analytics-quota',
    `
clusterSelector: {matchExpressions: [{key: env, operator: In, values: [dev, prod]}]}
namespaces:
- name: analytics
  quota: {hard: {requests.cpu: "8", requests.memory: 32Gi, pods: 100}}`,
  ],
  [
    'ops-settings',
    `
severity: Low
clusterSelector: {matchExpressions: [{key: env, operator: Exists}]}
objects:
- id: agent-config
  manifest:
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: agent-config, namespace: ops}
    data: {endpoint: "https://metrics.example.net"}`,
  ],
  [
    'aws-platform-admins',
    `
clusterSelector: {matchLabels: {cloud: aws}}
namespaces:
- name: aws-ingress
  bindings: [{clusterRole: admin, groups: [aws-platform]}]
- name: aws-storage
  bindings: [{clusterRole: admin, groups: [aws-platform]}]`,
  ],
  [
    'grant-inc-4711',
    `
severity: High
clusterSelector: {matchLabels: {accord.dev/name: prod-eu-1}}
clusterBindings: [{clusterRole: view, users: [carol@example.net]}]
namespaces:
- name: payments
  bindings: [{clusterRole: edit, users: [carol@example.net]}]`,
  ],
  [
    'platform-baseline',
    `
severity: Critical
standards: [NIST-800-53/AC-6, CIS-K8S/5.1.1]
priority: 900
clusterSelector: {}
clusterRoles:
- name: accord-support
  labels: {accord.dev/audience: support}
  rules:
  - {apiGroups: [""], resources: [pods, pods/log, events], verbs: [get, list, watch]}
clusterBindings:
- {clusterRole: accord-support, groups: [support-l1, support-l2]}
- {clusterRole: view, groups: [auditors], serviceAccounts: [{namespace: ops, name: reporter}]}
namespaces:
- name: ops
  labels: {owner: platform, cluster: "\${cluster.name}"}
  podSecurity: {enforce: restricted, warn: restricted, version: latest}
  serviceAccounts: [{name: reporter}]
  configMaps:
  - name: cluster-info
    data: {name: "\${cluster.name}", region: "\${cluster.labels.region}", tier: "\${cluster.labels.tier:-standard}"}`,
  ],
  [
    'team-payments',
    `
severity: High
priority: 200
clusterSelector:
  matchLabels: {env: prod}
  matchExpressions: [{key: region, operator: In, values: [eu-west-1, us-east-1]}]
namespaces:
- name: payments
  labels: {team: payments, cost-centre: "4711"}
  annotations: {contact: payments@example.net}
  podSecurity: {enforce: restricted, audit: restricted, warn: restricted, version: latest}
  deletion: Retain
  serviceAccounts: [{name: deployer}]
  roles:
  - name: deployer
    rules:
    - {apiGroups: [apps], resources: [deployments], verbs: [get, list, watch, create, patch, delete]}
  bindings:
  - {role: deployer, serviceAccounts: [{namespace: payments, name: deployer}]}
  - {clusterRole: edit, groups: [team-payments]}
  - {clusterRole: view, groups: [team-risk], users: [carol@example.net]}
  quota: {hard: {requests.cpu: "20", requests.memory: 64Gi, pods: "200", count/secrets: "50"}}
  limits:
  - {type: Container, default: {cpu: 500m, memory: 512Mi}, defaultRequest: {cpu: 100m}, max: {cpu: "4"}}
  networkPolicies:
  - {name: default-deny, spec: {podSelector: {}, policyTypes: [Ingress, Egress]}}
  - name: allow-dns
    spec:
      podSelector: {}
      policyTypes: [Egress]
      egress:
      - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]
        ports: [{protocol: UDP, port: 53}]
  configMaps: [{name: settings, data: {region: "\${cluster.labels.region}", log-level: info}}]`,
  ],
  [
    'team-shop',
    `
clusterSelector: {matchExpressions: [{key: region, operator: In, values: [eu-west-1, eu-central-1]}]}
namespaces:
- name: shop-prod
  labels: {team: shop}
  bindings:
  - {clusterRole: view, groups: [support], users: [dana@example.net]}
  - {clusterRole: admin, users: [lee@example.net]}
- name: shop-test
  labels: {team: shop}
  bindings: [{clusterRole: admin, groups: [shop-developers]}]`,
  ],
  [
    'tenant-guardrails',
    `
priority: 100
prune: IfCreated
clusterSelector: {matchLabels: {env: dev}}
objects:
- id: deny-all
  order: 1
  manifest:
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: default-deny, namespace: tenant-a, labels: {cluster: "\${cluster.name}"}}
    spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
- id: low-priority
  deletion: Retain
  manifest:
    apiVersion: scheduling.k8s.io/v1
    kind: PriorityClass
    metadata: {name: tenant-low}
    value: 100
    globalDefault: false`,
  ],
].map(([name = '', spec = '']) => [name, policy(name, spec)] as const);
