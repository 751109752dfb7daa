import type { ApplyPlan } from '@accord/core/apply/plan-apply';
import { namespaceKeyOf, objectKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  earlierMs,
  ExampleClusterOfStops,
  noStops,
  policies,
  verdictOf,
  type Fleet,
  type Stops,
  type Wanted,
} from './example-cluster-of-stops.ts';
import type { Gathered } from './gather.ts';
import { healOf } from './heal-of.ts';

const some = <T>(...values: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...values]);
const namespaces = ['n', 'm'];
const keys: readonly ObjectKey[] = namespaces.flatMap((namespace) => [
  objectKey('', 'Namespace', undefined, namespace),
  ...['a', 'b', 'c', 'single'].map((name) => objectKey('', 'ConfigMap', namespace, name)),
]);
const wanted: fc.Arbitrary<Wanted> = fc.record({
  standing: fc.constantFrom('present', 'present', 'present', 'present', 'deleted', 'absent', 'unselected', 'garbled'),
  priority: fc.constantFrom(100, 200),
  namespace: fc.constantFrom(...namespaces),
  maps: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2')),
  grantMinutes: fc.option(fc.constantFrom(-5, 5), { nil: undefined }),
  single: fc.boolean(),
  deletion: fc.constantFrom('Retain', 'DeleteIfEmpty', 'DeleteIfEmpty', 'DeleteIfCreated'),
  confirmed: fc.constantFrom(0, 100),
  forbids: fc.boolean(),
});
const fleet: fc.Arbitrary<Fleet> = fc.record(Object.fromEntries(policies.map((policy) => [policy, wanted])));
const stops: fc.Arbitrary<Stops> = fc.record({
  suspended: some(...policies),
  inform: some(...policies),
  objectInform: some(...policies),
  blocked: some(...policies),
  isPaused: fc.boolean(),
  isClusterInform: fc.boolean(),
  held: some(...keys),
  heldPolicies: some(...policies),
  heldObjects: some(...keys),
  // Most of the time they say nothing, so that the others have a say.
  isAllHeld: fc.constantFrom(false, false, false, true),
  guard: fc.constantFrom('none', 'none', 'none', 'freeze', 'window', 'invalid'),
});
/** One of these alone: with all of them hardly anything is written. */
const oneStop = fc
  .tuple(stops, fc.constantFrom(...(Object.keys(noStops) as (keyof Stops)[])))
  .map(([all, one]): Stops => ({ ...noStops, [one]: all[one] }));
const sequence = fc.array(stops, { minLength: 1, maxLength: 4 });
/** What others did to the objects meanwhile. */
const drift = fc.record({ edited: some(...keys), gone: some(...keys), adopted: some(...keys) });
type Drift = typeof drift extends fc.Arbitrary<infer D> ? D : never;

function drifted(before: Fleet, { edited, gone, adopted }: Drift): ExampleClusterOfStops {
  const cluster = new ExampleClusterOfStops().settle(before, earlierMs);
  for (const [key, object] of cluster.live)
    cluster.live.set(key, { ...object, intact: !edited.includes(key), origin: adopted.includes(key) ? 'Adopted' : object.origin });
  for (const key of gone) cluster.live.delete(key);
  return cluster;
}

const removals = (plan: ApplyPlan): ReadonlySet<ObjectKey> =>
  new Set(plan.remove.filter(({ isOver }) => isOver !== true).map(({ key }) => key));
const render = ({ plan, absent }: Gathered): object => ({
  ...plan,
  absent: absent.map(({ policy, object, wantedBy, mayRemove }) => `${object.key} ${policy} ${wantedBy} ${mayRemove}`).toSorted(),
});

/** What a policy that only compares would have taken over: it has no say in what others let go. */
const comparedIn = ({ informing }: Gathered): ReadonlySet<ObjectKey> =>
  new Set([...informing.values()].flatMap((intents) => intents.map(({ key }) => key)));

/** What operators and the owner of the cluster say, whatever its documents do. */
const isToldToStop = (policy: PolicyName, { heldPolicies, isAllHeld, guard }: Stops): boolean =>
  heldPolicies.includes(policy) || isAllHeld || guard === 'freeze' || guard === 'invalid';

/** Nothing at all is written for it: neither what is new, nor a heal, nor a removal. */
function isStopped(policy: PolicyName, of: Fleet, under: Stops): boolean {
  const verdict = verdictOf(policy, of, { ...under, guard: 'none' });
  if (verdict.says === 'keep') return false;
  return isToldToStop(policy, under) || verdict.stop !== undefined || (verdict.says === 'apply' && verdict.inform !== undefined);
}

const isHeldByHand = (key: ObjectKey, cluster: ExampleClusterOfStops, { held, heldObjects }: Stops): boolean =>
  [key, namespaceKeyOf(key)].some((at) => heldObjects.includes(at) || (held.includes(at) && cluster.live.has(at)));

