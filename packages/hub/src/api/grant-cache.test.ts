import { exampleCluster } from '@accord/core/policy/example-policies';
import { parsePolicy } from '@accord/core/policy/parse-policy';
import type { ClusterFact, PolicyFact } from '@accord/core/registry/facts';
import { emptyRegistry, type Recorded } from '@accord/core/registry/registry';
import type { PolicyName } from '@accord/proto/ids';
import { describe, expect, test } from 'vitest';
import { GrantCache } from './grant-cache.ts';

const recorded = <Body>(body: Body): Recorded<Body> => ({ body, seq: 1 }) as Recorded<Body>;

function policyOf(name: string, group: string): Recorded<PolicyFact> {
  const parsed = parsePolicy({
    metadata: { name },
    spec: { clusterSelector: {}, clusterBindings: [{ clusterRole: 'view', groups: [group] }] },
  });
  if (parsed.outcome === 'invalid') throw new TypeError(JSON.stringify(parsed.faults));
  return recorded({ name: parsed.name, spec: parsed.spec } as unknown as PolicyFact);
}

const clusters = ['a', 'b', 'c'].map((name) => recorded(exampleCluster({}, name) as unknown as ClusterFact));
const named = '${cluster.name}';

function readAll(cache: GrantCache, policy: Recorded<PolicyFact>): string {
  const groups = clusters.flatMap((cluster) => cache.grantsOn(policy, cluster).map(({ subject }) => subject.name));
  cache.trim(policy.body.name);
  return groups.join(' ');
}

describe('GrantCache', () => {
  test('keeps no policy that would make it larger than it may be, and answers all the same', () => {
    const registry = emptyRegistry();
    const all = ['p', 'q'].map((name) => policyOf(name, named));
    for (const policy of all) registry.policies.set(policy.body.name, policy);
    const cache = new GrantCache(registry, 8);
    for (let round = 0; round < 2; round += 1) {
      expect(all.map((policy) => readAll(cache, policy))).toEqual(['a b c', 'a b c']);
      // Three outcomes with a grant each, of the first policy alone.
      expect(cache.size).toBe(6);
    }
  });

  test('keeps nothing of a policy that has changed', () => {
    const registry = emptyRegistry();
    const cache = new GrantCache(registry);
    for (const group of [named, 'team']) {
      const policy = policyOf('p', group);
      registry.policies.set('p' as PolicyName, policy);
      readAll(cache, policy);
    }
    expect(cache.size).toBe(2);
    registry.policies.set('p' as PolicyName, policyOf('p', 'other'));
    cache.trim('q' as PolicyName);
    expect(cache.size).toBe(0);
  });
});
