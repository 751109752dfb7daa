import { describe, expect, test } from 'vitest';
import { grantCommand, missingPermission, missingPermissions } from './missing-permission.ts';

const user = 'User "system:serviceaccount:accord-system:accord-spoke"';
const refusal = (verb: string, resource: string, group: string, where: string): string =>
  `${resource} "a" is forbidden: ${user} cannot ${verb} resource "${resource}" in API group "${group}" ${where}`;
const guard = (resource: string): string =>
  `${resource} "a" is forbidden: ValidatingAdmissionPolicy 'accord-spoke-ownership' with binding 'accord-spoke-ownership' denied request: the spoke may not write ${resource} itself: a ClusterRole labelled accord.dev/aggregate-to-manifests with verb accord-apply would allow it`;

describe('missingPermission', () => {
  const rows: [message: string, verb: string | undefined, resource: string | undefined][] = [
    [refusal('patch', 'deployments', 'apps', 'in the namespace "team"'), 'patch', 'deployments.apps'],
    [refusal('create', 'services', '', 'in the namespace "team"'), 'create', 'services'],
    [refusal('get', 'ghosts', 'example.com', 'at the cluster scope'), 'get', 'ghosts.example.com'],
    [guard('deployments.apps'), 'accord-apply', 'deployments.apps'],
    [guard('services'), 'accord-apply', 'services'],
    [guard('deployments/status.apps'), undefined, undefined],
    ['exceeded quota: q', undefined, undefined],
    [refusal('patch', 'x; reboot', 'apps', 'in the namespace "team"'), undefined, undefined],
    ['the spoke may delete only what it created', undefined, undefined],
  ];
  test.each(rows)('%s', (message, verb, resource) => {
    const missing = missingPermission(message);
    expect([missing?.verb, missing?.resource]).toEqual([verb, resource]);
  });
});

describe('grantCommand', () => {
  const of = (...resources: string[]): string | undefined => grantCommand(resources.map((resource) => ({ verb: 'patch', resource })));

  test('is one ClusterRole for all that is missing, named after it', () => {
    expect(of('services', 'deployments.apps', 'services')).toBe(
      'kubectl create clusterrole accord-manifests-deployments.apps-services --verb=get,list,watch,create,patch,delete,accord-apply --resource=deployments.apps,services --dry-run=client -o yaml | kubectl label --local -f - accord.dev/aggregate-to-manifests=true -o yaml | kubectl apply -f -',
    );
  });

  test('is no more than looking for what only has to be looked at', () => {
    const message = 'the spoke cannot list resource "widgets" in API group "example.com", cannot list resource "pods" in API group ""';
    expect(grantCommand(missingPermissions(message))).toBe(
      'kubectl create clusterrole accord-namespace-delete-pods-widgets.example.com --verb=list --resource=pods,widgets.example.com --dry-run=client -o yaml | kubectl label --local -f - accord.dev/aggregate-to-namespace-delete=true -o yaml | kubectl apply -f -',
    );
  });

  test('is the shipped file for looking at Secrets, which the spoke lets itself do', () => {
    expect(grantCommand([{ verb: 'list', resource: 'secrets' }])).toBe('kubectl apply -f deploy/spoke/rbac.yaml');
  });

  test('is the optional role for the deletion of namespaces', () => {
    expect(grantCommand(missingPermissions(refusal('delete', 'namespaces', '', 'in the namespace "team"')))).toBe(
      'kubectl create clusterrolebinding accord-spoke-namespace-delete --clusterrole=accord-spoke-namespace-delete --serviceaccount=accord-system:accord-spoke',
    );
  });

  test('is the shipped file for what the parts of a policy make', () => {
    expect(of('configmaps', 'deployments.apps')).toBe('kubectl apply -f deploy/spoke/rbac.yaml');
  });

  test.each([[[]], [['secrets']], [['validatingwebhookconfigurations.admissionregistration.k8s.io']], [['clusters.accord.dev']]])(
    'is not given for %j',
    (resources) => expect(of(...resources)).toBeUndefined(),
  );
});
