import { describe, expect, test } from 'vitest';
import { offline, problem, report, row, type Given } from './example-rows.ts';
import { wholeWaits } from './held-removals.ts';
import type { PolicyState } from './states.ts';

const beyond = (rules: string): string => `roles "a" is forbidden: attempting to grant RBAC permissions not currently held:\n${rules}`;

describe('the sentence of a row', () => {
  const sentences: Record<PolicyState, [given: Given, sentence: string][]> = {
    Pending: [
      [{}, 'team@4 is on its way to prod-1; watch it with: accord get policy team -w'],
      [
        { connection: offline },
        'team@4 waits for prod-1, which is offline. It will catch up by itself; look at its spoke there: kubectl -n accord-system logs deploy/accord-spoke',
      ],
      [
        { sync: 'stuck' },
        'team@4 does not get to prod-1, which is live and takes nothing that is published, also when asked to look again; look at its spoke there: kubectl -n accord-system logs deploy/accord-spoke',
      ],
    ],
    Received: [
      [
        { report: report('Received', { reason: 'EarlierPass', message: 'what came before it is still being applied' }) },
        'team@4 has reached prod-1 and waits for its turn there: what came before it is still being applied.',
      ],
      [{ report: report('Received') }, 'team@4 has reached prod-1 and waits for its turn there.'],
      [
        { report: report('Received'), connection: offline },
        'team@4 has reached prod-1 and waits for its turn there. (Last known: the cluster is offline since 1970-01-01T00:00:00.000Z.)',
      ],
    ],
    Applying: [[{ report: report('Applying') }, 'team@4 is being applied on prod-1: 2 of 3 objects are in.']],
    Applied: [
      [{ report: report('Applied') }, 'team@4 is applied on prod-1: 2 of 3 objects are as wanted.'],
      [
        { report: report('Applied'), connection: offline },
        'team@4 is applied on prod-1: 2 of 3 objects are as wanted. (Last known: the cluster is offline since 1970-01-01T00:00:00.000Z.)',
      ],
      [
        { report: report('Applied'), sync: 'behind' },
        'team@4 is applied on prod-1: 2 of 3 objects are as wanted. (The cluster is behind; last heard 1970-01-01T00:01:00.000Z.)',
      ],
      [
        { report: report('Applied'), sync: 'stuck' },
        'team@4 is applied on prod-1: 2 of 3 objects are as wanted. (The cluster is stuck: it is live and takes nothing that is published; look at its spoke there: kubectl -n accord-system logs deploy/accord-spoke)',
      ],
    ],
    Drifted: [
      [
        {
          report: report('Drifted', {
            reason: 'Inform',
            message: '2 objects are not as wanted',
            problems: [problem('Differs'), problem('Missing')],
          }),
        },
        'team@4 is only compared on prod-1, and 2 objects are not as wanted: ConfigMap n/m: it says no (and 1 more). Set its mode to Enforce with: accord edit policy team',
      ],
      [
        { report: report('Drifted', { reason: 'ObjectInform', message: '1 object is not as wanted', problems: [problem('Differs')] }) },
        'team@4 is only compared on prod-1, and 1 object is not as wanted: ConfigMap n/m: it says no. Set the mode of these objects to Enforce with: accord edit policy team',
      ],
      [
        { report: report('Drifted', { reason: 'ClusterInform', message: '1 object is not as wanted', problems: [problem('Missing')] }) },
        'team@4 is only compared on prod-1, and 1 object is not as wanted: ConfigMap n/m: it says no. Let policies be applied there with: accord cluster enforce prod-1',
      ],
    ],
    Retrying: [
      [
        {
          report: report('Retrying', {
            problems: [problem('NamespaceTerminating', 'apps/Deployment/n/web', 'Namespace n is being deleted: a finalizer is left')],
          }),
        },
        'team@4 is not yet in on prod-1, which tries again by itself: Deployment n/web: Namespace n is being deleted: a finalizer is left. It goes on when that is gone. See what holds it up on prod-1: kubectl get namespace n -o yaml',
      ],
      [
        {
          report: report('Retrying', { problems: [problem('NamespaceTerminating', '/Namespace//n', 'is being deleted')], leaving: true }),
          labels: {},
        },
        'team is leaving prod-1, which tries again by itself: Namespace n: is being deleted. It goes on when that is gone. See what holds it up on prod-1: kubectl get namespace n -o yaml',
      ],
      [
        { report: report('Retrying', { problems: [problem('Overloaded')] }) },
        'team@4 is not yet in on prod-1, which tries again by itself: ConfigMap n/m: it says no.',
      ],
    ],
    Failed: [
      [
        {
          report: report('Failed', {
            problems: [
              problem(
                'Forbidden',
                'rbac.authorization.k8s.io/ClusterRole//r',
                'somebody has added an aggregationRule, which only an administrator takes away: no',
              ),
            ],
          }),
        },
        `team@4 is held up on prod-1: ClusterRole r: somebody has added an aggregationRule, which only an administrator takes away: no. On prod-1 run: kubectl patch clusterrole.rbac.authorization.k8s.io r --type=json -p '[{"op":"remove","path":"/aggregationRule"}]'`,
      ],
      [
        {
          report: report('Failed', {
            problems: [
              problem(
                'Escalation',
                'rbac.authorization.k8s.io/Role/n/a',
                beyond('{APIGroups:["apps"], Resources:["deployments"], Verbs:["delete"]}'),
              ),
              problem(
                'Escalation',
                'rbac.authorization.k8s.io/Role/n/b',
                beyond('{APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}'),
              ),
            ],
          }),
        },
        `team@4 is held up on prod-1: Role n/a: roles "a" is forbidden: attempting to grant RBAC permissions not currently held: {APIGroups:["apps"], Resources:["deployments"], Verbs:["delete"]} (and 1 more). The policy grants more than the owner of prod-1 lets policies grant: narrow it with accord edit policy team. Or, if its owner agrees, on prod-1 run: echo '{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"labels":{"accord.dev/aggregate-to-ceiling":"true"},"name":"accord-ceiling-63257638bc"},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get","list"]},{"apiGroups":["apps"],"resources":["deployments"],"verbs":["delete"]}]}' | kubectl apply -f -`,
      ],
      [
        { report: report('Failed', { problems: [problem('Invalid'), problem('Invalid')] }) },
        'team@4 is held up on prod-1: ConfigMap n/m: it says no (and 1 more). Change the policy: accord edit policy team',
      ],
      [
        { report: report('Failed', { problems: [problem('Forbidden', '/Namespace//n')] }) },
        'team@4 is held up on prod-1: Namespace n: it says no. If the owner of prod-1 wants that, it takes a ClusterRole there that is labelled accord.dev/aggregate-to-manifests=true; else take the object out: accord edit policy team',
      ],
      [
        { report: report('Failed', { reason: 'LintWildcard', message: 'spec.x: no' }) },
        'team@4 is held up on prod-1: spec.x: no. Change the policy: accord edit policy team',
      ],
      [
        { report: report('Failed', { problems: [problem('Template', '', 'spec.x: no value')] }) },
        'team@4 is held up on prod-1: spec.x: no value. Change the policy: accord edit policy team',
      ],
    ],
    Refused: [
      [
        { report: report('Refused', { problems: [problem('MaxObjects')] }) },
        'team@4 is refused by the guard rail of prod-1: ConfigMap n/m: it says no. Its owner can allow it there: kubectl edit guardrail default',
      ],
    ],
    Shadowed: [
      [
        { report: report('Shadowed', { message: 'policy q owns what team wants' }) },
        'team@4 has no effect on prod-1: policy q owns what team wants. Compare the priorities: accord get policies -o wide',
      ],
    ],
    Blocked: [
      [
        { report: report('Blocked', { reason: 'Terminating', problems: [problem('Terminating', '/ConfigMap/n/m', 'is being deleted')] }) },
        'team@4 waits on prod-1: ConfigMap n/m: is being deleted. It goes on when that is gone. See what keeps it on prod-1: kubectl get configmap m -n n -o yaml',
      ],
      [
        { report: report('Blocked', { reason: 'NotOurs', problems: [problem('NotOurs', '/ConfigMap/n/m', 'this object is not ours')] }) },
        'team@4 waits on prod-1: ConfigMap n/m: this object is not ours. If its owner agrees, on prod-1: kubectl annotate configmap m -n n accord.dev/adoptable=true',
      ],
      [
        { report: report('Blocked', { reason: 'GuardRailMissing', message: 'it is not in force; put it back: kubectl apply -f F' }) },
        'team@4 waits on prod-1: it is not in force; put it back: kubectl apply -f F',
      ],
      [
        { report: report('Blocked', { reason: 'NotDeletable', problems: [problem('NotDeletable', '/ConfigMap/n/m', 'is there')] }) },
        'team@4 waits on prod-1: ConfigMap n/m: is there. If its owner agrees, on prod-1: kubectl annotate configmap m -n n accord.dev/deletable=true',
      ],
      [
        {
          report: report('Blocked', {
            reason: 'AdoptionRefused',
            problems: [problem('AdoptionRefused', '/ConfigMap/n/m', 'exists and is kept by Helm release x')],
          }),
        },
        'team@4 waits on prod-1: ConfigMap n/m: exists and is kept by Helm release x. Take it out of the other tool, or change the policy: accord edit policy team',
      ],
      [
        { report: report('Blocked', { reason: 'DependencyNotApplied', message: 'it depends on policy base, which is not applied here' }) },
        'team@4 waits on prod-1: it depends on policy base, which is not applied here. See what holds that one up: accord why base prod-1',
      ],
      [
        {
          report: report('Blocked', {
            reason: 'NoSuchKind',
            problems: [problem('NoSuchKind', 'example.com/Widget/n/m', 'this API server does not serve example.com/v1 Widget')],
          }),
        },
        'team@4 waits on prod-1: Widget n/m: this API server does not serve example.com/v1 Widget. Install the definition of that kind on prod-1, or take the object out: accord edit policy team',
      ],
      [
        {
          report: report('Blocked', {
            reason: 'DependencyNotSelected',
            message: 'it depends on policy base, which is not for this cluster',
          }),
        },
        'team@4 waits on prod-1: it depends on policy base, which is not for this cluster. Select the cluster with both, or take the dependency out: accord edit policy team',
      ],
    ],
    Stopped: [
      [
        { report: report('Stopped', { reason: 'Suspended', message: 'the policy is suspended' }) },
        'team@4 is stopped on prod-1, because the policy is suspended: nothing is applied, healed or removed; 2 of 3 objects are as wanted. Go on with: accord resume team',
      ],
      [
        { report: report('Stopped', { reason: 'Paused', message: 'cluster prod-1 is paused', leaving: true }), labels: {} },
        'team@4 is stopped on prod-1, because cluster prod-1 is paused: nothing is applied, healed or removed; what it left stays. Go on with: accord cluster resume prod-1',
      ],
      [
        {
          report: report('Stopped', {
            reason: 'LocalHold',
            message: 'held until 2026',
            problems: [problem('LocalHold', '/ConfigMap/n/m', 'held until 2026: INC-1')],
          }),
        },
        'team@4 is held back on prod-1 by somebody there: ConfigMap n/m: held until 2026: INC-1. It goes on by itself, or when the annotation is taken away there: kubectl annotate configmap m -n n accord.dev/hold-until-',
      ],
      [
        {
          report: report('Stopped', {
            reason: 'LocalHold',
            message: 'held',
            problems: [problem('LocalHold', '/ConfigMap/n/m', 'would be removed: Namespace n is held until 2026')],
          }),
        },
        'team@4 is held back on prod-1 by somebody there: ConfigMap n/m: would be removed: Namespace n is held until 2026. It goes on by itself, or when the annotation is taken away there: kubectl annotate namespace n accord.dev/hold-until-',
      ],
      [
        { report: report('Stopped', { reason: 'OwnerStopped', message: 'policy q owns what it wants, and the policy is suspended' }) },
        'team@4 waits on prod-1: policy q owns what it wants, and the policy is suspended. It goes on with that policy: accord get policies -o wide',
      ],
    ],
    Stalled: [
      [
        { report: report('Stalled', { reason: 'RemovalBrake', held: 12 }) },
        'team@4 would remove 12 objects from prod-1 and waits for a person: accord confirm-removal team',
      ],
      [
        {
          report: report('Stalled', {
            reason: 'RemovalBrake',
            held: 3,
            problems: [
              { ...problem('RemovalBrake', '/Namespace//a'), state: 'Stalled' },
              { ...problem('RemovalBrake', '/Namespace//b'), state: 'Stalled' },
              { ...problem('RemovalBrake'), state: 'Stalled' },
            ],
          }),
        },
        'team@4 would remove 3 objects (with Namespaces a, b) from prod-1 and waits for a person: accord confirm-removal team',
      ],
      [
        {
          report: report('Stalled', {
            reason: 'RemovalBrake',
            held: 2,
            problems: [{ ...problem('RemovalBrake', '/Namespace//a'), state: 'Stalled', message: wholeWaits('Pod x among it') }],
          }),
        },
        'team@4 would remove 2 objects (with Namespace a and everything in it, Pod x among it) from prod-1 and waits for a person: accord confirm-removal team',
      ],
      [
        { report: report('Stalled', { reason: 'RemovalBrake', held: 1 }) },
        'team@4 would remove 1 object from prod-1 and waits for a person: accord confirm-removal team',
      ],
      [
        { report: report('Stalled', { reason: 'EpochChanged' }) },
        'team@4 waits on prod-1: desired state was rebuilt and no longer names it. Confirm for the whole fleet: accord confirm-epoch',
      ],
      [
        { report: report('Stalled', { reason: 'Fighting', problems: [problem('Fighting')] }) },
        'team@4 is fought over on prod-1: ConfigMap n/m: it says no. See there who writes it: kubectl get configmap m -n n --show-managed-fields -o yaml; end that, or leave the field to them, in ignoreFields or conflicts.yieldTo: accord edit policy team',
      ],
      [
        { report: report('Stalled', { reason: 'Fighting', problems: [problem('Fighting', 'rbac.authorization.k8s.io/ClusterRole//m')] }) },
        'team@4 is fought over on prod-1: ClusterRole m: it says no. See there who writes it: kubectl get clusterrole.rbac.authorization.k8s.io m --show-managed-fields -o yaml; end that, or let it be for a while: accord hold team prod-1 --object ClusterRole/m --for 2h --reason TEXT',
      ],
    ],
    Removing: [
      [{ report: report('Applied'), labels: {} }, 'team is leaving prod-1.'],
      [
        { report: report('Removing', { message: 'not everything is known', leaving: true }), labels: {} },
        'team is leaving prod-1: not everything is known.',
      ],
    ],
    Removed: [],
  };
  const rows = Object.entries(sentences).flatMap(([state, cases]) => cases.map(([given, sentence]) => [state, sentence, given] as const));
  test.each(rows)('%s: %s', (state, sentence, given) => expect(row(given)).toMatchObject({ state, sentence }));

  test.each(['Escalation', 'GuardRail', 'QuotaExceeded', 'Forbidden', 'StaleDocumentRefused'])(
    'a refusal for the reason %s says what to do about it',
    (reason) => {
      const sentence = row({ report: report('Failed', { problems: [problem(reason)] }) })?.sentence ?? '';
      expect(sentence).toMatch(/(kubectl|accord edit policy|accord doctor|ClusterRole)/);
      expect(sentence).not.toContain('Change the policy: accord');
    },
  );
});
