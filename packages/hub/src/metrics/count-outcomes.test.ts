import type { ClusterFact } from '@accord/core/registry/facts';
import { foldFact } from '@accord/core/registry/registry';
import type { Link } from '@accord/core/view/connections';
import { foldOutcome } from '@accord/core/view/reported';
import { clusterIdOf } from '@accord/proto/ids';
import { beatCodec, outcomeCodec, type Stamps } from '@accord/proto/messages';
import { intentSubject } from '@accord/proto/subjects';
import { ManualClock } from '@accord/runtime/clock';
import { Meter } from '@accord/runtime/metrics/meter';
import { renderMetrics } from '@accord/runtime/metrics/render-metrics';
import { describe, expect, test } from 'vitest';
import { Projection } from '../views/projection.ts';
import { countGaps, countOutcome } from './count-outcomes.ts';
import { outcomeMetrics } from './hub-metrics.ts';

const id = clusterIdOf(new Uint8Array(16).fill(1));
const metrics = Object.values(outcomeMetrics);

interface Told {
  readonly state?: string;
  readonly change?: string;
  readonly stamps?: Partial<Stamps>;
  readonly problems?: readonly object[];
  readonly heals?: readonly object[];
}

/** A hub at 100 s, and a cluster that joined at 10 s; each told outcome is folded and then counted, as the hub does. */
function world(link?: Link) {
  const clock = new ManualClock(100_000);
  const projection = new Projection(clock, new Map());
  const body = { id, name: 'eu-1', labels: {}, publicKey: 'U1' } as unknown as ClusterFact;
  const fact = { body, seq: 1, digest: new Uint8Array(), atMs: 10_000, actor: '', change: { id: '', traceparent: '' } };
  foldFact(projection.registry, intentSubject('cluster', id), fact);
  const meter = new Meter(metrics);
  let n = 0;
  const tell = ({ state = 'Applied', change = 'p@1', stamps, problems = [], heals = [] }: Told): void => {
    n += 1;
    const report = { policy: 'p', revision: 1, state, problems };
    const policies = [{ report, change: { id: change }, ...(stamps && { stamps }), created: 2, changed: 1, removed: 0 }];
    const outcome = outcomeCodec.decode(outcomeCodec.encode({ policies, heals } as never));
    const number = { boot: 1, n };
    if (foldOutcome(projection.reported, id, { number, outcome, atMs: clock.now() }))
      countOutcome({ meter, projection, linkOf: () => link }, { id, number, outcome, atMs: clock.now() });
  };
  const shown = (): readonly string[] =>
    renderMetrics(metrics, meter.readings())
      .split('\n')
      .filter((line) => /^[^#].* (?!0$)/.test(line) && !line.includes('_bucket'))
      .map((line) => line.replace('accord_', ''));
  return { clock, projection, meter, tell, shown };
}

const stamps = { acceptedMs: 98_000, publishedMs: 98_100, receivedMs: 98_200, appliedMs: 99_000, reportedMs: 99_001 };

describe('an outcome', () => {
  test('is counted by state and by what was done; an unknown state is other', () => {
    const { tell, shown } = world();
    tell({});
    tell({ state: 'Sulking' });
    expect(shown()).toEqual([
      'outcomes_total{state="Applied"} 1',
      'outcomes_total{state="other"} 1',
      'objects_total{done="created"} 4',
      'objects_total{done="changed"} 2',
    ]);
  });

  test('tells problems, conflicts and drifts that are only seen', () => {
    const { tell, shown } = world();
    const problem = (object: string, state: string, reason: string): object => ({ object, state, reason, message: '' });
    tell({
      state: 'Blocked',
      problems: [
        problem('/ConfigMap/n/a', 'Blocked', 'NotOurs'),
        problem('/Role/n/b', 'Drifted', 'Differs'),
        problem('x/Foo//c', 'Drifted', 'Missing'),
      ],
    });
    expect(shown()).toEqual(
      expect.arrayContaining([
        'object_problems_total{state="Blocked"} 1',
        'object_problems_total{state="Drifted"} 2',
        'object_conflicts_total 1',
        'drifts_total{kind="Role"} 1',
        'drifts_total{kind="other"} 1',
      ]),
    );
  });

  test('tells heals by kind, with how long they took by the clock of the cluster', () => {
    const { tell, shown } = world();
    const heal = { policy: 'p', manager: 'kubectl', operation: 'Update', fields: [] };
    tell({
      heals: [
        { ...heal, object: '/ConfigMap/n/a', seenMs: 1_000, healedMs: 1_200 },
        { ...heal, object: 'x/Foo//c', seenMs: 5, healedMs: 5 },
      ],
    });
    expect(shown()).toEqual(
      expect.arrayContaining([
        'heals_total{kind="ConfigMap"} 1',
        'heals_total{kind="other"} 1',
        'heal_seconds_sum 0.2',
        'heal_seconds_count 2',
      ]),
    );
  });
});

describe('propagation', () => {
  const times = (lines: readonly string[]): readonly string[] => lines.filter((line) => /^(propagation|late)/.test(line));

  test('is seen once for each change and cluster: what is told after it are repairs', () => {
    const { tell, shown } = world();
    tell({ stamps, state: 'Retrying' });
    tell({ stamps });
    tell({ stamps: { ...stamps, appliedMs: 99_900 } });
    expect(times(shown())).toEqual([
      'propagation_seconds_sum 1',
      'propagation_seconds_count 1',
      'propagation_stage_seconds_sum{stage="publish"} 0.1',
      'propagation_stage_seconds_count{stage="publish"} 1',
      'propagation_stage_seconds_sum{stage="apply"} 0.9',
      'propagation_stage_seconds_count{stage="apply"} 1',
      'propagation_stage_seconds_sum{stage="report"} 1',
      'propagation_stage_seconds_count{stage="report"} 1',
    ]);
  });

  test('is on the clock of the hub: a cluster whose clock is an hour ahead is as fast as another', () => {
    const { tell, shown, projection } = world();
    const ahead = (ms: number): number => ms + 3_600_000;
    projection.beat(id, beatCodec.decode(beatCodec.encode({ tsMs: ahead(100_000) })));
    tell({ stamps: { ...stamps, receivedMs: ahead(98_200), appliedMs: ahead(99_000), reportedMs: ahead(99_001) } });
    expect(times(shown())[0]).toBe('propagation_seconds_sum 1');
  });

  test.each<[name: string, link: Link | undefined, published: number]>([
    ['a cluster that joined after it was published', undefined, 9_000],
    ['one that connected after it was published', { open: 1, openedAt: { atMs: 98_500, awakeMs: 0 }, closedAt: undefined }, 98_100],
  ])('of %s is late and says nothing about how fast changes are', (_name, link, publishedMs) => {
    const { tell, shown } = world(link);
    tell({ stamps: { ...stamps, publishedMs } });
    expect(times(shown())).toEqual(['late_applies_total 1']);
  });
});

test('what the history will never have is counted by outcomes', () => {
  const { meter, shown } = world();
  countGaps(meter, [{ cluster: id, boot: 1, firstN: 3, lastN: 7, reason: 'Lost' }]);
  expect(shown()).toEqual(['history_missing_outcomes_total{reason="Lost"} 5']);
});
