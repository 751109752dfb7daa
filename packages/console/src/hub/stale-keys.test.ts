import { expect, test } from 'vitest';
import { staleKeys } from './stale-keys.ts';

test('a row is shown by its policy, its cluster and every list', () => {
  const event = { type: 'row', row: { policy: 'shop', cluster: 'eu-1' }, change: 'shop@2' } as unknown as Parameters<typeof staleKeys>[0];
  expect(staleKeys(event).map((key) => key.join(' '))).toEqual(['fleet', 'clusters', 'policies', 'changes', 'policy shop', 'cluster eu-1']);
});

test('a heal changes no list of policies', () => {
  const heal = { type: 'heal', cluster: 'eu-1', policy: 'shop', object: 'Role/a/b', seenMs: 1, healedMs: 2 } as const;
  expect(staleKeys(heal).map(([part]) => part)).not.toContain('policies');
});

test('who may what follows policies and clusters, and no row', () => {
  const events = ['policy', 'cluster', 'row'].map((type) => ({ type, name: 'x', row: { policy: 'shop', cluster: 'eu-1' } }));
  const parts = (events as unknown as Parameters<typeof staleKeys>[0][]).map((event) =>
    staleKeys(event).some(([part]) => part === 'access'),
  );
  expect(parts).toEqual([true, true, false]);
});
