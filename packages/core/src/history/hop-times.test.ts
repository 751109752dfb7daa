import { expect, test } from 'vitest';
import { hopTimes, type TimedCluster } from './hop-times.ts';

const on = (cluster: string, appliedMs: number, verifiedMs = 121): TimedCluster => ({
  cluster,
  corrected: { acceptedMs: 100, publishedMs: 110, receivedMs: 120, verifiedMs, compiledMs: 125, appliedMs, reportedMs: appliedMs + 1 },
  foldedMs: appliedMs + 3,
});

test('each hop has its percentiles over all clusters, and the cluster where it took longest', () => {
  const hops = hopTimes([on('a', 135), on('b', 225), on('c', 145), on('d', 155)]);
  expect(hops.map(({ hop }) => hop)).toEqual(['published', 'received', 'verified', 'compiled', 'applied', 'reported', 'folded']);
  expect(hops.find(({ hop }) => hop === 'applied')).toEqual({ hop: 'applied', p50Ms: 20, p95Ms: 100, maxMs: 100, slowest: 'b' });
});

test('a moment that was not seen is covered by the next hop', () => {
  expect(hopTimes([on('a', 135, 0)]).map(({ hop, maxMs }) => `${hop} ${maxMs}`)).toContain('compiled 5');
});

test('nothing is told of clusters that have not answered', () => expect(hopTimes([])).toEqual([]));
