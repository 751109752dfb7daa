import { setTimeout as sleep } from 'node:timers/promises';
import { byEffort, type Bench, type Figure } from './bench.ts';
import { applyPolicies, benchCluster, benchSelector, onBenchFleet, type BenchFleet } from './bench-fleet.ts';
import { driftKinds, type DriftKind } from './drift-objects.ts';
import { editWays, prepareEdit } from './foreign-edit.ts';
import { healByHand } from './heal-by-hand.ts';
import type { RestClient } from './rest-client.ts';
import type { Sightings } from './sightings.ts';
import { percentile, summary } from './statistics.ts';
import { watchObjects, type SeenObject } from './watch-objects.ts';
import { whenHealed, type Edit, type Watches } from './when-healed.ts';

/** Milliseconds from the API server's answer to the edit. */
export interface Healed {
  readonly edit: Edit;
  /** Our own watch shows it healed. */
  readonly healed: number;
  /** Our own event stream at the hub tells of it. */
  readonly reported: number;
}

const objectsPerKind = 25;
/** Every way on every kind, each object edited once: this many times. */
const rounds = { quick: 4, normal: 4, full: 4 } as const;
const referenceRounds = { quick: 1, normal: 2, full: 4 } as const;

/** Figure 4. */
export const healDrift: Bench = {
  name: 'drift',
  shows: '100 foreign edits over five kinds: answer of the API server → healed there, and → reported at the hub',
  run: (effort, say) =>
    onBenchFleet(async (bench) => {
      await applyPolicies(bench, new Map(driftKinds.map((kind) => [`drift-${kind.kind.toLowerCase()}`, policyOf(kind)])));
      const admin = bench.client(benchCluster, 'admin');
      const watches = new Map<string, Sightings<SeenObject>>();
      for (const { kind, path } of driftKinds) watches.set(kind, await watchObjects(admin, { path, content: 'whole' }, bench.signal));
      const healed: Healed[] = [];
      for (const edit of editsOf(byEffort(effort, rounds))) healed.push(await disturb(bench, admin, watches, edit));
      tell(healed, say);
      await bench.fleet.stopSpoke(benchCluster);
      const spoke = bench.client(benchCluster, 'spoke');
      const reference: number[] = [];
      for (const edit of editsOf(byEffort(effort, referenceRounds))) reference.push(await healByHand({ admin, spoke }, watches, edit));
      say(`by hand    ${summary(reference)}`);
      return figures(healed, reference);
    }),
};

function policyOf(kind: DriftKind): object {
  const objects = Array.from({ length: objectsPerKind }, (_, n) => ({ id: `o${n}`, manifest: kind.manifest(nameOf(kind, n)) }));
  return { clusterSelector: benchSelector, objects };
}

const nameOf = ({ kind }: DriftKind, n: number): string => `drift-${kind.toLowerCase()}-${n}`;

function editsOf(times: number): readonly Edit[] {
  return Array.from({ length: times }, (_, round) => round).flatMap((round) =>
    editWays.flatMap((way, at) => driftKinds.map((kind) => ({ kind, name: nameOf(kind, round * editWays.length + at), way }))),
  );
}

async function disturb({ events }: BenchFleet, admin: RestClient, watches: Watches, edit: Edit): Promise<Healed> {
  const send = await prepareEdit(admin, edit.kind, edit.name, edit.way);
  const what = `${edit.way} of ${edit.name}`;
  const healed = whenHealed(watches, edit);
  const reported = events.next(`${what} reported`, (event) => event.type === 'heal' && event.object.endsWith(`/${edit.name}`));
  await send();
  const t0 = performance.now();
  const [healedAt, reportedAt] = await Promise.all([healed, reported]);
  // Edits come one by one: a person, not a storm.
  await sleep(30);
  return { edit, healed: healedAt - t0, reported: reportedAt - t0 };
}

function tell(healed: readonly Healed[], say: (line: string) => void): void {
  say(`healed     ${summary(healed.map((one) => one.healed))}`);
  say(`reported   ${summary(healed.map((one) => one.reported))}`);
  for (const { kind } of driftKinds)
    say(`  ${kind.padEnd(14)} healed ${summary(healed.filter(({ edit }) => edit.kind.kind === kind).map((one) => one.healed))}`);
}

function figures(healed: readonly Healed[], reference: readonly number[]): readonly Figure[] {
  const times = healed.map((one) => one.healed);
  const range = { min: Math.min(...times), max: Math.max(...times) };
  const reported = healed.map((one) => one.reported);
  return [
    { name: 'drift-healed-p50', value: percentile(times, 50), unit: 'ms', reference: percentile(reference, 50), ...range },
    // Without a reference: alone on the server, a role that is written by hand waits for its escalation check for ten times as long.
    { name: 'drift-healed-p99', value: percentile(times, 99), unit: 'ms', ...range },
    { name: 'drift-reported-p99', value: percentile(reported, 99), unit: 'ms', min: Math.min(...reported), max: Math.max(...reported) },
  ];
}
