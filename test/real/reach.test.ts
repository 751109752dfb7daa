import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { connectNatsBus } from '@accord/bus/nats/nats-bus';
import { createKeyPair } from '@accord/proto/keys';
import { afterAll, describe, expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import { HubProgram } from '../chaos/hub-program.ts';
import { canLogIn, until } from './fleet-fixture.ts';
import { JoinStage } from './join-stage.ts';
import { RunningSpoke } from './running-spoke.ts';

const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends.splice(0)) await end();
});

async function stageWith(options: readonly string[]): Promise<JoinStage> {
  const stage = await JoinStage.start(options);
  ends.push(() => stage.stop());
  return stage;
}

test('clusters are told where the bus is for them, not where it listens', async () => {
  const port = await freePort();
  const stage = await stageWith(['--nats-listen', `0.0.0.0:${port}`, '--nats-advertise', `127.0.0.9:${port},localhost:${port}`]);
  const key = createKeyPair('user');
  const credential = await stage.joined(await stage.invite('far-away'), { key });
  expect(credential.servers).toEqual([`tls://127.0.0.9:${port}`, `tls://localhost:${port}`]);
  expect(await canLogIn({ seed: key.seed, ...credential })).toBe(true);
  expect(((await stage.admin('GET', '/v1/fleet')).body as { busServers: string[] }).busServers).toEqual(credential.servers);
});

const isLive = async (stage: JoinStage, cluster: string): Promise<boolean> => {
  const { body } = await stage.admin('GET', `/apis/accord.dev/v1alpha1/clusters/${cluster}`);
  return (body as { status: { connection: string } }).status.connection === 'live';
};

test('a member finds hub and bus again after their authority was replaced', { timeout: 120_000 }, async () => {
  const stage = await stageWith([]);
  const spoke = new RunningSpoke(stage.hub.url.replace('http:', 'https:'), await stage.invite('trusting'));
  ends.unshift(() => spoke.stop());
  spoke.start();
  await until('it is live', () => isLive(stage, 'trusting'), 60_000);
  const before = (await spoke.stored()).credential?.ca;
  await stage.hub.stop();
  for (const file of ['authority.json', 'serving.json']) rmSync(join(stage.hub.dataDir, 'keys', file));
  await stage.startHub();
  expect(stage.hub.bus.ca).not.toBe(before);
  await until('it is back', () => isLive(stage, 'trusting'), 60_000);
  await until('it keeps the next authority', async () => (await spoke.stored()).credential?.ca === stage.hub.bus.ca);
});

describe('a bus that gets another address', () => {
  test('is found by who runs and by who starts again: renewals over HTTPS tell where it is', { timeout: 120_000 }, async () => {
    const stage = await stageWith([]);
    const spokes = await Promise.all(
      ['running', 'restarted'].map(async (name) => new RunningSpoke(stage.hub.url, await stage.invite(name))),
    );
    ends.unshift(async () => void (await Promise.all(spokes.map((spoke) => spoke.stop()))));
    for (const spoke of spokes) spoke.start();
    for (const name of ['running', 'restarted']) await until(`${name} is live`, () => isLive(stage, name), 60_000);
    const [running, restarted] = spokes;
    await restarted?.stop();
    const before = await running?.stored();

    await stage.hub.stop();
    const port = await freePort();
    const moved = new HubProgram({
      ...{ dataDir: stage.hub.dataDir, natsServer: stage.hub.natsServer, port: Number(new URL(stage.hub.url).port) },
      natsPort: port,
    });
    ends.unshift(() => moved.stop());
    await moved.start();
    restarted?.start();
    for (const name of ['running', 'restarted']) await until(`${name} is back`, () => isLive(stage, name), 60_000);
    for (const spoke of spokes)
      await until('it keeps where the bus is, and where it was', async () => {
        const { credential, former } = await spoke.stored();
        return credential?.servers.join() === moved.bus.servers.join() && former?.join() === before?.credential?.servers.join();
      });
  });

  test('that nobody can dial is passed over for the one before', async () => {
    const stage = await stageWith([]);
    const key = createKeyPair('user');
    const { id, jwt, servers, ca } = await stage.joined(await stage.invite('misled'), { key });
    const place = { servers: [`tls://127.0.0.1:${await freePort()}`], former: servers, ca };
    const bus = await connectNatsBus({
      ...{ place: () => place, role: 'spoke', inboxPrefix: `_INBOX.${id}`, credential: () => ({ jwt, key }), onError: () => undefined },
      signal: AbortSignal.timeout(30_000),
    });
    await bus.close();
  });
});
