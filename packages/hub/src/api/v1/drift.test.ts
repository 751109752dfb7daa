/** Who wrote what was put right, and what differs where it is only compared. */
import { foldOutcome } from '@accord/core/view/reported';
import type { ClusterId } from '@accord/proto/ids';
import { historyOutcomesCodec, outcomeCodec, signedCodec, type Heal, type Problem } from '@accord/proto/messages';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealedOutcome } from '../../history/example-history.ts';
import { insertHistory } from '../../history/history-rows.ts';
import { startMemoryHub, type MemoryHub } from '../memory-hub.ts';

let hub: MemoryHub;
let id: ClusterId;

beforeAll(async () => {
  hub = await startMemoryHub();
  id = await hub.addCluster('eu-1', {});
  const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name: 'pay' }, spec: { clusterSelector: {} } };
  await hub.call('PUT', '/apis/accord.dev/v1alpha1/clusterpolicies/pay', { body });
});
afterAll(() => hub.stop());

const heal: Heal = {
  ...{ object: '/ConfigMap/pay/a', policy: 'pay', manager: 'helm', operation: 'Update', cause: 'FieldsChanged' },
  ...{ seenMs: 2_000, healedMs: 2_010, writtenMs: 1_000, fields: ['.data.a'] },
};
const drift = { manager: 'helm', operation: 'Apply', writtenMs: 3_000, fields: ['.data.b'] };
const problem: Problem = { object: '/ConfigMap/pay/b', state: 'Drifted', reason: 'Differs', message: '.data.b is 1', drift };

/** As if the spoke had said so, and HISTORY had been read. */
function tell(n: number, said: { readonly heals?: readonly Heal[]; readonly problems?: readonly Problem[] }): void {
  const message = sealedOutcome(id, { boot: 1, n }, { policy: 'pay', state: said.problems === undefined ? 'Applied' : 'Drifted', ...said });
  const outcomes = [{ cluster: id, message, atMs: 4_000, skewMs: 0 }];
  insertHistory(hub.deps.past.read(), 'outcome', n, historyOutcomesCodec.encode({ outcomesSeq: n, outcomes, gaps: [] }));
  foldOutcome(hub.deps.projection.reported, id, {
    number: { boot: 1, n },
    outcome: outcomeCodec.decode(signedCodec.decode(message).body),
    atMs: 4_000,
  });
}

test('a heal tells why it was drift, who wrote, and when', async () => {
  tell(1, { heals: [heal] });
  const told = { cause: 'FieldsChanged', manager: 'helm', operation: 'Update', writtenAt: '1970-01-01T00:00:01.000Z' };
  expect((await hub.call('GET', '/v1/drift')).body.items).toMatchObject([{ kind: 'healed', fields: ['.data.a'], ...told }]);
  expect((await hub.call('GET', '/v1/fleet')).body.heals).toMatchObject([told]);
});

test('what is only compared tells it as well, as data, in the history and in its row', async () => {
  tell(2, { problems: [problem] });
  const told = { manager: 'helm', operation: 'Apply', writtenAt: '1970-01-01T00:00:03.000Z', fields: ['.data.b'] };
  const [first] = (await hub.call('GET', '/v1/drift')).body.items;
  expect(first).toMatchObject({ kind: 'seen', cause: 'Differs', ...told });
  const [row] = (await hub.call('GET', '/v1/policies/pay/clusters')).body.items;
  expect(row.problems).toEqual([{ object: problem.object, state: 'Drifted', reason: 'Differs', message: problem.message, drift: told }]);
});

test('a spoke that names no time has none, and one that names what is no time keeps nobody from reading', async () => {
  tell(3, { heals: [{ ...heal, seenMs: 5_000, healedMs: Number.NaN, writtenMs: 0 }] });
  const [first] = (await hub.call('GET', '/v1/drift')).body.items;
  expect([first.seenAt, first.healedAt, first.writtenAt]).toEqual(['1970-01-01T00:00:05.000Z', undefined, undefined]);
  expect((await hub.call('GET', '/v1/fleet')).status).toBe(200);
});
