import type { PolicyName } from '@accord/proto/ids';
import { expect, test } from 'vitest';
import type { PolicyFact } from '../registry/facts.ts';
import { isMadeFor, noteChange, type MadeChanges } from './made-changes.ts';
import { changesKeptMax } from './reported.ts';

const p = 'p' as PolicyName;
const fact = (env: string, name = p): PolicyFact =>
  ({ name, spec: { clusterSelector: { matchLabels: { env } } } }) as unknown as PolicyFact;
const prod = { env: 'prod' };

function made(): MadeChanges {
  const changes: MadeChanges = new Map();
  noteChange(changes, 'p@1', fact('prod'));
  noteChange(changes, 'batch', fact('prod'));
  noteChange(changes, 'batch', fact('dev', 'q' as PolicyName));
  return changes;
}

test.each<[claim: string, change: string, policy: string, isMade: boolean]>([
  ['of the policy that it wrote, and a cluster that this selects', 'p@1', 'p', true],
  ['that wrote several is one of each', 'batch', 'p', true],
  ['is none for a cluster that the policy does not select', 'batch', 'q', false],
  ['is none of another policy', 'p@1', 'q', false],
  ['that nobody made is none', 'p@2', 'p', false],
])('a change %s', (_claim, change, policy, isMade) => {
  expect(isMadeFor(made(), { change, policy: policy as PolicyName, labels: prod })).toBe(isMade);
});

test('the newest are known', () => {
  const changes: MadeChanges = new Map();
  for (let n = 0; n <= changesKeptMax; n += 1) noteChange(changes, `p@${n}`, fact('prod'));
  const isKnown = (change: string): boolean => isMadeFor(changes, { change, policy: p, labels: prod });
  expect([changes.size, isKnown('p@0'), isKnown(`p@${changesKeptMax}`)]).toEqual([changesKeptMax, false, true]);
});
