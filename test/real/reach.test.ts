import { afterAll, expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import { canLogIn } from './fleet-fixture.ts';
import { JoinStage } from './join-stage.ts';
import { createKeyPair } from '@accord/proto/keys';

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
  expect(credential.servers).toEqual([`nats://127.0.0.9:${port}`, `nats://localhost:${port}`]);
  expect(await canLogIn({ seed: key.seed, ...credential })).toBe(true);
  expect(((await stage.admin('GET', '/v1/fleet')).body as { busServers: string[] }).busServers).toEqual(credential.servers);
});