describe('property: a stop', { timeout: 60_000 }, () => {
  test('or a change of one plans no removal by itself', () => {
    fc.assert(
      fc.property(fleet, sequence, (of, changes) => {
        const cluster = new ExampleClusterOfStops().settle(of);
        for (const under of changes) {
          const gathered = cluster.gather(of, under);
          expect([...removals(gathered.plan)]).toEqual([]);
          cluster.carryOut(gathered);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('lets nothing leave that would stay without it', () => {
    fc.assert(
      fc.property(fleet, fleet, drift, sequence, (before, of, others, changes) => {
        const cluster = drifted(before, others);
        for (const under of changes) {
          const gathered = cluster.gather(of, under);
          const without = cluster.copy().gather(of, noStops);
          const more = removals(gathered.plan).difference(removals(without.plan));
          expect([...more.difference(comparedIn(gathered))]).toEqual([]);
          cluster.carryOut(gathered);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('lets no Namespace be deleted, and without one only those go that a deleted policy made and lets go, and with all in them only by a person', () => {
    const deleted = { empty: 0, whole: 0 };
    fc.assert(
      fc.property(fleet, fleet, drift, sequence, (before, of, others, changes) => {
        const cluster = drifted(before, others);
        // In the end what the stops kept may go, and then everything.
        const buried: Fleet = Object.fromEntries(Object.entries(of).map(([policy, wants]) => [policy, { ...wants, standing: 'deleted' }]));
        const passes = [...changes, noStops].map((under) => ({ under, wants: of }));
        for (const { under, wants } of [...passes, { under: noStops, wants: buried }]) {
          const gathered = cluster.gather(wants, under);
          for (const { key, owner, how } of gathered.plan.remove) {
            const object = cluster.live.get(key);
            if (object?.isNamespace !== true || how !== 'delete') continue;
            deleted[object.isDeletedWhole ? 'whole' : 'empty'] += 1;
            const isStill = [owner, ...(object.contributors ?? [])].some((policy) => isStopped(policy, wants, under));
            const { origin, isDeletedEmpty = false, isDeletedWhole = false, retain } = object;
            const says = wants[owner]?.standing;
            const isLetGo = isDeletedEmpty || (isDeletedWhole && wants[owner]?.confirmed === 100);
            expect({ key, says, origin, isLetGo, retain, isStill }).toEqual({
              ...{ key, says: 'deleted', origin: 'Created', isLetGo: true, retain: false, isStill: false },
            });
          }
          cluster.carryOut(gathered);
        }
      }),
      { numRuns: 200 },
    );
    expect(Math.min(deleted.empty, deleted.whole)).toBeGreaterThan(0);
  });

  test('lets nothing be written but the end of a grant', () => {
    fc.assert(
      fc.property(fleet, fleet, drift, stops, (before, of, others, under) => {
        const cluster = drifted(before, others);
        const { plan, absent } = cluster.gather(of, under);
        const sharersOf = (key: ObjectKey, owner: PolicyName): readonly PolicyName[] => [
          owner,
          ...(cluster.live.get(key)?.contributors ?? []),
        ];
        for (const { key, owner, digest } of plan.apply) {
          // What waits for another policy is healed, and nothing new of it is written.
          const was = cluster.live.get(key);
          if (under.blocked.includes(owner) || under.guard === 'window')
            expect([key, was?.owner, was?.digest]).toEqual([key, owner, digest]);
          expect([key, isStopped(owner, of, under)]).toEqual([key, false]);
          expect([key, isHeldByHand(key, cluster, under)]).toEqual([key, false]);
        }
        for (const key of removals(plan)) {
          const owner = cluster.live.get(key)?.owner as PolicyName;
          expect([key, ...sharersOf(key, owner).filter((policy) => isStopped(policy, of, under))]).toEqual([key]);
          expect([key, isHeldByHand(key, cluster, under)]).toEqual([key, false]);
        }
        // Even grants that are over stay then.
        if (under.guard === 'freeze') expect([plan.apply, plan.remove, plan.superseded]).toEqual([[], [], []]);
        for (const { policy, mayRemove } of absent) if (isStopped(policy, of, under)) expect(mayRemove).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test('lets exactly that be asked about which would be put back if it were changed', () => {
    let asked = 0;
    fc.assert(
      fc.property(fleet, fleet, fc.boolean(), drift, fc.oneof(stops, oneStop), (before, after, isSame, others, under) => {
        const cluster = drifted(before, others);
        const of = isSame ? before : after;
        cluster.gather(of, under);
        for (const [key, object] of cluster.live) {
          if (!object.intact) continue;
          const intent = healOf(cluster.deps(of, under), key);
          cluster.live.set(key, { ...object, intact: false });
          const { plan, intents } = cluster.gather(of, under);
          cluster.live.set(key, object);
          const isPutBack = plan.apply.some((wants) => wants.key === key && wants.digest === object.digest && wants.owner === object.owner);
          expect([key, intent]).toEqual([key, isPutBack ? intents.get(key) : undefined]);
          asked += Number(isPutBack);
        }
      }),
      { numRuns: 200 },
    );
    expect(asked).toBeGreaterThan(0);
  });

  test('that is lifted leaves the plan that there would have been without it', () => {
    fc.assert(
      fc.property(fleet, fleet, drift, sequence, (before, of, others, changes) => {
        const cluster = drifted(before, others);
        const untouched = cluster.copy();
        for (const under of changes) cluster.gather(of, under);
        expect(render(cluster.gather(of, noStops))).toEqual(render(untouched.gather(of, noStops)));
      }),
      { numRuns: 200 },
    );
  });

  test('that is lifted ends where there would have been none', () => {
    fc.assert(
      fc.property(fleet, fleet, drift, sequence, (before, of, others, changes) => {
        const cluster = drifted(before, others);
        const untouched = cluster.copy().settle(of);
        for (const under of changes) cluster.carryOut(cluster.gather(of, under));
        expect(cluster.settle(of).picture()).toEqual(untouched.picture());
      }),
      { numRuns: 200 },
    );
  });
});
