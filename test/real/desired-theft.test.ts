/** The key that signs desired state was stolen, with a login to the bus: real hub, nats-server, control plane and spoke. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recover } from '@accord/hub/recover';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';
import { KeyThief } from './key-thief.ts';

const name = 'eu-1';
/** Its owner cannot be reached. */
const far = 'us-1';
const object = '/api/v1/namespaces/kept/configmaps/kept';
let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([name, far].map((each) => ({ name: each, labels: { env: 'prod' } })));
  await write('before');
});
afterAll(() => it.stop());

async function write(word: string): Promise<void> {
  const configMaps = [{ name: 'kept', data: { word } }];
  await it.untilApplied('keeps', await it.put('keeps', { clusterSelector: {}, namespaces: [{ name: 'kept', configMaps }] }), [name, far]);
}

async function kept(cluster = name): Promise<{ readonly word: string | undefined; readonly uid: string }> {
  const { body } = await it.kube(cluster, 'GET', object);
  const { data, metadata } = body as { readonly data?: { readonly word?: string }; readonly metadata: { readonly uid: string } };
  return { word: data?.word, uid: metadata.uid };
}

/** Somebody in the cluster changes the object, and the spoke puts it back. */
async function heals(word: string): Promise<void> {
  await it.kube(name, 'PATCH', object, { data: { word: 'edited' } });
  await until(`${word} is put back`, async () => (await kept()).word === word);
}

/** Everything that the object says until it is stopped. */
function watchWords(): { stop(): Promise<ReadonlySet<string>> } {
  const seen = new Set<string>();
  let isOver = false;
  const looking = (async (): Promise<void> => {
    while (!isOver) {
      seen.add((await kept()).word ?? '');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await looking;
      return seen;
    },
  };
}

const spokeLog = (): string => readFileSync(join(it.fleet.paths.logs, `${name}-spoke.log`), 'utf8');

test(
  'it is replaced, and the owner of the cluster pins the new one: nothing of the thief is believed, nothing is deleted, drift heals all the while',
  { timeout: 180_000 },
  async () => {
    const thief = KeyThief.of(it);
    const { uid } = await kept();
    await thief.forgePolicy('keeps', (text) => text.replace('before', 'stolen'));
    await until('what the thief signed is applied', async () => (await kept()).word === 'stolen');

    expect(await it.accord('cluster', 'repin', name)).toContain('apiVersion: v1');
    await it.accord('keys', 'rotate', 'desired', '--reason', 'stolen');
    await until('the next key is known', async () => (await it.accord('keys', 'show')).includes('every connected cluster has renewed'));
    await it.accord('keys', 'rotate', 'desired', '--finish');
    expect(await it.accord('cluster', 'repin', name)).toContain('not signed by one key alone');
    await it.fleet.killHub();
    await recover(it.fleet.paths.hub, true);
    await it.fleet.startHub();
    await write('signed anew');
    expect(await it.accord('cluster', 'rotate-key', far)).toContain('is told to replace key');
    await until('the far one believes the new key alone', async () => (await it.credentialOf(far)).desiredKeys.length === 1);
    // A cluster that has not renewed since believes both.
    await thief.forgePolicy('keeps', (text) => text.replace('signed anew', 'stolen again'));
    await until('what the thief signed is applied', async () => (await kept()).word === 'stolen again');
    await until('it is refused by the far one', async () => (await it.alarms()).some((alarm) => alarm.includes('not trusted')));
    expect((await kept(far)).word).toBe('signed anew');
    await write('signed once more');

    const pin = join(it.home, 'pin.yaml');
    // Without the note for people, which goes to the other output.
    writeFileSync(pin, (await it.accord('cluster', 'repin', name)).replace(/^eu-1 believes .*$/m, ''));
    await it.fleet.killHub();
    await it.kubectl(name, 'apply', '--server-side', '-f', pin);
    await until('the spoke has seen the pin', async () => spokeLog().includes('pinned another key'));
    const words = watchWords();
    await thief.forgePolicy('keeps', (text) => text.replace('signed once more', 'stolen for ever'));
    await heals('signed once more');
    await it.fleet.startHub();
    await until('it has a credential of the pinned key', async () => spokeLog().includes('has a credential of the pinned key'));
    // As a kubelet does when it has ended.
    await it.fleet.killSpoke(name);
    await it.fleet.startSpoke(name);
    await heals('signed once more');
    await write('after');
    await thief.forgePolicy('keeps', (text) => text.replace('after', 'stolen after'));
    await heals('after');
    // Behind what the thief has published.
    await write('after all');
    expect([...(await words.stop())].filter((word) => word.includes('stolen'))).toEqual([]);
    expect(await kept()).toEqual({ word: 'after all', uid });
    expect(await it.accord('confirm-epoch', '--yes')).toContain('confirmed');
  },
);
