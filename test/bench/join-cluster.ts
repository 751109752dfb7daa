import { byEffort, type Bench, type Effort, type Figure } from './bench.ts';
import { appliedMsMax, onBenchFleet, putPolicy, type BenchFleet } from './bench-fleet.ts';
import { configMapPolicies } from './many-objects.ts';
import { median } from './statistics.ts';
import { isApplied } from './watch-hub.ts';

const policies = 100;
const joins: Readonly<Record<Effort, number>> = { quick: 1, normal: 2, full: 3 };
const selector = { matchLabels: { env: 'later' } };

/** Figure 10. */
export const joinCluster: Bench = {
  name: 'join',
  shows: 'a new cluster and 100 policies of 5 objects that wait for it: token call → all Applied',
  run: (effort, say) => {
    const names = Array.from({ length: byEffort(effort, joins) }, (_, at) => `later-${at + 1}`);
    return onBenchFleet((bench) => measure(bench, names, say), { later: names });
  },
};

async function measure(bench: BenchFleet, names: readonly string[], say: (line: string) => void): Promise<readonly Figure[]> {
  const waiting = configMapPolicies({ prefix: 'waits', policies, objects: 5, selector });
  for (const [name, spec] of waiting) await putPolicy(bench.hub, name, spec);
  const all: number[] = [];
  const first: number[] = [];
  for (const name of names) {
    const applied = [...waiting.keys()].map((policy) => {
      const isIt = isApplied({ policy, revision: 1 });
      return bench.events.next(
        `${policy} on ${name}`,
        (event) => isIt(event) && event.type === 'row' && event.row.cluster === name,
        appliedMsMax,
      );
    });
    await bench.fleet.install(name);
    const startedAt = performance.now();
    await bench.fleet.join(name);
    const times = await Promise.all(applied);
    all.push((Math.max(...times) - startedAt) / 1_000);
    first.push((Math.min(...times) - startedAt) / 1_000);
  }
  for (const [what, times] of Object.entries({ first, all }))
    say(`join, ${what} of ${policies} policies Applied: ${times.map((time) => time.toFixed(2)).join('  ')} s`);
  const range = { min: Math.min(...all), max: Math.max(...all) };
  return [
    { name: 'join-100-policies', value: median(all), unit: 's', ...range },
    { name: 'join-first-policy', value: median(first), unit: 's', min: Math.min(...first), max: Math.max(...first) },
  ];
}
