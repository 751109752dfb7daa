import { afterAll, beforeAll, expect, test } from 'vitest';
import { SeededRandom } from '../chaos/seeded-random.ts';
import { moments } from '../chaos/write-proxy.ts';
import { FleetFixture, until } from './fleet-fixture.ts';
import { changeKinds } from './kill-changes.ts';
import { KillRounds } from './kill-rounds.ts';
import { KillWorld } from './kill-world.ts';
import { KillableSpoke } from './killable-spoke.ts';

const points = 200;
/** Two clusters side by side: a restart is mostly waiting. */
const cells = ['a', 'b'];
/** The seed of a run that failed makes the same rounds again. */
const seed = Number(process.env['ACCORD_KILL_SEED'] ?? 1);
const seeds = cells.map((cell, at) => [cell, seed + at] as const);
let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start(cells.map((cell) => ({ name: `kill-${cell}`, labels: { cell } })));
});
afterAll(() => it.stop());

test.concurrent.each(seeds)(
  'after each of 100 kills amid applies, hand-overs and removals everything is as wanted and what is foreign as it was (cluster %s, seed %i)',
  { timeout: 600_000 },
  async (cell, ofCell) => {
    const rounds = await KillRounds.begin(it, cell, new SeededRandom(ofCell));
    try {
      for (let round = 0; round < points / cells.length; round += 1) await rounds.run(round);
    } finally {
      await rounds.end();
    }
    const due = changeKinds.flatMap((kind) => moments.map((moment) => `${kind} ${moment}`));
    expect(due.filter((point) => !rounds.hits.has(point))).toEqual([]);
  },
);

test('a kill while an object is made anew loses neither it nor what somebody else puts in its place', { timeout: 120_000 }, async () => {
  const [cluster, name, path] = ['kill-a', 'frozen', '/api/v1/namespaces/kill-frozen/configmaps/frozen'];
  const world = new KillWorld(it, cluster);
  const spoke = await KillableSpoke.takeOver(it, cluster);
  const put = (version: number): Promise<number> => {
    const metadata = { name: 'frozen', namespace: 'kill-frozen' };
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata, immutable: true, data: { version: String(version) } };
    return it.put(name, {
      clusterSelector: { matchLabels: { cell: 'a' } },
      namespaces: [{ name: 'kill-frozen' }],
      objects: [{ id: 'a', manifest }],
    });
  };
  /** The apply that is refused, the deletion, and the apply that makes it anew. */
  const killAt = (nth: number, moment: (typeof moments)[number]) => spoke.killAt({ nth, moment, counts: (write) => write.includes(path) });
  try {
    await it.untilApplied(name, await put(0), [cluster]);
    await world.makeGuarded(`${path}-not`, { data: { mine: 'yes' } });
    let version = 0;
    for (const nth of [1, 2, 3])
      for (const moment of moments) {
        const { uid } = (await world.read(path)).metadata;
        const killed = killAt(nth, moment);
        const revision = await put((version += 1));
        const { sendLate } = await killed;
        await spoke.start();
        await it.untilApplied(name, revision, [cluster]);
        await sendLate();
        const isRight = async (): Promise<boolean> => {
          const { data, metadata } = await world.read(path);
          return JSON.stringify(data) === `{"version":"${version}"}` && metadata.uid !== uid;
        };
        await until(`version ${version} is there after a kill ${moment} write ${nth}`, isRight);
        expect(await world.foreignFaults()).toEqual([]);
      }
    const killed = killAt(2, 'answered');
    await put((version += 1));
    await killed;
    await world.makeGuarded(path, { data: { mine: 'now' } });
    await spoke.start();
    await until('its row says whose it is', async () => (await it.rows(name))[0]?.problems[0]?.reason === 'NotOurs');
    expect(await world.foreignFaults()).toEqual([]);
  } finally {
    await spoke.stop();
  }
});

test('a kill while a namespace is given back leaves it, with what is foreign in it, and takes the rest', { timeout: 120_000 }, async () => {
  const [cluster, name, path] = ['kill-b', 'leaving', '/api/v1/namespaces/kill-leaving'];
  const world = new KillWorld(it, cluster);
  const spoke = await KillableSpoke.takeOver(it, cluster);
  const configMaps = [{ name: 'going', data: { ours: 'yes' } }];
  const spec = {
    clusterSelector: { matchLabels: { cell: 'b' } },
    namespaces: [{ name: 'kill-leaving', labels: { 'kill.test/stays': 'yes' }, configMaps }],
  };
  try {
    await it.untilApplied(name, await it.put(name, spec), [cluster]);
    await world.makeGuarded(`${path}/configmaps/mine`, { data: { mine: 'yes' } });
    const { uid } = (await world.read(path)).metadata;
    for (const moment of moments) {
      await it.untilApplied(name, await it.put(name, spec), [cluster]);
      const killed = spoke.killAt({ nth: 1, moment, counts: (write) => write.startsWith(`PATCH ${path}?`) });
      await it.delete(name);
      const { sendLate } = await killed;
      await spoke.start();
      await until(`it has left after a kill ${moment} the release`, async () => (await it.rows(name)).length === 0);
      await sendLate();
      const { metadata } = await world.read(path);
      expect(metadata).toMatchObject({ uid, annotations: { 'accord.dev/adoptable': 'true' }, labels: { 'kill.test/stays': 'yes' } });
      expect(metadata.labels).not.toHaveProperty(['accord.dev/policy']);
      expect(await it.status(cluster, `${path}/configmaps/going`)).toBe(404);
      expect(await world.foreignFaults()).toEqual([]);
    }
  } finally {
    await spoke.stop();
  }
});
