/** How the attacks of the tables are tried, for whichever tier. */
import { readFileSync } from 'node:fs';
import { KubeClient, type KubeAnswer } from '@accord/local/control-plane/kube-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startKubeWorld, type RealKubeWorld } from '../kube-world.ts';
import { asDryRun, atVersion, hasDryRun, messageOf, refuserOf, renderAttempt, type Attack, type Attempt } from './attempt.ts';
import { byOwner, bySpoke } from './scene.ts';

/** A world for the file that calls it, with everything in the cluster that the attacks are about. There is none before its first test. */
export function useScene(): Senders & { readonly world: () => RealKubeWorld } {
  let world: RealKubeWorld;
  let spoke: KubeClient;
  beforeAll(async () => {
    world = await startKubeWorld();
    spoke = await setScene(world);
  });
  afterAll(async () => {
    spoke.close();
    await world.close();
  });
  return { world: () => world, client: () => spoke, administrator: () => world.installer };
}

/** The spoke's own token, once everything stands. */
async function setScene({ access, installer }: RealKubeWorld): Promise<KubeClient> {
  const { url, paths } = access;
  const spoke = new KubeClient({ url, caFile: paths.caFile, token: readFileSync(paths.spokeToken, 'utf8') });
  for (const attempt of byOwner) await ok(installer, attempt);
  for (const attempt of bySpoke) await ok(spoke, attempt);
  return spoke;
}

export async function ok(client: KubeClient, attempt: Attempt): Promise<KubeAnswer> {
  const answer = await client.send(attempt);
  expect(answer.status, `${renderAttempt(attempt)}: ${messageOf(answer.body)}`).toBeLessThan(300);
  return answer;
}

interface Senders {
  /** With the token that the attacks are sent with. */
  readonly client: () => KubeClient;
  readonly administrator: () => KubeClient;
}

/** One test for each attempt: who refuses it, as a dry run and for good, and that nothing has changed. */
export function tryAll(attacks: readonly Attack[], { client, administrator }: Senders): void {
  const rows = attacks.flatMap(([claim, attempts, refusedBy, says]) =>
    attempts.map((attempt) => ({ claim, how: renderAttempt(attempt), attempt, refusedBy, says })),
  );
  test.each(rows)('$claim: $how → $refusedBy', async ({ attempt, refusedBy, says }) => {
    const before = await seen(administrator(), attempt);
    const sent = atVersion(attempt, before);
    // The server learns a moment later of what was granted by the row before.
    if (refusedBy === 'nobody') await expect.poll(async () => refuserOf(await client().send(asDryRun(sent)))).not.toBe('RBAC');
    // A dry run is decided in the same way, and leaves everything as it is also where it is allowed.
    if (hasDryRun(attempt)) expectRefusal(await client().send(asDryRun(sent)), refusedBy, says);
    expect(await seen(administrator(), attempt)).toEqual(before);
    expectRefusal(await client().send(sent), refusedBy, says);
    const after = await seen(administrator(), attempt);
    if (refusedBy !== 'nobody') expect(after).toEqual(before);
    else if (attempt.method !== 'GET') expect(after).not.toEqual(before);
  });
}

/** The object as an administrator finds it, or that there is none. A list is its items: its version changes with any object of the server. */
export async function seen(administrator: KubeClient, { target }: Attempt): Promise<unknown> {
  const { status, body } = await administrator.send({ method: 'GET', path: target });
  return status === 404 ? 'none' : ((body as { readonly items?: unknown }).items ?? body);
}

function expectRefusal(answer: KubeAnswer, refusedBy: string, says: string): void {
  expect(refusedBy.split(' or '), messageOf(answer.body)).toContain(refuserOf(answer));
  if (refusedBy !== 'nobody') expect(messageOf(answer.body)).toContain(says);
}
