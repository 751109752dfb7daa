/**
 * The rows of docs/reference/removal.md that are about what an index says, or does not say. Whoever has the keys of the hub writes the indexes here,
 * with the hub running, and puts them right again. What is left of the table is in fleet-removal.test.ts.
 */
import type { PolicyName } from '@accord/proto/ids';
import type { Index } from '@accord/proto/messages';
import { labelAnchor, policyDoc } from '@accord/proto/subjects';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';
import { KeyThief } from './key-thief.ts';

const cluster = 'prod-eu-1';
const prod = labelAnchor('env', 'prod');
const region = labelAnchor('region', 'eu');
let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([{ name: cluster, labels: { env: 'prod', region: 'eu' } }]);
  await settle('steady', ['settings']);
  await settle('regional', ['settings'], { region: 'eu' });
});
afterAll(() => it.stop());

const twelve = Array.from({ length: 12 }, (_, at) => `c${at}`);
const configMap = (namespace: string, name = 'settings') => `/api/v1/namespaces/${namespace}/configmaps/${name}`;
const policy = (name: string, names: readonly string[], matchLabels: object = { env: 'prod' }) => ({
  clusterSelector: { matchLabels },
  namespaces: [{ name, configMaps: names.map((each) => ({ name: each, data: { a: '1' } })) }],
});
const isThere = async (path: string): Promise<boolean> => (await it.status(cluster, path)) === 200;
const untilGone = (path: string) => until(`${path} is gone`, async () => !(await isThere(path)));
const untilState = (name: string, state: string, text: string) =>
  until(`${name} is ${state}: ${text}`, async () => {
    const [row] = await it.rows(name);
    return row?.state === state && row.reportedRevision === row.revision && row.sentence.includes(text);
  });
/** What a policy has there, each with its identity. */
const owned = async (namespace: string): Promise<readonly string[]> => {
  const { body } = await it.kube(cluster, 'GET', `/api/v1/namespaces/${namespace}/configmaps?labelSelector=accord.dev/policy`);
  return (body as { items: { metadata: { name: string; uid: string } }[] }).items.map(({ metadata }) => `${metadata.name} ${metadata.uid}`);
};

async function settle(name: string, names: readonly string[], matchLabels?: object): Promise<number> {
  const revision = await it.put(name, policy(name, names, matchLabels));
  await it.untilApplied(name, revision, [cluster]);
  return revision;
}

/** What the spoke found on the bus when it came back, and what stood there before. */
interface Changed {
  readonly anchor: typeof prod;
  readonly stood: Index;
  /** Something that no document names. */
  readonly left: string;
}

/** The spoke starts on an index that somebody changed while it was away, with something left behind of a policy. */
async function startOn(anchor: typeof prod, change: (stands: Index) => Index, leftOf: string): Promise<Changed> {
  await it.fleet.killSpoke(cluster);
  const metadata = { name: 'leftover', labels: { 'accord.dev/policy': leftOf }, annotations: { 'accord.dev/origin': 'Created' } };
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: 'left' } };
  expect((await it.kube(cluster, 'POST', `/api/v1/namespaces/${leftOf}/configmaps`, object)).status).toBe(201);
  const stood = await KeyThief.of(it).forgeIndex(anchor, change);
  await it.fleet.startSpoke(cluster);
  return { anchor, stood, left: configMap(leftOf, 'leftover') };
}

/** The anchor holds again what it did, as a later version, and the hub goes on from there. */
async function putRight({ anchor, stood }: Changed, name: string, matchLabels?: object): Promise<void> {
  await KeyThief.of(it).forgeIndex(anchor, () => ({ ...stood, version: stood.version + 2 }));
  await settle(name, ['settings'], matchLabels);
}
const without =
  (name: string, version: (of: number) => number) =>
  (stands: Index): Index => ({
    ...stands,
    version: version(stands.version),
    entries: stands.entries.filter(({ doc }) => doc !== policyDoc(name as PolicyName)),
  });
