import type { PolicyName } from '@accord/proto/ids';
import { expect, test } from 'vitest';
import { judgeContent } from './namespace-content.ts';

const rbac = 'rbac.authorization.k8s.io';
const ours = { 'accord.dev/policy': 'p' };

test.each<[says: string, claim: string, group: string, kind: string, name: string, labels: Readonly<Record<string, string>>]>([
  ['nothing', 'the certificate that every namespace has', '', 'ConfigMap', 'kube-root-ca.crt', {}],
  ['nothing', 'the account that every namespace has', '', 'ServiceAccount', 'default', {}],
  ['nothing', 'records', '', 'Event', 'a', {}],
  ['nothing', 'records under their other name', 'events.k8s.io', 'Event', 'a', {}],
  ['nothing', 'the right to look at the Secrets', rbac, 'RoleBinding', 'accord-spoke-secrets', ours],
  ['used', 'that of another policy', rbac, 'RoleBinding', 'accord-spoke-secrets', { 'accord.dev/policy': 'q' }],
  ['used', 'one that looks like it', rbac, 'RoleBinding', 'accord-spoke-secrets', {}],
  ['leaving', 'what the policy itself has not removed yet', '', 'ConfigMap', 'a', ours],
  ['used', 'what another policy holds', '', 'ConfigMap', 'a', { 'accord.dev/policy': 'q' }],
  ['used', 'what carries an empty label', '', 'ConfigMap', 'a', { 'accord.dev/policy': '' }],
  ['used', 'what somebody made', '', 'ConfigMap', 'a', {}],
  ['used', 'an object of another kind with a name of a default', '', 'Secret', 'default', {}],
  ['used', 'a kind of the same name elsewhere', 'example.com', 'Event', 'a', {}],
  ['used', 'a token of the account that every namespace has', '', 'Secret', 'default-token-x', {}],
])('%s: %s', (says, _claim, group, kind, name, labels) => {
  expect(judgeContent({ group, kind, name, labels }, 'team', 'p' as PolicyName)).toBe(says);
});
