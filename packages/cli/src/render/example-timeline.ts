import type { ChangeTimeline } from '@accord/proto/api-history';
import type { OnCluster } from './hops.ts';

/** For tests: every moment of one change on one cluster, in milliseconds. */
export const moments = {
  acceptedMs: 1000,
  publishedMs: 1010,
  receivedMs: 1020,
  verifiedMs: 1021,
  compiledMs: 1025,
  appliedMs: 1065,
  reportedMs: 1070,
};

export const unseen = { acceptedMs: 0, publishedMs: 0, receivedMs: 0, verifiedMs: 0, compiledMs: 0, appliedMs: 0, reportedMs: 0 };

export function seenOn(cluster: string, at: Partial<OnCluster['stamps']>, foldedMs: number): OnCluster {
  return {
    ...{ cluster, state: 'Applied', sentence: `pay@2 is applied on ${cluster}.`, because: 'its labels match' },
    ...{ stamps: { ...moments, ...at }, corrected: { ...moments, ...at }, skewMs: 0, foldedMs, steps: [], stages: [] },
  };
}

/** It has not applied there. */
export function waitingOn(cluster: string, state: string, because: string): OnCluster {
  return { ...seenOn(cluster, {}, 0), state, sentence: `pay@2 is held up on ${cluster}: ${because}.`, stamps: unseen, corrected: unseen };
}

export function changeOn(...clusters: readonly OnCluster[]): ChangeTimeline {
  return {
    ...{ id: 'pay@2', object: 'policy/pay', revision: 2, actor: 'admin', reason: '', source: '', type: 'PolicyChanged' },
    ...{ acceptedAt: '2026-11-24T15:00:00.000Z', traceparent: '', clusters: [...clusters], hops: [], notSelected: { total: 0, items: [] } },
  };
}
