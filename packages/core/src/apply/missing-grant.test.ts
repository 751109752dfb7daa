import { describe, expect, test } from 'vitest';
import { ceilingCommand, missingGrants } from './missing-grant.ts';

const beyond = (rules: string): string =>
  `roles.rbac.authorization.k8s.io "a" is forbidden: user "u" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n${rules}`;

describe('missingGrants', () => {
  const rows: [claim: string, message: string, rules: object[]][] = [
    [
      'one rule',
      beyond('{APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}'),
      [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }],
    ],
    [
      'several, with names and URLs',
      beyond(
        '{APIGroups:["apps"], Resources:["deployments/scale"], ResourceNames:["web"], Verbs:["patch"]}\n{NonResourceURLs:["/metrics"], Verbs:["get"]}',
      ),
      [
        { apiGroups: ['apps'], resources: ['deployments/scale'], resourceNames: ['web'], verbs: ['patch'] },
        { nonResourceURLs: ['/metrics'], verbs: ['get'] },
      ],
    ],
    [
      'those that are whole where the rest was cut off',
      beyond('{APIGroups:[""], Resources:["pods"], Verbs:["get"]}\n{APIGroups:["apps"], Resou'),
      [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
    ],
    [
      'nothing where one cannot be read',
      beyond('{APIGroups:[""], Resources:["pods"], Verbs:["get"]}\n{APIGroups:[""], Resources:["$(reboot)"]}'),
      [],
    ],
    ['nothing of other words', 'exceeded quota: {APIGroups:[""], Resources:["pods"], Verbs:["get"]}', []],
  ];
  test.each(rows)('reads %s', (_claim, message, rules) => expect(missingGrants(message)).toEqual(rules));
});

describe('ceilingCommand', () => {
  const pods = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
  const scale = { apiGroups: ['apps'], resources: ['deployments/scale'], verbs: ['patch'] };

  test('is one ClusterRole of all that is missing, whatever comes first and how often', () => {
    const command = ceilingCommand([scale, pods, scale]) ?? '';
    expect(command).toBe(ceilingCommand([pods, scale]));
    const [, role = ''] = /^echo '([^']*)' \| kubectl apply -f -$/.exec(command) ?? [];
    expect(JSON.parse(role)).toMatchObject({
      kind: 'ClusterRole',
      metadata: { labels: { 'accord.dev/aggregate-to-ceiling': 'true' } },
      rules: [pods, scale],
    });
  });

  test('has another name where something else is missing, so that nothing is taken away', () => {
    const nameOf = (command = ''): string | undefined => /accord-ceiling-[0-9a-f]{10}/.exec(command)?.[0];
    const names = [nameOf(ceilingCommand([pods])), nameOf(ceilingCommand([scale])), nameOf(ceilingCommand([{ ...pods, verbs: ['list'] }]))];
    expect(new Set(names).size).toBe(3);
    expect(names).not.toContain(undefined);
  });

  const dangerous: [claim: string, rule: Record<string, string[]>][] = [
    ['Secrets', { apiGroups: [''], resources: ['secrets'], verbs: ['get'] }],
    ['everything', { apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
    ['a shell', { apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] }],
    ['tokens', { apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] }],
    ['the right to become others', { apiGroups: [''], resources: ['users'], verbs: ['impersonate'] }],
    ['what the spoke itself would write with', { apiGroups: ['apps'], resources: ['deployments'], verbs: ['accord-apply'] }],
  ];
  test.each(dangerous)('is not given for %s', (_claim, rule) => expect(ceilingCommand([pods, rule])).toBeUndefined());

  test('is not given for nothing', () => expect(ceilingCommand([])).toBeUndefined());
});
