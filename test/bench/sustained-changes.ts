import { byEffort, type Bench, type Effort, type Figure } from './bench.ts';
import { benchCluster, onBenchFleet, type BenchFleet } from './bench-fleet.ts';
import { ChangeLedger, contentsGoneBack, wrongPolicies, type Contents } from './change-ledger.ts';
import { unaccountedChanges } from './check-timelines.ts';
import { offerChanges, type Offer } from './offer-changes.ts';
import { cpuSeconds } from './process-cpu.ts';
import { residentMiB } from './process-memory.ts';
import { seeContents } from './seen-contents.ts';
import { mean, percentile, summary, windowMeans } from './statistics.ts';
import { followHub } from './watch-hub.ts';

/** A little above the bar of 200: what is offered at the bar itself can never be measured to reach it. */
const perSecond = 210;
/** With the fake port ten seconds of work may wait; an API server is given as much as it takes, by keeping this many on their way. */
const openMax = { fake: 10 * perSecond, kube: 48 } as const;
const secondsOf: Readonly<Record<Effort, number>> = { quick: 10, normal: 30, full: 60 };
const windowSize = 500;

/** Figure 6. */
export const sustainedChanges: Bench = {
  name: 'changes',
  shows: 'changes per second through one spoke, half of them on 20 policies: none lost, none back; without and with an API server',
  run: async (effort, say) => {
    const seconds = byEffort(effort, secondsOf);
    const offer = { count: seconds * perSecond, everyMs: 1_000 / perSecond };
    const withFake = await onBenchFleet(
      async (bench) => measure(bench, { prefix: 'changes', offer: { ...offer, openMax: openMax.fake } }, say),
      { fake: true },
    );
    // The API server sets the pace, so that the time of the run depends on it: half as many changes.
    const kube = { ...offer, count: offer.count / 2, openMax: openMax.kube };
    const withKube = await onBenchFleet(async (bench) => measure(bench, { prefix: 'changes-kube', offer: kube }, say));
    return [...withFake, ...withKube];
  },
};

async function measure(
  bench: BenchFleet,
  { prefix, offer }: { readonly prefix: string; readonly offer: Offer },
  say: (line: string) => void,
): Promise<readonly Figure[]> {
  const ledger = new ChangeLedger();
  await followHub(bench.hub, (event) => event.type === 'row' && ledger.see(event.row, performance.now()), bench.signal);
  const contents = bench.fake === undefined ? await seeContents(bench) : () => contentsOfFake(bench);
  const pid = bench.fake?.pid ?? bench.pid('spoke', benchCluster);
  const before = { cpu: cpuSeconds(pid), memory: residentMiB(pid), atMs: performance.now() };
  const offered = await offerChanges(bench.hub, ledger, offer);
  const after = { cpu: cpuSeconds(pid), memory: residentMiB(pid), atMs: performance.now() };
  const { changes, goneBack } = ledger;
  const settled = changes.flatMap(({ sentMs, settledMs }) => (settledMs === undefined ? [] : [{ sentMs, settledMs }]));
  const t2 = settled.map(({ sentMs, settledMs }) => settledMs - sentMs);
  const lastMs = settled.reduce((last, { settledMs }) => Math.max(last, settledMs), 0);
  const reached = settled.length / ((lastMs - (changes[0]?.sentMs ?? lastMs)) / 1_000);
  const unaccounted = await unaccountedChanges(bench.hub, changes);
  const seen = await contents();
  const wrong = wrongPolicies(changes, seen);
  say(`${prefix}: ${changes.length} changes at ${offered.toFixed(0)}/s, reached ${reached.toFixed(0)}/s, T2 ${summary(t2)}`);
  for (const { policy, revision, fate } of unaccounted.slice(0, 5)) say(`${prefix}: ${policy}@${revision} is not accounted for (${fate})`);
  for (const policy of wrong.slice(0, 5)) say(`${prefix}: ${policy} does not show its last revision`);
  const windows = windowMeans(t2, windowSize);
  const memory = { min: Math.min(before.memory, after.memory), max: Math.max(before.memory, after.memory) };
  return [
    { name: `${prefix}-offered`, value: offered, unit: '/s' },
    { name: `${prefix}-reached`, value: reached, unit: '/s' },
    { name: `${prefix}-t2-mean`, value: mean(t2), unit: 'ms', min: Math.min(...windows), max: Math.max(...windows) },
    { name: `${prefix}-t2-p99`, value: percentile(t2, 99), unit: 'ms' },
    { name: `${prefix}-superseded`, value: changes.filter(({ fate }) => fate === 'superseded').length, unit: 'changes' },
    { name: `${prefix}-unaccounted`, value: unaccounted.length, unit: 'changes' },
    { name: `${prefix}-gone-back`, value: goneBack + contentsGoneBack(changes, seen), unit: 'changes' },
    { name: `${prefix}-wrong`, value: wrong.length, unit: 'policies' },
    { name: `${prefix}-spoke-cpu`, value: (100_000 * (after.cpu - before.cpu)) / (after.atMs - before.atMs), unit: '%' },
    { name: `${prefix}-spoke-memory`, value: after.memory, unit: 'MiB', ...memory },
  ];
}

async function contentsOfFake({ fake }: BenchFleet): Promise<Contents> {
  return (await fake?.contents()) ?? new Map();
}
