import type { ClusterId, ClusterName, PolicyName } from '@accord/proto/ids';
import { describe, expect, test } from 'vitest';
import { explainRow, type UnexplainedRow } from './explain-row.ts';
import { states, type PolicyState } from './states.ts';

const row = (state: PolicyState, change: Partial<UnexplainedRow> = {}): UnexplainedRow => ({
  ...{
    policy: 'team' as PolicyName,
    cluster: 'prod-1' as ClusterName,
    clusterId: 'a'.repeat(26) as ClusterId,
    state,
    reason: '',
    message: 'why',
  },
  ...{ selected: true, revision: 4, reportedRevision: 4, desired: 1, applied: 1, held: 1, heals: 0, problems: [], retained: [] },
  ...{ connection: 'live', offlineSinceMs: undefined, sync: 'current', observedAtMs: 0, hold: null },
  ...change,
});

describe('explainRow', () => {
  test.each(Object.keys(states) as PolicyState[])('%s has a sentence with the policy and the cluster in it', (state) => {
    expect(explainRow(row(state))).toMatch(/^team(@4)? .*prod-1/);
  });

  test('what is applied ends with where it may not go, and how that changes', () => {
    expect(explainRow(row('Applied', { message: '' }))).toBe('team@4 is applied on prod-1: 1 of 1 objects are as wanted.');
    expect(explainRow(row('Applied', { message: '2 namespaces are left out' }))).toBe(
      'team@4 is applied on prod-1: 1 of 1 objects are as wanted; 2 namespaces are left out. The owner of prod-1 can open one there: kubectl label namespace NAME accord.dev/allow=true',
    );
  });

  test.each([
    ['Blocked', 'NoRecipient', 'Seal its values again, for this cluster as well'],
    ['Blocked', 'KeyUnknown', 'Seal its values again, for this cluster as well'],
    ['Failed', 'SealBroken', 'Seal its values for where the Secret is'],
  ] as const)('%s/%s names the Secret and ends in the command that seals it', (state, reason, words) => {
    const other = { object: '/ConfigMap/a/b', state, reason: 'Other', message: 'other', drift: null };
    const problems = [{ object: '/Secret/shop/db', state, reason, message: 'it is so', drift: null }, other];
    expect(explainRow(row(state, { reason, problems }))).toMatch(
      new RegExp(`: Secret shop/db: it is so .*${words}: accord seal db -n shop --policy team -c prod-1 --from-file KEY=FILE$`),
    );
  });

  test('what is kept after a removal is listed', () => {
    expect(explainRow(row('Removed', { retained: ['/Namespace//n', '/ConfigMap/n/m'] }))).toBe(
      'team is gone from prod-1; kept there: Namespace n, ConfigMap n/m.',
    );
    expect(explainRow(row('Removed'))).toBe('team is gone from prod-1.');
  });

  test.each<[claim: string, hold: UnexplainedRow['hold'], command: string]>([
    ['an object', { policy: 'net', object: 'ConfigMap/n/m' }, 'accord unhold net prod-1 --object ConfigMap/n/m'],
    ['a policy', { policy: 'team', object: '' }, 'accord unhold team prod-1'],
    ['everything there', { policy: '', object: '' }, 'accord unfreeze -l accord.dev/name=prod-1'],
    ['what an older spoke does not name', null, 'accord unhold team prod-1'],
  ])('a hold of %s ends in the command that lifts it', (_claim, hold, command) => {
    const message = 'policy q is held until 2026-01-01T00:00:00.000Z by ann: INC-1';
    expect(explainRow(row('Stopped', { reason: 'Held', message, hold }))).toMatch(new RegExp(`: ${command}$`));
  });

  const forbidden = (object: string, verb: string, resource: string, group: string) => ({
    ...{ object, state: 'Failed', reason: 'Forbidden', drift: null },
    message: `${resource} "a" is forbidden: User "u" cannot ${verb} resource "${resource}" in API group "${group}" in the namespace "n"`,
  });

  test('a missing permission is named by verb and resource, with what grants all that are missing', () => {
    const problems = [
      forbidden('apps/Deployment/n/a', 'patch', 'deployments', 'apps'),
      forbidden('/Service/n/a', 'create', 'services', ''),
    ];
    const sentence = explainRow(row('Failed', { problems }));
    expect(sentence).toContain(
      'Deployment n/a: the spoke may not patch deployments.apps (and 1 more). If its owner agrees, on prod-1 run: kubectl',
    );
    expect(sentence).toContain(' --resource=deployments.apps,services ');
  });

  test('for a permission that is shipped the sentence ends in the shipped file, and for Secrets in no command for the cluster', () => {
    const of = (resource: string): string => explainRow(row('Failed', { problems: [forbidden('/X/n/a', 'patch', resource, '')] }));
    expect(of('configmaps')).toMatch(/prod-1 run: kubectl apply -f deploy\/spoke\/rbac.yaml$/);
    expect(of('secrets')).toMatch(/may not patch secrets\..* else take the object out: accord edit policy team$/);
  });
});
