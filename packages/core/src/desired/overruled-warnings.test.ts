import { describe, expect, test } from 'vitest';
import type { PolicyName } from '@accord/proto/ids';
import { compilePolicy } from '../policy/compile-policy.ts';
import { exampleCluster } from '../policy/example-policies.ts';
import { renderFault } from '../policy/fault.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import { mergeIntents, type Contribution } from './merge-intents.ts';
import { overruledWarnings } from './overruled-warnings.ts';

function contributionsOf(name: string, priority: number, namespace: object): Contribution[] {
  const policy = parsePolicy({ metadata: { name }, spec: { namespaces: [namespace] } });
  const compiled = policy.outcome === 'parsed' ? compilePolicy(policy, exampleCluster()) : policy;
  if (compiled.outcome !== 'compiled') throw new Error(compiled.faults.map(renderFault).join('\n'));
  return compiled.objects.map((object) => ({ policy: name as PolicyName, priority, createdAtMs: 0, object }));
}

describe('overruledWarnings', () => {
  const mine = contributionsOf('mine', 1, {
    name: 'n',
    podSecurity: { enforce: 'baseline' },
    configMaps: [{ name: 'c', data: { x: '1' } }],
  });
  const theirs = contributionsOf('theirs', 2, {
    name: 'n',
    podSecurity: { enforce: 'restricted' },
    configMaps: [{ name: 'c', data: { x: '2' } }],
  });
  const merged = mergeIntents([...mine, ...theirs]);
  const warningsOf = (wishes: Contribution[], policy: string): string[] =>
    overruledWarnings(
      policy as PolicyName,
      wishes.map(({ object }) => object),
      merged,
    ).map(renderFault);

  test('tell the author what is overruled, by whom, and where it was written', () => {
    expect(warningsOf(mine, 'mine')).toEqual([
      'OwnedByAnother spec.namespaces[0].configMaps[0].name: ConfigMap n/c belongs to policy theirs, which says something else. Raise the priority, or leave the object to that policy.',
      'WeakerPodSecurity spec.namespaces[0].podSecurity.enforce: Policy theirs sets enforce to restricted, and the stricter level wins over baseline. Write restricted, or agree on a level with theirs.',
    ]);
  });

  test('leave the one who has his way in peace', () => {
    expect(warningsOf(theirs, 'theirs')).toEqual([]);
  });
});
