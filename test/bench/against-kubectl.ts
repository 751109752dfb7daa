import { byEffort, type Bench, type Effort, type Figure } from './bench.ts';
import { benchCluster, putPolicy, onBenchFleet, type BenchFleet } from './bench-fleet.ts';
import { countWrites } from './count-writes.ts';
import { cpuSeconds } from './process-cpu.ts';
import { kubectlApply, objectsOfRound, policiesOf, type Form } from './run-kubectl.ts';
import { median } from './statistics.ts';
import { isApplied } from './watch-hub.ts';

interface Rounds {
  readonly directory: number;
  readonly list: number;
  /** One list with the spoke's own rights: each role and binding then waits for the escalation check, one after the other. */
  readonly sameRights: boolean;
}

const rounds: Readonly<Record<Effort, Rounds>> = {
  quick: { directory: 1, list: 2, sameRights: false },
  normal: { directory: 2, list: 5, sameRights: true },
  full: { directory: 5, list: 5, sameRights: true },
};

/** Figure 11. kubectl runs as administrator, which is several times faster than with the rights that the spoke has. */
export const againstKubectl: Bench = {
  name: 'kubectl',
  shows: '1,000 objects through the whole path, against kubectl apply --server-side; then the same again, unchanged',
  run: (effort, say) =>
    onBenchFleet(
      async (bench) => {
        return await measure(bench, byEffort(effort, rounds), say);
      },
      { plain: true },
    ),
};

/** Of the thousand, those that are counted: all but the ConfigMaps. A count of zero means something only if this many are seen before. */
const objectsWritten = 800;

/** CPU time of everything at work in a round: on so many cores nothing is faster than their share of it. */
interface Cpu {
  /** API server and etcd: what the same objects cost whoever sends them. */
  readonly servers: number[];
  /** Hub, nats-server and spoke. */
  readonly accord: number[];
}

const cpuOf = (bench: BenchFleet): { readonly servers: number; readonly accord: number } => ({
  servers: cpuSeconds(bench.pid('kube-apiserver', benchCluster)) + cpuSeconds(bench.pid('etcd')),
  accord: cpuSeconds(bench.pid('hub')) + cpuSeconds(bench.pid('nats-server')) + cpuSeconds(bench.pid('spoke', benchCluster)),
});

interface Times {
  readonly accord: number[];
  readonly again: number[];
  readonly list: number[];
  readonly directory: number[];
}

async function measure(bench: BenchFleet, wanted: Rounds, say: (line: string) => void): Promise<readonly Figure[]> {
  const times: Times = { accord: [], again: [], list: [], directory: [] };
  const cpu: Cpu = { servers: [], accord: [] };
  let requests = 0;
  for (let round = 0; round < Math.max(wanted.list, wanted.directory); round += 1) {
    const ours = async (): Promise<void> => {
      const before = cpuOf(bench);
      const [first, created] = await counting(bench, () => deliver(bench, `r${round}`, 'first'));
      const after = cpuOf(bench);
      cpu.servers.push(after.servers - before.servers);
      cpu.accord.push(after.accord - before.accord);
      if (created < objectsWritten) throw new Error(`the API server counted ${created} writes of at least ${objectsWritten}`);
      const [again, written] = await counting(bench, () => deliver(bench, `r${round}`, 'again'));
      times.accord.push(first);
      times.again.push(again);
      requests = Math.max(requests, written);
    };
    const theirs = async (): Promise<void> => {
      const apply = (form: Form): Promise<number> =>
        kubectlApply(bench, { objects: objectsOfRound(`${form}-${round}`), form, who: 'admin' });
      if (round < wanted.list) times.list.push(await apply('list'));
      if (round < wanted.directory) times.directory.push(await apply('directory'));
    };
    for (const work of round % 2 === 0 ? [ours, theirs] : [theirs, ours]) await work();
  }
  const sameRights = wanted.sameRights
    ? await kubectlApply(bench, { objects: objectsOfRound('rights'), form: 'list', who: 'spoke' })
    : undefined;
  for (const [what, seconds] of Object.entries({ ...times, 'cpu of servers': cpu.servers, 'cpu of ours': cpu.accord }))
    say(`${what.padEnd(14)} ${seconds.map((one) => one.toFixed(2)).join('  ')} s`);
  const figure = (seconds: number): Figure => ({
    name: 'objects-1000-than-list-same-rights',
    unit: '×',
    value: seconds / median(times.accord),
  });
  return [...figures(times, requests), ...cpuFigures(cpu), ...(sameRights === undefined ? [] : [figure(sameRights)])];
}

/** What `work` returns, and the writes that the API server has answered meanwhile. */
async function counting<T>(bench: BenchFleet, work: () => Promise<T>): Promise<readonly [T, number]> {
  const before = await countWrites(bench);
  const result = await work();
  return [result, (await countWrites(bench)) - before];
}

/** Seconds from the first call until the event stream has shown every policy of the round applied. */
async function deliver({ hub, events }: BenchFleet, round: string, description: string): Promise<number> {
  const policies = policiesOf(round, description);
  const revision = description === 'first' ? 1 : 2;
  const applied = [...policies.keys()].map((policy) => events.next(`${policy} applied`, isApplied({ policy, revision })));
  const startedAt = performance.now();
  await Promise.all([...policies].map(([name, spec]) => putPolicy(hub, name, spec)));
  return (Math.max(...(await Promise.all(applied))) - startedAt) / 1000;
}

/** What the API server needs alone is a floor under every time above, with kubectl as well. */
function cpuFigures({ servers, accord }: Cpu): readonly Figure[] {
  return [
    { name: 'objects-1000-cpu-servers', unit: 's', value: median(servers), min: Math.min(...servers), max: Math.max(...servers) },
    { name: 'objects-1000-cpu-accord', unit: 's', value: median(accord), min: Math.min(...accord), max: Math.max(...accord) },
  ];
}

function figures({ accord, again, list, directory }: Times, requests: number): readonly Figure[] {
  const range = (values: readonly number[]) => ({ value: median(values), min: Math.min(...values), max: Math.max(...values) });
  return [
    { name: 'objects-1000', unit: 's', ...range(accord), reference: median(list) },
    { name: 'objects-1000-than-list', unit: '×', value: median(list) / median(accord) },
    { name: 'objects-1000-than-directory', unit: '×', value: median(directory) / median(accord) },
    { name: 'objects-1000-unchanged', unit: 's', ...range(again) },
    { name: 'objects-1000-unchanged-requests', unit: 'requests', value: requests },
  ];
}
