import type { Preview, Row } from '@accord/proto/api';
import { describe, expect, test } from 'vitest';
import { clusterSchema, policySchema } from '../resources.ts';
import { plain } from '../terminal.ts';
import { describeCluster, describePolicy } from './describe.ts';
import { renderPreview } from './preview.ts';
import { renderNotSelected, renderSelected } from './placement.ts';
import { renderSelector } from './selector.ts';

const nowMs = Date.parse('2026-11-24T15:00:00Z');
const policy = policySchema.parse({
  metadata: { name: 'pay', generation: 4, creationTimestamp: '2026-11-24T12:00:00Z', labels: { team: 'pay' } },
  spec: { description: 'Payments.', priority: 100, clusterSelector: { matchLabels: { env: 'prod' } }, namespaces: [{ name: 'pay' }] },
});
const cluster = clusterSchema.parse({
  metadata: { name: 'eu-1', creationTimestamp: '2026-11-24T12:00:00Z', labels: { env: 'prod', region: 'eu' } },
  spec: { mode: 'Enforce' },
  status: {
    ready: 'True',
    connection: 'live',
    sync: { state: 'current' },
    version: { kubernetes: 'v1.36.3' },
    spoke: { version: '0.1.0', permissions: 'Standard' },
  },
});
const failed = {
  cluster: 'eu-1',
  policy: 'pay',
  sentence: 'pay@4 is held up on eu-1.',
  problems: [
    { object: '/ResourceQuota/pay/accord-pay', state: 'Failed', reason: 'Forbidden', message: 'may not' },
    { object: '/ConfigMap/pay/settings', state: 'Failed', reason: 'Forbidden', message: 'may not' },
  ],
  retained: ['/Namespace//old'],
} as unknown as Row;
const preview: Preview = {
  lint: [],
  warnings: [{ code: 'ReadsSecrets', path: 'spec.namespaces[0]', message: 'Reads secrets.', help: 'Is that meant?' }],
  selected: ['eu-1'],
  notSelected: [{ cluster: 'dev-1', because: 'env is dev, wanted prod' }],
  objects: { 'eu-1': ['Namespace pay'] },
  refused: [],
  change: { add: 1, change: 0, remove: 0 },
  access: {
    gained: [{ cluster: 'eu-1', subject: 'group a', role: 'edit', namespace: 'pay' }],
    lost: [{ cluster: 'eu-1', subject: 'user b', role: 'view', namespace: '' }],
  },
  against: { revision: 4, differences: [] },
};

describe('description', () => {
  test('a policy: content, rows in sentences with every object that is held up, placement with reasons', () => {
    expect(describePolicy({ policy, rows: [failed], preview, nowMs }, plain)).toEqual([
      'Name          pay',
      'Description   Payments.',
      'Revision      4',
      'Created       2026-11-24T12:00:00Z (3h ago)',
      'Labels        team=pay',
      'Selects       env=prod',
      '',
      'Content',
      '  priority: 100',
      '  namespaces:',
      '    - name: pay',
      '',
      'Clusters (1)',
      '  - pay@4 is held up on eu-1.',
      '    Failed ResourceQuota pay/accord-pay: may not',
      '    Failed ConfigMap pay/settings: may not',
      '    kept: Namespace old',
      '',
      'Not selected',
      '  dev-1   env is dev, wanted prod',
      '',
      'Warnings',
      '  spec.namespaces[0]: Reads secrets. Is that meant?',
    ]);
  });

  test('a cluster: how it is connected, and its policies', () => {
    expect(describeCluster({ cluster, rows: [], nowMs }, plain)).toEqual([
      'Name         eu-1',
      'Labels       env=prod,region=eu',
      'Mode         Enforce',
      'Ready        True',
      'Connection   live',
      'Sync         current',
      'Kubernetes   v1.36.3',
      'Spoke        0.1.0, permissions Standard',
      'Joined       2026-11-24T12:00:00Z (3h ago)',
      '',
      'Policies (0)',
      '  No policy reaches it.',
    ]);
  });
});

describe('a cluster whose spoke has told what its owner allows', () => {
  const guardrail = { generation: 2, spec: { maxObjects: 10, maxLocalHold: '8h', bindableRoles: ['view'] }, unlisted: {} };
  test('shows that as well', () => {
    const lines = describeCluster({ cluster: { ...cluster, status: { ...cluster.status, guardrail } }, rows: [], nowMs }, plain);
    expect(lines).toEqual(
      expect.arrayContaining(['Guardrail', '  Written                by its owner, generation 2', '  ClusterRoles to bind   view']),
    );
  });
});

describe('renderPreview', () => {
  test('names what owners of clusters would refuse', () => {
    const refused = [
      {
        cluster: 'eu-1',
        object: 'RoleBinding pay/accord:pay:edit',
        reason: 'BindableRoles',
        message: 'policies may not bind ClusterRole edit',
      },
      { cluster: 'us-1', object: '', reason: 'AllowRisks', message: 'allowRisks does not name Wildcard' },
    ];
    expect(renderPreview('pay', { ...preview, refused }, plain)).toEqual(
      expect.arrayContaining([
        'Refused by Guardrails',
        '  eu-1   RoleBinding pay/accord:pay:edit   BindableRoles   policies may not bind ClusterRole edit',
        '  us-1   all of it                         AllowRisks      allowRisks does not name Wildcard',
      ]),
    );
  });

  test('shows objects, placement and who gains and loses access', () => {
    expect(renderPreview('pay', preview, plain)).toEqual([
      'clusterpolicy/pay   1 to add, 0 to change, 0 to remove',
      'Warnings',
      '  ReadsSecrets spec.namespaces[0]: Reads secrets. Is that meant?',
      'Selected',
      '  eu-1',
      '    Namespace pay',
      'Not selected',
      '  dev-1   env is dev, wanted prod',
      'Access',
      '  +   group a   edit   in pay       on eu-1',
      '  -   user b    view   everywhere   on eu-1',
    ]);
  });

  test('what would be refused says so first', () => {
    const fault = { code: 'MissingField', path: 'spec.x', message: 'This field is required.', help: 'Add it.' };
    expect(renderPreview('pay', { ...preview, lint: [fault] }, plain).slice(0, 3)).toEqual([
      'clusterpolicy/pay   refused: 1 fault',
      'Faults',
      '  MissingField spec.x: This field is required. Add it.',
    ]);
  });
});

describe('placement', () => {
  test('says which of its labels select a cluster', () => {
    expect(renderSelected(policy, cluster)).toBe('pay selects env=prod, and eu-1 is selected because it has env=prod.');
  });

  test('says why not, and what changes that', () => {
    expect(renderNotSelected(policy, { ...cluster.metadata, name: 'dev-1', labels: { env: 'dev' } }, 'env is dev, wanted prod')).toBe(
      'pay selects env=prod, and dev-1 is not selected: env is dev, wanted prod. To change that: accord cluster label dev-1 env=prod, or accord edit policy pay',
    );
  });

  test('selectors are shown in the syntax of kubectl', () => {
    const selector = {
      matchLabels: { a: '1' },
      matchExpressions: [
        { key: 'b', operator: 'In', values: ['x', 'y'] },
        { key: 'c', operator: 'NotIn', values: ['z'] },
        { key: 'd', operator: 'Exists' },
        { key: 'e', operator: 'DoesNotExist' },
      ],
    };
    expect([renderSelector(selector), renderSelector({}), renderSelector(undefined)]).toEqual([
      'a=1,b in (x,y),c notin (z),d,!e',
      '<everything>',
      '<nothing>',
    ]);
  });
});
