import { expect, test } from 'vitest';
import { readExamplePolicies } from './example-policies.ts';

test('the examples come in layers: everywhere, production, a team', async () => {
  const policies = await readExamplePolicies();
  expect(policies.map(({ metadata }) => metadata.name)).toEqual(['common-roles', 'production-lockdown', 'team-shop']);
});

test('each example says what it is for and whom it selects', async () => {
  for (const { kind, spec } of await readExamplePolicies()) {
    expect(kind).toBe('ClusterPolicy');
    expect(spec.description).toMatch(/\.$/);
    expect(spec['clusterSelector']).toBeDefined();
  }
});