const next = (version: number): number => version + 1;

/** The spoke enforces, and the hub hears it: it has been on the bus for as long as that takes. */
async function untilItEnforces(name: string): Promise<void> {
  await it.kube(cluster, 'DELETE', configMap(name));
  await until('it heals', () => isThere(configMap(name)));
  const heals = async (): Promise<number> => (await it.rows(name))[0]?.heals ?? 0;
  await until('the hub hears of it', async () => (await heals()) > 0);
}

describe('the brake', () => {
  test('holds a tombstone that would remove more than what was confirmed, and lets go what was', async () => {
    await settle('many', twelve);
    await it.put('many', policy('many', ['c0']));
    await untilState('many', 'Stalled', 'would remove 11 objects');
    await it.delete('many');
    await untilState('many', 'Stalled', 'accord confirm-removal many');
    const revision = (await it.rows('many'))[0]?.revision;
    const confirm = async (count: number) => (await it.hub('POST', '/v1/policies/many/confirm-removal', { revision, count })).status;
    expect(await confirm(11)).toBe(202);
    // Published later in the same anchor, so what was confirmed has come before.
    await settle('after-many', ['settings']);
    await untilState('many', 'Stalled', 'accord confirm-removal many');
    expect(await owned('many')).toHaveLength(12);
    expect(await confirm(12)).toBe(202);
    await untilGone(configMap('many', 'c11'));
    await until('it has left', async () => (await it.rows('many')).length === 0);
  });

  test('holds what a complete index of a higher version does not name; a few objects leave', async () => {
    await settle('few', ['settings']);
    const first = await startOn(prod, without('few', next), 'few');
    await untilGone(first.left);
    await untilGone(configMap('few'));
    await putRight(first, 'right-1');
    await until('what the hub wants is back', () => isThere(configMap('few')));

    await settle('wide', twelve);
    const before = await owned('wide');
    const second = await startOn(prod, without('wide', next), 'wide');
    const isBraked = async (): Promise<boolean> =>
      ((await it.rows('wide'))[0]?.problems ?? []).some(({ reason }) => reason === 'RemovalBrake');
    await until('the brake holds it', isBraked);
    expect(await owned('wide')).toEqual(expect.arrayContaining([...before]));
    await putRight(second, 'right-2');
    await until('it is applied again', async () => (await it.rows('wide'))[0]?.state === 'Applied');
    await untilGone(second.left);
    expect(await owned('wide')).toEqual(before);
  });
});

describe('nothing is removed', () => {
  test('because of an index of a lower version, which is a replica that is behind', async () => {
    await settle('kept', ['settings']);
    const before = await owned('kept');
    // Lower than the spoke remembers, however long ago it has stored that.
    const changed = await startOn(
      prod,
      without('kept', () => 1),
      'kept',
    );
    await untilItEnforces('steady');
    expect([await isThere(changed.left), (await owned('kept')).filter((each) => before.includes(each))]).toEqual([true, before]);
    await putRight(changed, 'right-3');
    await untilGone(changed.left);
    expect(await owned('kept')).toEqual(before);
  });

  test('while another anchor is not live, not even by a tombstone; elsewhere everything goes on', async () => {
    await settle('going', ['settings']);
    const changed = await startOn(region, (stands) => ({ ...stands, epoch: stands.epoch - 1 }), 'regional');
    await it.delete('going');
    // Published later in the same anchor, so the tombstone has come before.
    await it.put('after-going', policy('after-going', ['settings']));
    await until('it is there', () => isThere(configMap('after-going')));
    await untilItEnforces('regional');
    expect([await isThere(configMap('going')), await isThere(changed.left)]).toEqual([true, true]);
    await putRight(changed, 'right-4', { region: 'eu' });
    await untilGone(configMap('going'));
    await untilGone(changed.left);
    expect(await isThere(configMap('regional'))).toBe(true);
  });
});
