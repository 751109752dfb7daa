import type { PolicyName } from '@accord/proto/ids';
import { expect, test } from 'vitest';
import { exampleCluster } from '../policy/example-policies.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import { rivalWarnings, type WrittenPolicy } from './rival-warnings.ts';

function written(name: string, value: string, spec: object = {}): WrittenPolicy {
  const namespaces = [{ name: 'n', podSecurity: { enforce: value }, configMaps: [{ name: 'c', data: { value } }] }];
  const policy = parsePolicy({ metadata: { name }, spec: { clusterSelector: {}, namespaces, ...spec } });
  if (policy.outcome === 'invalid') throw new Error(JSON.stringify(policy.faults));
  return { name: name as PolicyName, spec: policy.spec, createdAtMs: 0 };
}
const clusters = [exampleCluster({}, 'a'), exampleCluster({ env: 'dev' }, 'b')];
const mine = written('mine', 'baseline');
const warned = (rival: WrittenPolicy, policy = mine): string =>
  rivalWarnings(policy, [rival], clusters)
    .map(({ code, path }) => `${code} ${path}`)
    .join(', ');

const both = 'OwnedByAnother spec.namespaces[0].configMaps[0].name, WeakerPodSecurity spec.namespaces[0].podSecurity.enforce';
const rows: [claim: string, rival: WrittenPolicy, warnings: string][] = [
  ['a rival of higher priority, once for all clusters', written('rival', 'restricted', { priority: 200 }), both],
  ['a rival of lower priority only by its stricter level', written('rival', 'restricted', { priority: 50 }), both.split(', ')[1] ?? ''],
  ['no rival that says the same', written('rival', 'baseline', { priority: 200 }), ''],
  ['no rival that only compares', written('rival', 'restricted', { priority: 200, mode: 'Inform' }), ''],
  [
    'no rival that is for other clusters',
    written('rival', 'restricted', { priority: 200, clusterSelector: { matchLabels: { env: 'test' } } }),
    '',
  ],
  [
    'a rival that is for some of the clusters',
    written('rival', 'restricted', { priority: 200, clusterSelector: { matchLabels: { env: 'dev' } } }),
    both,
  ],
  ['no rival with other objects', written('rival', 'restricted', { priority: 200, namespaces: [{ name: 'other' }] }), ''],
];

test.each(rows)('the author is told of %s', (_claim, rival, warnings) => expect(warned(rival)).toBe(warnings));

test('who only compares is told of nobody', () => {
  expect(warned(written('rival', 'restricted', { priority: 200 }), written('mine', 'baseline', { mode: 'Inform' }))).toBe('');
});
