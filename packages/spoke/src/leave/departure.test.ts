import { objectKey } from '@accord/proto/ids';
import { tokenHash } from '@accord/proto/join';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import { depart, hashOfToken, standBy } from './departure.ts';

const namespace = 'accord-system';
const names = ['accord-spoke-credential', 'accord-spoke-sealing-keys'];
const secretKey = (name: string) => objectKey('', 'Secret', namespace, name);

/** A cluster with the Secrets of its spoke, the record of itself and of another one, and the token that the spoke has used. */
function world() {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const cluster = new FakeCluster();
  const kube = new FakeKube(cluster);
  const clock = new ManualClock(Date.UTC(2026, 0, 1));
  const log = new ListLog();
  const token = { now: 'used' as string | undefined };
  for (const name of names) cluster.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } }, 'accord');
  for (const name of ['own', 'other'])
    cluster.create({ apiVersion: 'accord.dev/v1alpha1', kind: 'Cluster', metadata: { name }, spec: {} }, 'accord');
  const deps = { kube, namespace, clock, log, readToken: async () => token.now };
  const ofAll = new Set(new FakeCluster().keys());
  const left = (): readonly string[] => cluster.keys().filter((key) => !ofAll.has(key));
  const end = (): Promise<void> => depart(deps, { cluster: 'own', tokenHash: tokenHash('used') }, stop.signal);
  /** Whether it stands by no more, after so many looks at the token. */
  const standsBy = async (looks = 3): Promise<{ readonly isOver: boolean; readonly note: string }> => {
    const seen = { isOver: false, note: '' };
    void standBy(deps, (note) => (seen.note = note), stop.signal).then(() => (seen.isOver = true));
    for (let at = 0; at < looks * 40; at += 1) {
      if (at % 40 === 39) clock.advance(5_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return seen;
  };
  return { cluster, kube, log, token, left, end, standsBy };
}

describe('a spoke whose cluster has left', () => {
  test('keeps nothing but that, and needs a token that it has not used to come back', async () => {
    const { end, left, standsBy, token } = world();
    await end();
    expect(left()).toEqual(['/ConfigMap/accord-system/accord-spoke-state']);
    expect(await standsBy()).toEqual({
      isOver: false,
      note: 'left the fleet as own at 2026-01-01T00:00:00.000Z; nothing is done here any more',
    });
    token.now = undefined;
    expect((await standsBy()).isOver).toBe(false);
    token.now = 'new';
    expect((await standsBy()).isOver).toBe(true);
  });

  test('that was killed before it had deleted its key deletes it at its next start', async () => {
    const { end, left, standsBy, cluster } = world();
    await end();
    for (const name of names) cluster.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } }, 'accord');
    await standsBy();
    expect(left()).toEqual(['/ConfigMap/accord-system/accord-spoke-state']);
  });

  test('writes down that it has left before it deletes anything', async () => {
    const { end, kube } = world();
    await end();
    expect(kube.writes.map(({ key }) => key.split('/').at(-1))).toEqual(['accord-spoke-state', 'own', 'other', ...names]);
  });

  test('says what it may not delete, and is out all the same', async () => {
    const { end, kube, log, standsBy } = world();
    const because = 'secrets "accord-spoke-credential" is forbidden';
    kube.refuse(secretKey('accord-spoke-credential'), { outcome: 'refused', reason: 'Forbidden', because });
    await end();
    expect(log.lines.map(({ fields }) => fields['help'])).toEqual(['kubectl -n accord-system delete secret accord-spoke-credential']);
    expect((await standsBy()).isOver).toBe(false);
  });

  test('knows that it has left although somebody has edited what it wrote down', async () => {
    const { end, cluster, standsBy, token } = world();
    await end();
    cluster.edit(objectKey('', 'ConfigMap', namespace, 'accord-spoke-state'), 'kubectl', { data: { left: 'nonsense' } });
    token.now = undefined;
    expect(await standsBy()).toMatchObject({ isOver: false, note: expect.stringContaining('left the fleet as ?') });
  });
});

test('a cluster that has not left is kept waiting by nothing', async () => {
  const { standsBy } = world();
  expect(await standsBy()).toEqual({ isOver: true, note: '' });
});

test('a token that cannot be read is none', async () => {
  const read = vi.fn<() => Promise<string>>().mockRejectedValue(new Error('ENOENT'));
  expect([await hashOfToken(read), await hashOfToken(async () => ''), await hashOfToken(async () => 'used')]).toEqual([
    '',
    '',
    tokenHash('used'),
  ]);
});
