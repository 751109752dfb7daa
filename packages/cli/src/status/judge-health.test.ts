import { describe, expect, test } from 'vitest';
import type { Fleet } from '@accord/proto/api';
import { quietFleet } from './example-incident.ts';
import { judgeHealth } from './judge-health.ts';

describe('judgeHealth', () => {
  const cases: [claim: string, fleet: Partial<Fleet>, offline: number, verdict: string][] = [
    ['everything as wanted', {}, 0, 'well: Well: 3 clusters live, 2 policies, nothing is held up.'],
    [
      'what is only compared, or stopped by somebody, is as somebody wants it',
      { rows: { Drifted: 2, Stopped: 1, Applied: 3 } },
      0,
      'well: Well: 3 clusters live, 2 policies, nothing is held up.',
    ],
    [
      'an empty fleet',
      { clusters: { total: 0, live: 0, offline: 0, unknown: 0, behind: 0, stuck: 0 }, rows: {} },
      0,
      'well: There is no cluster yet. Bring one in: accord cluster add NAME',
    ],
    [
      'what is on its way',
      { rows: { Pending: 1, Retrying: 2, Applied: 3 } },
      0,
      'moving: Getting there by itself: 3 rows are on their way.',
    ],
    ['what does not end by itself', { rows: { Failed: 1, Pending: 1 } }, 0, 'needs-a-person: Needs a person: 1 row is held up.'],
    ['a cluster that is offline', {}, 1, 'needs-a-person: Needs a person: 1 of 3 clusters is offline.'],
    [
      'a cluster that is stuck',
      { clusters: { ...quietFleet.clusters, stuck: 1 } },
      0,
      'needs-a-person: Needs a person: 1 cluster takes nothing that is published.',
    ],
    [
      'one that is offline because it was revoked',
      { clusters: { ...quietFleet.clusters, live: 2, offline: 1 } },
      0,
      'well: Well: 2 clusters live, 2 policies, nothing is held up.',
    ],
    [
      'an alarm, and more',
      { alarms: ['a', 'b'], rows: { Stalled: 2 } },
      2,
      'needs-a-person: Needs a person: 2 rows are held up, 2 of 3 clusters are offline, 2 alarms.',
    ],
  ];
  test.each(cases)('%s', (_claim, fleet, offline, verdict) => {
    const { level, sentence } = judgeHealth({ ...quietFleet, ...fleet }, offline);
    expect(`${level}: ${sentence}`).toBe(verdict);
  });
});
