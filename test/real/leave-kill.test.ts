import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canLogIn, FleetFixture, until } from './fleet-fixture.ts';
import { KillableSpoke } from './killable-spoke.ts';
import { configMap, labelsOf, LeaveWorld, ownSecret } from './leave-world.ts';

const killed = 'killed';
let it: FleetFixture;
let world: LeaveWorld;
beforeAll(async () => {
  it = await FleetFixture.start([{ name: killed, labels: labelsOf(killed) }]);
  world = new LeaveWorld(it);
});
afterAll(() => it.stop());

describe('killed in the middle', () => {
  const write = (method: string, part: string) => (sent: string) => sent.startsWith(method) && sent.includes(part);
  const isRelease = write('PATCH', '/namespaces/shop/');
  const isRemoval = write('DELETE', '/namespaces/shop/');
  const isOfCluster = write('DELETE', 'accord.dev/v1alpha1/clusters/');
  /** The state is written when the cluster is told to leave; after its Cluster is gone what is written is that it has left. */
  const isMark = () => {
    let isOver = false;
    return (sent: string): boolean => {
      isOver ||= isOfCluster(sent);
      return isOver && sent.startsWith('PATCH') && sent.includes('configmaps/accord-spoke-state');
    };
  };
  const isSecret = write('DELETE', 'secrets/accord-spoke-credential');

  test('a spoke goes on letting go, ends what it began to end, and is let in again', { timeout: 400_000 }, async () => {
    const spoke = await KillableSpoke.takeOver(it, killed);
    const rounds = [
      ['Retain', 1, 'unanswered', isRelease],
      ['Retain', 6, 'before', isRelease],
      ['Purge', 3, 'unanswered', isRemoval],
      ['Purge', 9, 'answered', isRemoval],
      ['Retain', 1, 'unanswered', isOfCluster],
      ['Purge', 1, 'before', isMark()],
      ['Retain', 1, 'unanswered', isMark()],
      ['Retain', 1, 'before', isSecret],
      ['Purge', 1, 'unanswered', isSecret],
    ] as const;
    try {
      await world.put('killed', killed);
      for (const [round, [mode, nth, moment, counts]] of rounds.entries()) {
        const what = `round ${round}: ${mode}, ${nth}. write, ${moment}`;
        const { id } = await it.credentialOf(killed);
        const reached = spoke.killAt({ nth, moment, counts });
        expect((await world.leave(killed, { mode })).status).toBe(202);
        await reached;
        await spoke.start();
        await world.untilLeft(killed);
        await until(`${what}: nothing is held`, async () => (await world.held(killed)).length === 0);
        expect(await it.status(killed, configMap('shop', 'c1')), what).toBe(mode === 'Retain' ? 200 : 404);
        await world.untilForgotten(killed);
        await world.untilReclaimed(id);
        await world.invite(killed);
        await until(`${what}: it is a member again`, () => world.isMember(killed), 60_000);
        await it.untilApplied('killed', 1, [killed]);
      }
      expect(world.logOf(`${killed}-killable-spoke.log`)).not.toContain('cannot join');
    } finally {
      await spoke.stop();
    }
  });

  test('a hub finishes what it began', { timeout: 300_000 }, async () => {
    await it.fleet.startSpoke(killed);
    const moments = [
      ['it has just said yes', async () => true],
      [
        'the first object is given back',
        async () => (await world.read(killed, configMap('shop', 'c1'))).metadata.labels?.['accord.dev/policy'] === undefined,
      ],
      ['the mirror of the cluster is gone', async () => (await it.status(killed, `/apis/accord.dev/v1alpha1/clusters/${killed}`)) === 404],
      ['the spoke has forgotten its key', async () => (await it.status(killed, ownSecret('credential'))) === 404],
    ] as const;
    for (const [what, hasCome] of moments) {
      const credential = await it.credentialOf(killed);
      expect((await world.leave(killed, { mode: 'Retain' })).status).toBe(202);
      await until(what, hasCome);
      await it.fleet.killHub();
      await it.fleet.startHub();
      await world.untilLeft(killed);
      await world.untilReclaimed(credential.id);
      expect(await canLogIn(credential), what).toBe(false);
      expect(await world.held(killed), what).toEqual([]);
      await world.untilForgotten(killed);
      await world.invite(killed);
      await until(`after ${what}: it is a member again`, () => world.isMember(killed), 60_000);
      await it.untilApplied('killed', 1, [killed]);
    }
    expect(((await it.hub('GET', '/v1/fleet')).body as { readonly epoch: number }).epoch).toBe(1);
  });
});
