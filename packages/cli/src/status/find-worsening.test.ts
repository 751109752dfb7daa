import { describe, expect, test } from 'vitest';
import type { driftsSchema } from '@accord/proto/api-history';
import type * as z from 'zod';
import { at, changeOf, rowOf, timelineOf } from './example-incident.ts';
import { findWorsening, stormMin, type Change, type Observed, type Worsening } from './find-worsening.ts';
import { missingTimeline } from './held-since.ts';

const since = 30;
const old = changeOf('pay@1', 5, { type: 'PolicyCreated' });
const second = changeOf('pay@2', 40);
const third = changeOf('pay@3', 45);
const observed = (more: Partial<Observed>): Observed => ({
  ...{ heldUp: [], timelines: new Map(), changes: [], drift: [], offline: [], sinceMs: Date.parse(at(since)) },
  ...more,
});
const told = (...timelines: readonly [change: Change, clusters: Readonly<Record<string, string>>][]): Observed['timelines'] =>
  new Map(timelines.map(([change, clusters]) => [change.id, timelineOf(change, clusters)]));
const storm = (times: number, manager = 'kubectl-edit'): z.infer<typeof driftsSchema>['items'] =>
  Array.from({ length: times }, (_, n) => ({
    ...{ cluster: `eu-${n % 2}`, policy: 'pay', object: `/ConfigMap/pay/${n % 4}`, kind: 'healed', manager, operation: 'Update' },
    ...{ cause: 'FieldsChanged', fields: [], message: '', reportedAt: at(35 + n) },
  }));

describe('findWorsening', () => {
  const cases: [claim: string, seen: Partial<Observed>, found: string[]][] = [
    ['nothing is nothing', {}, []],
    [
      'a change that was refused at once did it, and is taken back by the revision before',
      {
        heldUp: [rowOf('pay', 2, 'eu-1'), rowOf('pay', 2, 'us-1')],
        timelines: told([old, { 'eu-1': 'Applied:6' }], [second, { 'eu-1': 'Failed:41', 'us-1': 'Retrying:41 Failed:43' }]),
      },
      ['41: pay Failed on eu-1,us-1 by pay@2; accord revert pay@1'],
    ],
    [
      'a new policy is taken back by deleting it',
      { heldUp: [rowOf('pay', 1, 'eu-1')], timelines: told([changeOf('pay@1', 40, { type: 'PolicyCreated' }), { 'eu-1': 'Failed:41' }]) },
      ['41: pay Failed on eu-1 by pay@1; accord delete policy pay'],
    ],
    [
      'a second attempt that fails as well is not where it began',
      {
        heldUp: [rowOf('pay', 3, 'eu-1')],
        timelines: told([old, { 'eu-1': 'Applied:6' }], [second, { 'eu-1': 'Failed:41' }], [third, { 'eu-1': 'Failed:46' }]),
      },
      ['41: pay Failed on eu-1 by pay@2; accord revert pay@1'],
    ],
    [
      'what was held up before is not worse, whatever was tried since',
      { heldUp: [rowOf('pay', 2, 'eu-1')], timelines: told([old, { 'eu-1': 'Failed:6' }], [second, { 'eu-1': 'Failed:41' }]) },
      [],
    ],
    [
      'what was well under a change for a while was not broken by it',
      { heldUp: [rowOf('pay', 2, 'eu-1')], timelines: told([old, {}], [second, { 'eu-1': 'Applied:41 Failed:50' }]) },
      ['50: pay Failed on eu-1'],
    ],
    [
      'a cluster that an older policy came to by a relabel was broken by the relabel, which has no undo',
      {
        heldUp: [rowOf('pay', 1, 'eu-1')],
        timelines: told([old, { 'eu-1': 'Failed:41' }]),
        changes: [changeOf('cluster/eu-1@4', 40, { type: 'ClusterChanged' })],
      },
      ['41: pay Failed on eu-1 by cluster/eu-1@4'],
    ],
    [
      'of two changes of the cluster none is blamed',
      {
        heldUp: [rowOf('pay', 1, 'eu-1')],
        timelines: told([old, { 'eu-1': 'Failed:41' }]),
        changes: [changeOf('cluster/eu-1@4', 39), changeOf('cluster/eu-1@5', 40)],
      },
      ['41: pay Failed on eu-1'],
    ],
    ['where the history says nothing, nothing is claimed', { heldUp: [rowOf('pay', 2, 'eu-1')] }, []],
    [
      'two states are two findings, the first first',
      {
        heldUp: [rowOf('pay', 2, 'eu-1', { state: 'Refused' }), rowOf('pay', 2, 'us-1')],
        timelines: told([second, { 'eu-1': 'Refused:43', 'us-1': 'Failed:42' }]),
      },
      ['42: pay Failed on us-1 by pay@2; accord revert pay@1', '43: pay Refused on eu-1 by pay@2; accord revert pay@1'],
    ],
    [
      'clusters that went offline are one finding, those that were before are none',
      {
        offline: [
          { cluster: 'us-1', sinceMs: Date.parse(at(50)) },
          { cluster: 'eu-1', sinceMs: Date.parse(at(45)) },
          { cluster: 'old', sinceMs: Date.parse(at(1)) },
        ],
      },
      ['45: offline eu-1,us-1'],
    ],
    ['a few changes by hand are no storm', { drift: storm(stormMin - 1) }, []],
    ['many by one manager are', { drift: storm(stormMin) }, [`35: ${stormMin}× 4 objects of pay by kubectl-edit on eu-0,eu-1`]],
    ['many by as many managers are not', { drift: storm(stormMin).map((one, n) => ({ ...one, manager: `m${n}` })) }, []],
  ];
  test.each(cases)('%s', (_claim, seen, found) => {
    expect(findWorsening(observed(seen)).map(render)).toEqual(found);
  });
});

describe('missingTimeline', () => {
  const sinceMs = Date.parse(at(since));
  const row = rowOf('pay', 3, 'eu-1');
  const cases: [claim: string, timelines: Observed['timelines'], missing: string | undefined][] = [
    ['first that of the revision that was reported', told(), 'pay@3'],
    ['then the one before, while it was held up all the time', told([third, { 'eu-1': 'Failed:46' }]), 'pay@2'],
    ['no more once it was well', told([third, { 'eu-1': 'Applied:46 Failed:47' }]), undefined],
    ['none before what was accepted before', told([changeOf('pay@3', 10), { 'eu-1': 'Failed:11' }]), undefined],
    ['none where it said nothing', told([third, {}]), undefined],
  ];
  test.each(cases)('%s', (_claim, timelines, missing) => {
    expect(missingTimeline(row, timelines, sinceMs)).toBe(missing);
  });
});

function render(one: Worsening): string {
  const head = `${new Date(one.atMs).getUTCMinutes()}:`;
  switch (one.kind) {
    case 'held-up': {
      const by = one.change === undefined ? '' : ` by ${one.change}`;
      return `${head} ${one.policy} ${one.state} on ${one.clusters.join(',')}${by}${one.undo === undefined ? '' : `; ${one.undo}`}`;
    }
    case 'offline':
      return `${head} offline ${one.clusters.join(',')}`;
    case 'drift':
      return `${head} ${one.times}× ${one.objects} objects of ${one.policy} by ${one.manager} on ${one.clusters.join(',')}`;
  }
}
