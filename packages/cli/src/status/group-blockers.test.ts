import { describe, expect, test } from 'vitest';
import { groupBlockers, type Blocker, type Standing } from './group-blockers.ts';

const held = (policy: string, cluster: string, because: string, state = 'Failed'): Standing => ({
  ...{ policy, cluster, state },
  sentence: `${policy}@7 is held up on ${cluster}: ${because}. Change it: accord edit policy ${policy}`,
});

describe('groupBlockers', () => {
  const cases: [claim: string, rows: Standing[], groups: string[]][] = [
    ['nothing held up is no group', [], []],
    [
      'one refusal on many clusters is one group',
      [held('pay', 'us-1', 'exceeded quota'), held('pay', 'eu-1', 'exceeded quota')],
      ['2 Failed [pay] [eu-1 us-1] e.g. pay/eu-1'],
    ],
    [
      'one refusal of many policies is one group',
      [held('shop', 'eu-1', 'exceeded quota'), held('pay', 'eu-1', 'exceeded quota')],
      ['2 Failed [pay shop] [eu-1] e.g. pay/eu-1'],
    ],
    [
      'the commonest comes first',
      [held('a', 'eu-1', 'no such kind'), held('b', 'eu-1', 'exceeded quota'), held('b', 'eu-2', 'exceeded quota')],
      ['2 Failed [b] [eu-1 eu-2] e.g. b/eu-1', '1 Failed [a] [eu-1] e.g. a/eu-1'],
    ],
    [
      'numbers and times make no other group',
      [held('pay', 'eu-1', 'used 14 of 10 since 2026-11-24T15:00:00Z'), held('pay', 'us-1', 'used 9 of 8 since 2026-11-24T15:01:07Z')],
      ['2 Failed [pay] [eu-1 us-1] e.g. pay/eu-1'],
    ],
    [
      'how old a report is makes no other group',
      [
        held('pay', 'eu-1', 'exceeded quota'),
        {
          ...held('pay', 'us-1', 'exceeded quota'),
          sentence: `${held('pay', 'us-1', 'exceeded quota').sentence} (Last known: the cluster is offline since 2026-11-24T15:00:00.000Z.)`,
        },
      ],
      ['2 Failed [pay] [eu-1 us-1] e.g. pay/eu-1'],
    ],
    [
      'the same words in another state are another group',
      [held('pay', 'eu-1', 'exceeded quota'), held('pay', 'us-1', 'exceeded quota', 'Refused')],
      ['1 Failed [pay] [eu-1] e.g. pay/eu-1', '1 Refused [pay] [us-1] e.g. pay/us-1'],
    ],
    [
      'a name inside of another name is left alone',
      [held('pay', 'eu', 'no namespace eu-pay'), held('pay', 'us', 'no namespace us-pay')],
      ['1 Failed [pay] [eu] e.g. pay/eu', '1 Failed [pay] [us] e.g. pay/us'],
    ],
    [
      'a name that looks like a pattern is a name',
      [held('pay', '.*', 'exceeded quota'), held('pay', '(', 'exceeded quota')],
      ['1 Failed [pay] [(] e.g. pay/(', '1 Failed [pay] [.*] e.g. pay/.*'],
    ],
  ];
  test.each(cases)('%s', (_claim, rows, groups) => {
    expect(groupBlockers(rows).map(render)).toEqual(groups);
    expect(groupBlockers(rows.toReversed()).map(render)).toEqual(groups);
  });
});

function render({ state, rows, policies, clusters, example }: Blocker): string {
  return `${rows} ${state} [${policies.join(' ')}] [${clusters.join(' ')}] e.g. ${example.policy}/${example.cluster}`;
}
