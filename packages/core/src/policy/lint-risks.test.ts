import { encodeToken } from '@accord/proto/subjects';
import { canonicalBytes } from '@accord/proto/canonical';
import type { PolicyName } from '@accord/proto/ids';
import type { Member } from '@accord/proto/member';
import type { RiskCode } from '@accord/proto/policy';
import { describe, expect, test } from 'vitest';
import { judgePolicy } from '../desired/judge-policy.ts';
import { exampleCluster } from './example-policies.ts';
import { renderFault } from './fault.ts';
import { lintExample, shortFault } from './lint-example.ts';

const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' };
const objects = [
  {
    id: 'r',
    manifest: { ...rbac, metadata: { name: 'operator' }, rules: [{ apiGroups: ['*'], resources: ['pods/exec'], verbs: ['escalate'] }] },
  },
  { id: 'a', manifest: { ...rbac, metadata: { name: 'sum' }, aggregationRule: {} } },
  { id: 's', manifest: { ...rbac, metadata: { name: 'reader' }, rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] } },
  {
    id: 'w',
    manifest: {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'w' },
      webhooks: [],
    },
  },
];
const all: readonly RiskCode[] = ['Wildcard', 'Escalation', 'NodeAccess', 'SecretAccess', 'Admission'];
const lint = (acknowledgeRisks: readonly string[]) => lintExample({ clusterSelector: {}, objects, acknowledgeRisks });

describe('a risk', () => {
  test('refuses the policy until it is acknowledged, each by its code', () => {
    expect(new Set(lint([]).faults.map(({ code }) => code))).toEqual(new Set(all));
    for (const code of all) {
      const { faults, risks } = lint(all.filter((other) => other !== code));
      expect([new Set(faults.map((fault) => fault.code)), risks.length > 0]).toEqual([new Set([code]), true]);
    }
    expect(lint(all).faults).toEqual([]);
  });

  test('that is acknowledged is a warning to whoever writes the policy', () => {
    expect(lint(all).warnings.map(renderFault)).toContain(
      'Wildcard spec.objects[0].manifest.rules[0].apiGroups[0]: "*" also allows what is added to Kubernetes later. It was acknowledged; a cluster applies it only where its Guardrail says allowRisks: [Wildcard].',
    );
  });

  test('that nobody may take stays refused: names of built-in roles, labels of aggregation, tokens', () => {
    const never = [
      { id: 'n', manifest: { ...rbac, metadata: { name: 'system:mine' }, rules: [] } },
      { id: 'l', manifest: { ...rbac, metadata: { name: 'r', labels: { 'accord.dev/aggregate-to-ceiling': 'true' } }, rules: [] } },
      {
        id: 't',
        manifest: {
          ...rbac,
          metadata: { name: 't' },
          rules: [{ apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] }],
        },
      },
    ];
    expect(lintExample({ clusterSelector: {}, objects: never, acknowledgeRisks: all }).faults.map(shortFault)).toEqual([
      'Escalation spec.objects[0].manifest.metadata.name',
      'Escalation spec.objects[1].manifest.metadata.labels["accord.dev/aggregate-to-ceiling"]',
      'CredentialMinting spec.objects[2].manifest.rules[0].resources[0]',
    ]);
  });
});

describe('a cluster', () => {
  const body = canonicalBytes({
    metadata: { name: 'p' },
    spec: {
      clusterSelector: {},
      mode: 'Enforce',
      objects: objects.map((object) => ({ ...object, order: 0, deletion: 'Prune' })),
      acknowledgeRisks: [...all],
    },
  });
  const statement = { subject: `desired.all.${encodeToken('p')}`, requires: ['acknowledgeRisks'] };
  const document = { statement, body } as never;
  const member = { cluster: exampleCluster() } as unknown as Member;
  const judged = (allowRisks: readonly string[]): string => {
    const verdict = judgePolicy('p' as PolicyName, { says: 'present', document }, { member, allowRisks: new Set(allowRisks), nowMs: 0 });
    return verdict.says === 'keep'
      ? `${verdict.isRefused === true ? 'refused' : 'failed'} ${verdict.reason}: ${verdict.message}`
      : verdict.says;
  };

  test('whose owner allows the same risks applies the policy', () => {
    expect(judged(all)).toBe('apply');
  });

  test('whose owner allows fewer applies nothing of it, and says which', () => {
    expect(judged(all.filter((code) => code !== 'SecretAccess'))).toBe(
      'refused AllowRisks: allowRisks does not name SecretAccess, which the policy takes at spec.objects[2].manifest.rules[0].resources[0]: Who reads Secrets holds the credentials of every workload there.',
    );
  });
});
