import type { JsonObject } from '@accord/proto/canonical';
import { objectKey, type ObjectKey } from '@accord/proto/ids';
import type { PolicyReport, Problem } from '@accord/proto/messages';
import { describe, expect, test } from 'vitest';
import { ownedOf, type Owned } from '../drift/owned-of.ts';
import { configMapKind } from '../kube/own-kinds.ts';
import { inventoryMax, statusOf, tallyIn } from './status-of.ts';

const nothing = { heals: 0, lastMs: 0 };
const report = (state: string, reason: string, problems: readonly Problem[] = []): PolicyReport => ({
  ...{ policy: 'p', epoch: 1, revision: 3, step: 0, state, reason, message: '', desired: 4, applied: 2, problems },
  ...{ retained: [], sinceMs: 0, held: 0, heals: 5, leaving: false, hold: null },
});
const problem = (state: string, reason: string, drift: Problem['drift'] = null): Problem => ({
  ...{ object: '/ConfigMap/n/a', state, reason, message: 'it says no', drift },
});
const owned = (name: string): Owned => {
  const key: ObjectKey = objectKey('', 'ConfigMap', 'n', name);
  const meta = { uid: `u-${name}`, resourceVersion: '1', labels: {}, annotations: {}, managedFields: [], deletionTimestamp: undefined };
  const print = { fingerprint: `f-${name}`, time: '', fields: '{}' };
  return ownedOf(key, { kind: configMapKind, namespace: 'n', name }, meta, print);
};

describe('the status of a mirror', () => {
  test('says when the last drift was, where there was one', () => {
    expect(statusOf(report('Applied', 'Applied'), { heals: 5, lastMs: 7_000 }, [])).toMatchObject({
      ...{ healCount: 5, lastDriftTime: '1970-01-01T00:00:07.000Z' },
    });
    expect(statusOf(report('Applied', 'Applied'), nothing, [])).not.toHaveProperty('lastDriftTime');
  });

  test('counts what differs now, compared or fought over', () => {
    const problems = [problem('Drifted', 'Differs'), problem('Stalled', 'Fighting'), problem('Stalled', 'RemovalBrake')];
    expect(statusOf(report('Stalled', 'Fighting', problems), nothing, [])).toMatchObject({ summary: { drifted: 2, failed: 0 } });
  });

  test('names who changed which fields, as far as its schema has room', () => {
    const fields = Array.from({ length: 20 }, (_, at) => `.data.${'x'.repeat(600)}${at}`);
    const drift = { manager: 'helm', operation: 'Update', writtenMs: 0, fields };
    const { problems } = statusOf(report('Drifted', 'Inform', [problem('Drifted', 'Differs', drift)]), nothing, []);
    const [{ changedBy, fields: told } = expect.unreachable('no problem')] = problems as readonly { changedBy: string; fields: string[] }[];
    expect([changedBy, told.length, told[0]?.length]).toEqual(['helm', 16, 512]);
  });

  test('lists what the cluster holds of the policy, and says when that is not all', () => {
    const { inventory } = statusOf(report('Applied', 'Applied'), nothing, [owned('b'), owned('a')]);
    expect(inventory).toEqual({
      complete: true,
      entries: [
        { id: 'n_a__ConfigMap', v: 'v1', u: 'u-a', f: 'f-a' },
        { id: 'n_b__ConfigMap', v: 'v1', u: 'u-b', f: 'f-b' },
      ],
    });
    const many = Array.from({ length: inventoryMax + 1 }, (_, at) => owned(`o${at}`));
    const cut = statusOf(report('Applied', 'Applied'), nothing, many)['inventory'] as { complete: boolean; entries: unknown[] };
    expect([cut.complete, cut.entries.length]).toEqual([false, inventoryMax]);
  });
});

describe('what an earlier process has counted', () => {
  test.each<[claim: string, status: JsonObject, tally: string]>([
    ['is what its status says', { healCount: 3, lastDriftTime: '1970-01-01T00:00:07Z' }, '3 at 7000'],
    ['is nothing where there is none', {}, '0 at 0'],
    ['is nothing where somebody wrote what is no count and no time', { healCount: -1, lastDriftTime: 'soon' }, '0 at 0'],
    ['has no drift in the future', { healCount: 1.5, lastDriftTime: '2999-01-01T00:00:00Z' }, '0 at 0'],
  ])('%s', (_claim, status, expected) => {
    const { heals, lastMs } = tallyIn(status, 10_000);
    expect(`${heals} at ${lastMs}`).toBe(expected);
  });
});
