import type { Fleet, Row } from '@accord/proto/api';
import type { ChangeTimeline } from '@accord/proto/api-history';
import type { Change } from './find-worsening.ts';

/** For tests. Minutes of the hour in which everything happens. */
export const at = (minute: number): string => new Date(Date.UTC(2026, 10, 24, 15, minute)).toISOString();

export const quietFleet: Fleet = {
  clusters: { total: 3, live: 3, offline: 0, unknown: 0, behind: 0, stuck: 0 },
  policies: 2,
  epoch: 1,
  rows: { Applied: 6 },
  heals: [],
  problems: [],
  alarms: [],
  busServers: [],
};

export function changeOf(id: string, minute: number, more: Partial<Change> = {}): Change {
  const [object = '', revision = ''] = id.split('@');
  return {
    ...{
      id,
      object: object.includes('/') ? object : `policy/${object}`,
      revision: Number(revision),
      actor: 'admin',
      reason: '',
      source: '',
    },
    ...{ type: 'PolicyChanged', acceptedAt: at(minute), traceparent: '' },
    ...more,
  };
}

export function rowOf(policy: string, revision: number, cluster: string, more: Partial<Row> = {}): Row {
  return {
    ...{ policy, cluster, clusterId: `id-${cluster}`, state: 'Failed', reason: 'Invalid', message: '', selected: true },
    sentence: `${policy}@${revision} is held up on ${cluster}: exceeded quota. Change it: accord edit policy ${policy}`,
    ...{ revision, reportedRevision: revision, desired: 1, applied: 0, held: 0, heals: 0, problems: [], retained: [] },
    ...{ connection: 'live', sync: 'current' },
    ...more,
  };
}

const blank = { acceptedMs: 0, publishedMs: 0, receivedMs: 0, verifiedMs: 0, compiledMs: 0, appliedMs: 0, reportedMs: 0 };

/** A change with what each cluster said of it, in order: `{ 'eu-1': 'Applied:10 Failed:20' }`, state and minute. */
export function timelineOf(change: Change, told: Readonly<Record<string, string>>): ChangeTimeline {
  const clusters = Object.entries(told).map(([cluster, words]) => {
    const steps = words.split(' ').map((word) => {
      const [state = '', minute = ''] = word.split(':');
      const ms = Date.parse(at(Number(minute)));
      return { ...{ state, reason: '', message: '', fromMs: ms, toMs: ms, count: 1 }, ...{ created: 0, changed: 0, removed: 0 } };
    });
    const state = steps.at(-1)?.state ?? '';
    return {
      ...{ cluster, state, sentence: '', because: '' },
      ...{ stamps: blank, corrected: blank, skewMs: 0, foldedMs: 0, steps, stages: [] },
    };
  });
  return { ...change, clusters, hops: [], notSelected: { total: 0, items: [] } };
}
