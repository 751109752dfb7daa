import type { ClusterId } from '@accord/proto/ids';
import { describe, expect, test } from 'vitest';
import { offline, policyName, report, row, sources, type Given } from './example-rows.ts';
import { countRows, rowOf, rowsOfPolicy } from './policy-rows.ts';

test('a row of a cluster whose access was revoked says that, and not that it will catch up', () => {
  const given = { report: report('Applied'), connection: offline, revokedAtMs: 0 };
  expect(row(given)?.sentence).toMatch(
    /^team is as it was on prod-1, .* revoked at 1970-01-01T00:00:00\.000Z\. .*accord cluster add prod-1 --replace/,
  );
});

describe('the state of a row', () => {
  const rows: [claim: string, given: Given, state: string][] = [
    ['a selected cluster has a row from the moment of the write', {}, 'Pending/NotReported'],
    ['a cluster that is not selected and has nothing has none', { labels: {} }, 'no row'],
    ['what the cluster says of the wanted revision', { report: report('Applied') }, 'Applied/Applied'],
    [
      'what it says of an older revision says nothing of the wanted one',
      { report: report('Applied', { revision: 3 }) },
      'Pending/NotReported',
    ],
    ['what it says of an older step neither', { report: report('Stalled'), policy: { step: 1 } }, 'Pending/NotReported'],
    ['a newer revision than this hub knows counts', { report: report('Applied', { revision: 5 }) }, 'Applied/Applied'],
    ['a cluster that is selected again has not left', { report: report('Removed', { leaving: true }) }, 'Pending/NotReported'],
    ['a state that this version does not know is no state', { report: report('Dancing') }, 'Pending/Dancing'],
    [
      'a deleted policy is leaving until the cluster says that it left',
      { report: report('Applied'), policy: { deletedAtMs: 1 } },
      'Removing/Leaving',
    ],
    ['a failure of its stay says nothing about its leaving', { report: report('Failed'), policy: { deletedAtMs: 1 } }, 'Removing/Leaving'],
    ['a relabelled cluster is left by the policy', { report: report('Applied'), labels: { env: 'dev' } }, 'Removing/Leaving'],
    [
      'a removal that a person must confirm stays visible',
      { report: report('Stalled', { reason: 'RemovalBrake', leaving: true }), labels: {} },
      'Stalled/RemovalBrake',
    ],
    ['what has left has no row', { report: report('Removed', { leaving: true }), policy: { deletedAtMs: 1 } }, 'no row'],
  ];
  test.each(rows)('%s', (_claim, given, expected) => {
    const found = row(given);
    expect(found === undefined ? 'no row' : `${found.state}/${found.reason}`).toBe(expected);
  });

  test('rows of a policy are those of its clusters', () => {
    const from = sources({ report: report('Applied') });
    const policy = from.registry.policies.get(policyName);
    expect(policy === undefined ? [] : rowsOfPolicy(from, policy).map(({ cluster, sentence }) => `${cluster}: ${sentence}`)).toEqual([
      'prod-1: team@4 is applied on prod-1: 2 of 3 objects are as wanted.',
    ]);
    expect(policy && rowOf(from, policy, 'b'.repeat(26) as ClusterId)).toBeUndefined();
  });
});

describe('counts', () => {
  test('a row that is offline, behind or stuck is not counted as applied', () => {
    const applied = { report: report('Applied') };
    const failed = { report: report('Failed'), sync: 'behind' } as const;
    const given = [
      applied,
      { ...applied, connection: offline },
      { ...applied, sync: 'behind' } as const,
      { ...applied, sync: 'stuck' } as const,
      failed,
      {},
    ];
    const all = given.flatMap((one) => row(one) ?? []);
    expect(countRows(all)).toEqual({ Applied: 1, Offline: 1, Behind: 1, Stuck: 1, Failed: 1, Pending: 1 });
  });
});
