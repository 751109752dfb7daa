import { DesiredSet, policyAt } from '@accord/core/desired/desired-set';
import { fanOutMax, type ClusterNamespace } from '@accord/core/desired/fan-out';
import type { Verdict } from '@accord/core/desired/judge-policy';
import { heldDocument } from '@accord/core/follow/example-fleet';
import { exampleCluster } from '@accord/core/policy/example-policies';
import { parsePolicySpec } from '@accord/core/policy/parse-policy';
import { canonicalBytes, type JsonObject } from '@accord/proto/canonical';
import type { PolicyName } from '@accord/proto/ids';
import type { Member } from '@accord/proto/member';
import { describe, expect, test } from 'vitest';
import { JudgeCache } from './judge-cache.ts';

const policy = 'p' as PolicyName;
const member = { cluster: exampleCluster(), revision: 1 } as Member;
const situation = { member, allowRisks: new Set<string>(), nowMs: 0 };
const entry = (name: string) => ({
  ...{ id: name, eachNamespace: true },
  manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { on: '${cluster.name}' } },
});

/** A policy with an entry for each namespace of the shop. */
function desired(...names: string[]): DesiredSet {
  const parsed = parsePolicySpec({
    ...{ clusterSelector: {}, namespaceSelector: { selector: { matchLabels: { team: 'shop' } } } },
    objects: names.map(entry),
  });
  const spec = (parsed.outcome === 'parsed' ? parsed.spec : {}) as JsonObject;
  const set = new DesiredSet(policyAt);
  set.put(heldDocument({ subject: 'desired.all.p', epoch: 1, revision: 1 }, canonicalBytes({ metadata: { name: policy }, spec })));
  return set;
}
const namespaces = (count: number): ClusterNamespace[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ name: `n${at}`, isTerminating: false },
    labels: { team: 'shop', 'accord.dev/allow': 'true' },
  }));
const words = (verdict: Verdict): string =>
  verdict.says === 'apply'
    ? verdict.objects.map(({ key }) => key).join(' ')
    : `${verdict.says} ${'reason' in verdict ? verdict.reason : ''}`;

describe('JudgeCache', () => {
  test('compiles an entry once, and copies it for the namespaces that there are', () => {
    let there: ClusterNamespace[] | undefined = namespaces(1);
    const cache = new JudgeCache(() => there);
    const set = desired('a');
    const compiled = cache.compiled(policy, set, situation);
    expect(words(cache.judge(policy, set, situation, () => true))).toBe('/ConfigMap/n0/a');
    there = namespaces(2);
    expect(words(cache.judge(policy, set, situation, () => true))).toBe('/ConfigMap/n0/a /ConfigMap/n1/a');
    expect(cache.compiled(policy, set, situation)).toBe(compiled);
  });

  test('names the policies that namespaces concern, and forgets those that changed their mind', () => {
    const cache = new JudgeCache(() => []);
    cache.judge(policy, desired('a'), situation, () => true);
    expect([...cache.selectors()]).toEqual([[policy, { selector: { matchLabels: { team: 'shop' } } }]]);
    cache.judge(policy, desired(), situation, () => true);
    expect([...cache.selectors()]).toEqual([]);
  });

  test('where namespaces cannot be listed the policy is left as it is', () => {
    const cache = new JudgeCache(() => undefined);
    expect(words(cache.judge(policy, desired('a'), situation, () => true))).toBe('keep Forbidden');
    expect(words(cache.judge(policy, desired(), situation, () => true))).toBe('');
  });

  test('a policy that would make more than a cluster holds makes nothing, and goes on when there are fewer', () => {
    let there = namespaces(fanOutMax / 2 + 1);
    const cache = new JudgeCache(() => there);
    const set = desired('a', 'b');
    const verdict = cache.judge(policy, set, situation, () => true);
    expect(words(verdict)).toBe('keep LintTooLarge');
    expect('message' in verdict ? verdict.message : '').toContain(`its entries are ${fanOutMax + 2} objects here; ${fanOutMax} may be.`);
    there = namespaces(1);
    expect(words(cache.judge(policy, set, situation, () => true))).toBe('/ConfigMap/n0/a /ConfigMap/n0/b');
    expect([...cache.selectors()]).toHaveLength(1);
  });
});
