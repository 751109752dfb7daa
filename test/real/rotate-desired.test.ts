/** The key that signs desired state is replaced in a running fleet: real hub, nats-server, control planes and spokes. */
import { recover } from '@accord/hub/recover';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';
import { PresenceWatch } from './presence-watch.ts';

const present = ['eu-1', 'us-1'];
const away = 'ap-1';
const all = [...present, away];
let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start(all.map((name) => ({ name, labels: { env: 'prod' } })));
  await write('before', all);
});
afterAll(() => it.stop());

async function write(word: string, clusters: readonly string[]): Promise<void> {
  const configMaps = [{ name: 'kept', data: { word } }];
  const revision = await it.put('keeps', { clusterSelector: {}, namespaces: [{ name: 'kept', configMaps }] });
  await until(`${word} is applied on ${clusters.join(', ')}`, async () => {
    const rows = (await it.rows('keeps')).filter(({ cluster }) => clusters.includes(cluster));
    return (
      rows.length === clusters.length && rows.every(({ state, reportedRevision }) => state === 'Applied' && reportedRevision >= revision)
    );
  });
}

const keyNow = async (): Promise<string> => /desired {2}([0-9a-f]{64})/.exec(await it.accord('keys', 'show'))?.[1] ?? '';

async function believed(cluster: string): Promise<number> {
  const { body } = await it.kube(cluster, 'GET', '/api/v1/namespaces/accord-system/secrets/accord-spoke-credential');
  const credential = (body as { readonly data: Readonly<Record<string, string>> }).data['credential'] ?? '';
  return (JSON.parse(Buffer.from(credential, 'base64').toString()) as { readonly desiredKeys: readonly string[] }).desiredKeys.length;
}

test(
  'the next key is known before it signs; everybody stays connected and goes on; who was away renews and goes on',
  { timeout: 240_000 },
  async () => {
    await it.fleet.stopSpoke(away);
    await until('it is seen to be away', async () => {
      const { body } = await it.hub('GET', `/apis/accord.dev/v1alpha1/clusters/${away}`);
      return (body as { readonly status: { readonly connection: string } }).status.connection === 'offline';
    });
    const before = await keyNow();
    const watch = new PresenceWatch(it);
    expect(await it.accord('keys', 'rotate', 'desired', '--reason', 'yearly')).toMatch(/replaced by [0-9a-f]{64}/);
    await until(
      'everybody knows both keys',
      async () => (await it.accord('keys', 'show')).includes('every connected cluster has renewed'),
      60_000,
    );
    for (const name of present) await until(`${name} has stored both`, async () => (await believed(name)) === 2);
    await write('signed by the first', present);
    expect(await it.accord('keys', 'rotate', 'desired', '--finish')).toMatch(
      /^desired {2}[0-9a-f]{64}\n {2}[0-9a-f]{64} is believed as well/,
    );
    const after = await keyNow();
    expect(after).not.toBe(before);
    await write('signed by the second', present);
    expect(new Set((await watch.stop()).map((said) => said.split(' ')[0]))).toEqual(new Set([away]));
    expect((await it.hub('POST', '/v1/join-tokens', { cluster: 'later', labels: {} })).body).toMatchObject({ hubKey: after });
    await it.fleet.startSpoke(away);
    await write('after it was away', all);
    expect(await believed(away)).toBe(2);
  },
);

test('a spoke and a hub that start again believe what either key had signed', { timeout: 240_000 }, async () => {
  for (const name of all) await it.fleet.killSpoke(name);
  await it.fleet.killHub();
  await it.fleet.startHub();
  for (const name of all) await it.fleet.startSpoke(name);
  await write('after a start', all);
  expect(await it.alarms()).toEqual([]);
});

test('signed anew, the first key is believed no more, and the key can be replaced again', { timeout: 300_000 }, async () => {
  expect(await it.accord('keys', 'rotate', 'desired')).toContain('may still have signed what clusters hold');
  await it.fleet.killHub();
  await recover(it.fleet.paths.hub, true);
  await it.fleet.startHub();
  await write('in the next epoch', all);
  expect(await it.accord('confirm-epoch', '--yes')).toContain('confirmed');
  expect(await it.accord('keys', 'rotate', 'desired')).toMatch(/replaced by [0-9a-f]{64}/);
  await until(
    'everybody knows both keys',
    async () => (await it.accord('keys', 'show')).includes('every connected cluster has renewed'),
    60_000,
  );
  await it.accord('keys', 'rotate', 'desired', '--finish');
  await write('signed by the third', all);
  for (const name of all) expect(await believed(name)).toBe(2);
});
