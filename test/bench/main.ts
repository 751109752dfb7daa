import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import type { Bench, Effort } from './bench.ts';
import { judge, readBudgets, renderLine, renderTable, type Judged } from './check-budgets.ts';
import { againstKubectl } from './against-kubectl.ts';
import { fanOut } from './fan-out.ts';
import { fullCpu } from './full-cpu.ts';
import { healDrift } from './heal-drift.ts';
import { joinCluster } from './join-cluster.ts';
import { largeFleet } from './large-fleet.ts';
import { loadObjects } from './load-objects.ts';
import { offline } from './offline.ts';
import { propagation } from './propagation.ts';
import { publishToStatus } from './publish-to-status.ts';
import { readEvents } from './read-events.ts';
import { readLists } from './read-lists.ts';
import { registrySpread } from './registry-spread.ts';
import { restartSpoke } from './restart-spoke.ts';
import { revokeClusters } from './revoke-clusters.ts';
import { spokeMemory } from './spoke-memory.ts';
import { sustainedChanges } from './sustained-changes.ts';
import { useConsole } from './use-console.ts';

const benches: readonly Bench[] = [
  publishToStatus,
  propagation,
  registrySpread,
  readEvents,
  readLists,
  useConsole,
  offline,
  fullCpu,
  joinCluster,
  fanOut,
  largeFleet,
  healDrift,
  sustainedChanges,
  loadObjects,
  restartSpoke,
  spokeMemory,
  againstKubectl,
  revokeClusters,
];

const usage = `npm run bench -- [NAME…] [--quick | --full]

${benches.map(({ name, shows }) => `  ${name.padEnd(11)} ${shows}`).join('\n')}

Without a name all run. --quick takes about a quarter of an hour, --full an hour and a half. Exit code 1 when a figure misses its budget, 2 for usage.`;

function parseCommand(args: readonly string[]): { readonly chosen: readonly Bench[]; readonly effort: Effort } | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: false,
    options: { quick: { type: 'boolean' }, full: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const known = new Set(['quick', 'full']);
  const isFine =
    Object.keys(values).every((key) => known.has(key)) && positionals.every((name) => benches.some((bench) => bench.name === name));
  if (!isFine || (values['quick'] === true && values['full'] === true)) return undefined;
  const chosen = benches.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  return { chosen, effort: values['quick'] === true ? 'quick' : values['full'] === true ? 'full' : 'normal' };
}

async function run({ chosen, effort }: { readonly chosen: readonly Bench[]; readonly effort: Effort }): Promise<number> {
  const say = (line: string): void => console.error(line);
  const load = loadavg()[0]?.toFixed(1);
  say(
    `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}, load ${load}`,
  );
  const budgets = readBudgets();
  const judged: Judged[] = [];
  for (const bench of chosen) {
    const startedAt = performance.now();
    for (const figure of await bench.run(effort, say)) judged.push(judge(figure, budgets));
    say(`${bench.name}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  }
  for (const figure of judged) console.log(renderLine(figure));
  say(`\n${renderTable(judged)}`);
  const missed = judged.filter(({ verdict }) => verdict === 'missed');
  for (const { name, value, unit, bar } of missed) say(`${name} misses its budget: ${value.toPrecision(3)} ${unit}, the bar is ${bar}`);
  return missed.length === 0 ? 0 : 1;
}

const command = parseCommand(process.argv.slice(2));
if (process.argv.includes('--help')) {
  console.log(usage);
} else if (command === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else {
  process.exitCode = await run(command);
}
