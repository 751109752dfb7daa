import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HubProgram } from '../chaos/hub-program.ts';
import { PolicyWriter } from '../chaos/policy-writer.ts';
import { SeededRandom } from '../chaos/seeded-random.ts';
import { until } from './fleet-fixture.ts';
import { HistoryTables } from './history-tables.ts';
import { TellingCluster } from './telling-cluster.ts';

const crashes = 15;
const delayMsMax = 400;
const perRound = 30;
/** OUTCOMES holds 256 of each cluster: what waits for a hub that is down stays below. */
const roundsUntilRead = 4;

let home: string;
let hub: HubProgram;
let clusters: TellingCluster[];
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'accord-history-'));
  hub = await HubProgram.at(join(home, 'hub'));
  clusters = [];
  await startHub();
});
afterEach(async () => {
  for (const cluster of clusters) await cluster.stop();
  await hub.killAll();
  rmSync(home, { recursive: true, force: true });
});

const startHub = async (): Promise<void> => {
  await hub.start();
  await until('the hub is ready', async () => (await hub.readiness()) === 'ok');
};
const get = async (path: string): Promise<unknown> => (await hub.client.send('GET', path)).body;
const joinAs = async (...names: string[]): Promise<void> => {
  for (const name of names) clusters.push(await TellingCluster.join(hub.client, name));
};
const stepsOf = async (change: string): Promise<number> => {
  const { clusters: told } = (await get(`/v1/changes/${encodeURIComponent(change)}`)) as {
    readonly clusters: readonly { readonly steps: readonly { readonly count: number }[] }[];
  };
  return told.flatMap(({ steps }) => steps).reduce((sum, { count }) => sum + count, 0);
};
const untilRead = (change: string): Promise<void> =>
  until(
    'everything that was told is read',
    async () => (await stepsOf(change)) === clusters.reduce((sum, { told }) => sum + told, 0),
    60_000,
  );
const numbersOf = ({ id, told }: TellingCluster): readonly string[] => Array.from({ length: told }, (_, at) => `${id} 1.${at + 1}`);

describe('HISTORY', () => {
  test.each([3, 4])(
    'has every outcome once, in order, whenever the hub is killed, and the tables made anew are the same (seed %i)',
    { timeout: 400_000 },
    async (seed) => {
      const random = new SeededRandom(seed);
      await new PolicyWriter(hub).put('told', 'by clusters');
      await joinAs('eu-1', 'us-1', 'ap-1');
      for (let crash = 1; crash <= crashes; crash += 1) {
        const telling = clusters.map((cluster) => cluster.tell('told@1', perRound, () => random.below(15)));
        await sleep(random.below(delayMsMax));
        // Once in a while the bus goes with its hub, and clusters say it again.
        await (crash % 5 === 0 ? hub.killAll() : hub.kill());
        await startHub();
        await Promise.all(telling);
        if (crash % roundsUntilRead === 0) await untilRead('told@1');
      }
      await untilRead('told@1');
      await hub.kill();
      const tables = await HistoryTables.open(hub.dataDir, hub.bus);
      try {
        const { outcomes, gaps } = await tables.recorded();
        for (const cluster of clusters)
          expect(
            outcomes.filter((outcome) => outcome.startsWith(cluster.id)),
            `seed ${seed}`,
          ).toEqual(numbersOf(cluster));
        expect(gaps).toEqual([]);
        const { dump, isSame } = await tables.continued();
        expect(isSame).toBe(true);
        expect(dump.split('\n').filter((line) => line.startsWith('numbers ')).length).toBe(outcomes.length);
        expect(await tables.rebuilt()).toBe(dump);
      } finally {
        await tables.close();
      }
    },
  );

  test('says what is missing where more was told than OUTCOMES holds', { timeout: 120_000 }, async () => {
    await new PolicyWriter(hub).put('told', 'by clusters');
    await joinAs('eu-1');
    const [cluster] = clusters;
    await cluster?.tell('told@1', 3, () => 0);
    await untilRead('told@1');
    await hub.kill();
    await cluster?.tell('told@1', 300, () => 0);
    await startHub();
    interface At {
      readonly gaps: readonly { readonly size: number; readonly firstN: number; readonly lastN: number; readonly reason: string }[];
    }
    await until('the gap is told', async () => ((await get('/v1/clusters/eu-1')) as At).gaps.length === 1);
    const { gaps } = (await get('/v1/clusters/eu-1')) as At;
    expect(gaps).toEqual([{ boot: 1, firstN: 4, lastN: 47, size: 44, reason: 'Lost' }]);
    // What is kept reaches up to the last one.
    await until('the rest is read', async () => (await stepsOf('told@1')) === 303 - 44);
  });

  test('is read again where the file of the tables was deleted or damaged', { timeout: 120_000 }, async () => {
    const writer = new PolicyWriter(hub);
    await writer.put('told', 'first');
    await writer.put('told', 'second');
    await joinAs('eu-1', 'us-1');
    for (const cluster of clusters) await cluster.tell('told@2', 20, () => 0);
    await untilRead('told@2');
    await hub.client.send('GET', '/v1/changes/told@77');
    const told = async (): Promise<unknown> => [
      await get('/v1/policies/told/revisions'),
      await get('/v1/policies/told/diff?from=1&to=2'),
      ((await get('/v1/changes?policy=told')) as { readonly items: unknown }).items,
      await stepsOf('told@2'),
    ];
    const before = await told();
    await hub.stop();
    for (const file of readdirSync(hub.dataDir)) if (file.startsWith('history.sqlite')) rmSync(join(hub.dataDir, file));
    await startHub();
    await untilRead('told@2');
    expect(await told()).toEqual(before);
  });
});
