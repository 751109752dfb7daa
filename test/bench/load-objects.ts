import { byEffort, type Bench, type Effort, type Figure } from './bench.ts';
import { appliedMsMax, onBenchFleet, putPolicy, type BenchFleet } from './bench-fleet.ts';
import { allowObjects, configMapPolicies, configMaps } from './many-objects.ts';
import { kubectlApply } from './run-kubectl.ts';
import { isApplied } from './watch-hub.ts';

const policies = 20;
const objectsOf: Readonly<Record<Effort, number>> = { quick: 50, normal: 500, full: 500 };
const wanted = 10_000;
const kubectlObjects = 1_000;

/** The first half of figure 8. */
export const loadObjects: Bench = {
  name: 'objects',
  shows: '10,000 ConfigMaps of 1 KB in 20 policies: first call → last policy Applied; against kubectl apply --server-side of 1,000, scaled',
  run: (effort, say) => onBenchFleet((bench) => measure(bench, byEffort(effort, objectsOf), say), { plain: true }),
};

async function measure(bench: BenchFleet, objects: number, say: (line: string) => void): Promise<readonly Figure[]> {
  await allowObjects(bench);
  const theirs = await kubectlApply(bench, { objects: configMaps('kubectl', kubectlObjects), form: 'list', who: 'admin' });
  const ours = await deliver(bench, objects);
  const count = policies * objects;
  say(`${count} objects in ${ours.toFixed(1)} s; kubectl ${kubectlObjects} in ${theirs.toFixed(1)} s`);
  // A quick run has fewer objects; so that both are held to the same bar, what it took is scaled.
  return [{ name: 'objects-10000', value: (ours * wanted) / count, unit: 's', reference: (theirs * wanted) / kubectlObjects }];
}

/** Seconds from the first call until the event stream has shown every policy applied. */
async function deliver({ hub, events }: BenchFleet, objects: number): Promise<number> {
  const specs = configMapPolicies({ prefix: 'load', policies, objects });
  const applied = [...specs.keys()].map((policy) => events.next(`${policy} applied`, isApplied({ policy, revision: 1 }), appliedMsMax));
  const startedAt = performance.now();
  await Promise.all([...specs].map(([name, spec]) => putPolicy(hub, name, spec)));
  return (Math.max(...(await Promise.all(applied))) - startedAt) / 1_000;
}
