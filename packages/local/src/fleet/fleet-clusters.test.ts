import { expect, test } from 'vitest';
import { fleetClusters } from './fleet-clusters.ts';

test('the first three are one for development and two for production', () => {
  expect(fleetClusters(3)).toEqual([
    { name: 'dev-eu-1', labels: { env: 'dev', region: 'eu', provider: 'local' }, spec: { region: 'eu', provider: 'local' } },
    { name: 'prod-eu-1', labels: { env: 'prod', region: 'eu', provider: 'local' }, spec: { region: 'eu', provider: 'local' } },
    { name: 'prod-us-1', labels: { env: 'prod', region: 'us', provider: 'local' }, spec: { region: 'us', provider: 'local' } },
  ]);
});

test('a larger fleet begins with the smaller one and repeats no name', () => {
  expect(fleetClusters(9).slice(0, 4)).toEqual(fleetClusters(4));
  expect(new Set(fleetClusters(50).map(({ name }) => name)).size).toBe(50);
});
