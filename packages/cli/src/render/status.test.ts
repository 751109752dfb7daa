import { describe, expect, test } from 'vitest';
import { at, changeOf, quietFleet, rowOf } from '../status/example-incident.ts';
import type { Incident } from '../status/gather-incident.ts';
import { groupBlockers } from '../status/group-blockers.ts';
import { judgeHealth } from '../status/judge-health.ts';
import { plain } from '../terminal.ts';
import { renderStatus } from './status.ts';

const text = ({ fleet = quietFleet, ...more }: Partial<Incident>, width?: number): readonly string[] =>
  renderStatus(
    {
      ...{ since: '30m', sinceMs: Date.parse(at(30)), nowMs: Date.parse(at(60)), fleet, changes: [], worse: [], drifted: 0 },
      ...{ health: judgeHealth(fleet, fleet.clusters.offline), blockers: groupBlockers(fleet.problems) },
      ...more,
    },
    plain,
    width,
  );

describe('renderStatus', () => {
  test('a quiet fleet needs few lines', () => {
    expect(text({})).toEqual([
      'Well: 3 clusters live, 2 policies, nothing is held up.',
      '',
      'Clusters   3: 3 live',
      'Policies   2: 6 Applied',
      '',
      'Nothing was changed in the last 30m.',
      '',
      'Nothing got worse in the last 30m.',
    ]);
  });

  test('shows what changed lately, newest first', () => {
    expect(text({ changes: [changeOf('b@7', 45, { reason: 'INC-7' }), changeOf('c@2', 59)] }).slice(5, 8)).toEqual([
      'Changed in the last 30m',
      '  60s ago   c@2   PolicyChanged   by admin',
      '  15m ago   b@7   PolicyChanged   by admin: INC-7',
    ]);
  });

  test('says of each worsening what to look at, and what takes it back', () => {
    const ms = (minute: number): number => Date.parse(at(minute));
    const clusters = ['eu-1', 'eu-2', 'eu-3', 'us-1'];
    const lines = text({
      worse: [
        { kind: 'held-up', policy: 'b', state: 'Failed', clusters, atMs: ms(46), sentence: '', change: 'b@7', undo: 'accord revert b@6' },
        { kind: 'held-up', policy: 'c', state: 'Blocked', clusters: ['eu-1'], atMs: ms(47), sentence: '' },
        { kind: 'offline', clusters: ['eu-9'], atMs: ms(50) },
        {
          kind: 'drift',
          policy: 'b',
          manager: 'kubectl-edit',
          operation: 'Update',
          times: 12,
          objects: 1,
          clusters: ['eu-1'],
          atMs: ms(51),
        },
      ],
    });
    expect(lines.slice(7)).toEqual([
      'Worse in the last 30m',
      '  b is Failed on eu-1, eu-2 and 2 more for 14m, since b@7',
      '    take it back: accord revert b@6',
      '    look closer: accord trace b@7',
      '  c is Blocked on eu-1 for 13m',
      '    look closer: accord why c eu-1',
      '  eu-9 went offline, the first 10m ago',
      '    look closer: accord doctor',
      '  12 times an object of b was changed (Update) by "kubectl-edit" on eu-1',
      '    look closer: accord drift --policy b --since 30m',
    ]);
  });

  test('of what holds policies up the three commonest are told, and how much more there is', () => {
    const held = (policy: string, cluster: string, because: string): ReturnType<typeof rowOf> =>
      rowOf(policy, 1, cluster, { sentence: `${policy}@1 is held up on ${cluster}: ${because}. Change it: accord edit policy ${policy}` });
    const problems = [
      held('a', 'eu-1', 'quota'),
      held('a', 'us-1', 'quota'),
      held('b', 'eu-1', 'x'),
      held('c', 'eu-1', 'y'),
      held('d', 'eu-1', 'z'),
    ];
    const fleet = { ...quietFleet, rows: { Failed: 7 }, problems, alarms: ['KeyTwice: eu-1 speaks with two voices'] };
    expect(text({ fleet }).slice(9)).toEqual([
      'Alarms',
      '  KeyTwice: eu-1 speaks with two voices',
      '',
      'Held up',
      '  2× a@1 is held up on eu-1: quota. Change it: accord edit policy a',
      '    a on eu-1, us-1',
      '    look closer: accord why a eu-1',
      '  1× b@1 is held up on eu-1: x. Change it: accord edit policy b',
      '    look closer: accord why b eu-1',
      '  1× c@1 is held up on eu-1: y. Change it: accord edit policy c',
      '    look closer: accord why c eu-1',
      '  … and 3 more rows; see all: accord doctor',
    ]);
  });

  test('a narrow terminal breaks sentences, and no command but at its blanks', () => {
    const fleet = { ...quietFleet, rows: { Failed: 1 }, problems: [rowOf('a', 1, 'eu-1')] };
    const lines = text({ fleet }, 40);
    expect(lines.slice(lines.indexOf('Held up') + 1)).toEqual([
      '  1× a@1 is held up on eu-1: exceeded',
      '    quota. Change it: accord edit policy',
      '    a',
      '    look closer: accord why a eu-1',
    ]);
    expect(lines.filter((line) => line.length > 40)).toEqual([]);
  });

  test('drift that is no storm is one line', () => {
    expect(text({ drifted: 3 }).at(-1)).toBe('3 times an object was not as wanted in the last 30m; see: accord drift --since 30m');
  });
});
