import type { Access } from '@accord/core/access/access';
import { foldFact } from '@accord/core/registry/registry';
import { countRows, rowsOfCluster, rowsOfPolicy } from '@accord/core/status/policy-rows';
import { foldOutcome } from '@accord/core/view/reported';
import { sha256 } from '@accord/proto/canonical';
import { clusterIdOf, type ClusterId, type PolicyName } from '@accord/proto/ids';
import { outcomeCodec } from '@accord/proto/messages';
import { intentSubject } from '@accord/proto/subjects';
import { ManualClock } from '@accord/runtime/clock';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Projection } from '../views/projection.ts';
import { LimitedProjection } from './limited-projection.ts';
import { RowTable } from './row-table.ts';
import { SeenRows } from './seen-rows.ts';

const idOf = (n: number): ClusterId => clusterIdOf(sha256(`cluster-${n}`).subarray(0, 16));
const nameOf = (n: number): PolicyName => `p-${n}` as PolicyName;
const envs = ['dev', 'prod'] as const;

type Step =
  | { readonly does: 'cluster'; readonly n: number; readonly env: string; readonly leaving: boolean; readonly left: boolean }
  | { readonly does: 'policy'; readonly n: number; readonly env: string | undefined; readonly deleted: boolean }
  | { readonly does: 'report'; readonly n: number; readonly policy: number; readonly state: string; readonly revision: number }
  | { readonly does: 'pass' }
  | { readonly does: 'look' };

const n = fc.nat({ max: 3 });
const steps = fc.array(
  fc.oneof(
    fc.record({ does: fc.constant('cluster' as const), n, env: fc.constantFrom(...envs), leaving: fc.boolean(), left: fc.boolean() }),
    fc.record({ does: fc.constant('policy' as const), n, env: fc.constantFrom(...envs, undefined), deleted: fc.boolean() }),
    fc.record({
      does: fc.constant('report' as const),
      ...{ n, policy: n, revision: fc.nat({ max: 20 }) },
      state: fc.constantFrom('Applied', 'Failed', 'Removed', 'Removing'),
    }),
    fc.constant({ does: 'pass' as const }),
    fc.constant({ does: 'look' as const }),
  ),
  { maxLength: 40 },
);

function world() {
  const clock = new ManualClock(1_000_000);
  const projection = new Projection(clock, new Map());
  const signal = new AbortController().signal;
  const access: Access = {
    whole: undefined,
    bindings: [
      { role: 'viewer', clusters: { matchLabels: { env: 'dev' } }, policies: ['p-0', 'p-1'], ...rest },
      { role: 'viewer', clusters: {}, policies: ['p-1', 'p-2'], ...rest },
    ],
  };
  const table = new RowTable(projection, clock, signal);
  const all = { projection, rows: new SeenRows(table, { whole: 'viewer', bindings: [] }) };
  const some = { projection: new LimitedProjection(projection, access, signal), rows: new SeenRows(table, access) };
  return { clock, projection, views: [all, some] };
}
const rest = { namespaces: [], parts: [], clusterScoped: false, priorityMax: 100 };

function act({ clock, projection }: ReturnType<typeof world>, step: Step, seq: number): void {
  const fact = { seq, digest: new Uint8Array(), atMs: 0, actor: '', change: { id: '', traceparent: '' } };
  switch (step.does) {
    case 'cluster': {
      const id = idOf(step.n);
      const gone = { ...(step.leaving && { leaving: { mode: 'Retain' } }), ...(step.left && { left: { atMs: 0 } }) };
      const body = { id, name: `c-${step.n}`, publicKey: 'U', labels: { env: step.env }, spec: {}, createdAtMs: 0, ...gone };
      foldFact(projection.registry, intentSubject('cluster', id), { ...fact, body });
      if (step.left) projection.forget(id);
      return projection.notify({ type: 'cluster', id });
    }
    case 'policy': {
      const name = nameOf(step.n);
      const selector = step.env === undefined ? {} : { clusterSelector: { matchLabels: { env: step.env } } };
      const body = { name, revision: seq, step: 0, spec: selector, anchors: [], ...(step.deleted && { deletedAtMs: 1 }) };
      foldFact(projection.registry, intentSubject('policy', name), { ...fact, body });
      return projection.notify({ type: 'policy', policy: name });
    }
    case 'report': {
      const [id, policy] = [idOf(step.n), nameOf(step.policy)];
      const report = { policy, epoch: 1, revision: step.revision, state: step.state, leaving: step.state.startsWith('Remov') };
      const outcome = outcomeCodec.decode(outcomeCodec.encode({ policies: [{ report }] } as never));
      foldOutcome(projection.reported, id, { number: { boot: 1, n: seq }, outcome, atMs: 0 });
      return projection.notify({ type: 'row', policy, id, change: '' });
    }
    case 'pass':
      // Whoever has not beaten for so long is offline, and the hub notices.
      clock.advance(20_000);
      return idsOf(projection).forEach((id) => projection.noticeConnection(id));
    case 'look':
  }
}

const idsOf = ({ registry }: Projection): readonly ClusterId[] => [...registry.clusters.keys()];

test('property: counts are those of the rows themselves, whatever happened and whoever looks', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (happened) => {
      const at = world();
      for (const [seq, step] of happened.entries()) {
        act(at, step, seq + 1);
        if (step.does === 'look') await at.views[0]?.rows.settled();
      }
      for (const { projection, rows } of at.views) {
        await rows.settled();
        const { policies, clusters } = projection.registry;
        const tally = rows.tally(policies.keys());
        expect(rows.clusters().map((slot) => rows.clusterAt(slot).id)).toEqual(
          [...clusters.values()]
            .map(({ body }) => body)
            .toSorted((a, b) => (a.name < b.name ? -1 : 1))
            .map(({ id }) => id),
        );
        for (const slot of rows.clusters())
          expect(tally.countsAt(slot)).toEqual(countRows(rowsOfCluster(projection, rows.clusterAt(slot).id)));
        for (const policy of policies.values()) {
          const wanted = rowsOfPolicy(projection, policy);
          const column = rows.columnOf(policy.body.name);
          expect(rows.countsOfPolicy(policy.body.name)).toEqual(countRows(wanted));
          expect(column.slots.map((slot) => [rows.clusterAt(slot).name, column.stateOf(slot)])).toEqual(
            wanted.map(({ cluster, state }) => [cluster, state]),
          );
        }
      }
    }),
    { seed: 7, numRuns: 300 },
  );
});

test('what is told while a large fleet is worked out is in what was asked after it', async () => {
  const at = world();
  for (let at_ = 0; at_ < 5_000; at_ += 1) act(at, { does: 'cluster', n: at_, env: 'dev', leaving: false, left: false }, at_ + 1);
  act(at, { does: 'policy', n: 1, env: 'dev', deleted: false }, 6_000);
  const [view] = at.views;
  const first = view?.rows.settled();
  act(at, { does: 'report', n: 4_999, policy: 1, state: 'Failed', revision: 6_000 }, 6_001);
  await first;
  act(at, { does: 'policy', n: 1, env: undefined, deleted: false }, 6_002);
  act(at, { does: 'policy', n: 2, env: 'dev', deleted: false }, 6_003);
  const second = view?.rows.settled();
  act(at, { does: 'report', n: 7, policy: 2, state: 'Failed', revision: 6_003 }, 6_004);
  await second;
  // The selector is gone, and one cluster has it still.
  expect([view?.rows.countsOfPolicy(nameOf(1)), view?.rows.countsOfPolicy(nameOf(2))]).toEqual([
    { Removing: 1 },
    { Failed: 1, Pending: 4_999 },
  ]);
});
