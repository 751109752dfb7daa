import { objectKey } from '@accord/proto/ids';
import { createKeyPair } from '@accord/proto/keys';
import { isAttested } from '@accord/proto/sealing-attestation';
import { notBeforeOf } from '@accord/proto/sealing-status';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { describe, expect, test, vi } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import { rotateAfterMs, SealingKeys, sealingKeysName } from './sealing-keys.ts';

const key = objectKey('', 'Secret', 'accord-system', sealingKeysName);

function world() {
  const clock = new ManualClock(1_000_000);
  const kube = new FakeKube(new FakeCluster());
  const log = new ListLog();
  const stop = new AbortController();
  const open = (): Promise<SealingKeys> => SealingKeys.open({ kube, namespace: 'accord-system', clock, log }, stop.signal);
  return { clock, kube, log, stop, open };
}
const ids = (keys: SealingKeys): readonly string[] => keys.all().map(({ id }) => id);

describe('SealingKeys', () => {
  test('are made once and are there after a restart', async () => {
    const { open, kube } = world();
    const first = await open();
    expect(ids(first)).toHaveLength(1);
    expect((await open()).all()).toEqual(first.all());
    expect(kube.writes).toHaveLength(1);
  });

  test('overlap by one: the key before opens for as long again, and then is gone', async () => {
    const { open, clock, stop } = world();
    const keys = await open();
    const [first] = ids(keys);
    expect(await keys.rotate(stop.signal)).toBe(false);
    clock.advance(rotateAfterMs);
    expect(await keys.rotate(stop.signal)).toBe(true);
    const [second] = ids(keys);
    expect(ids(keys)).toEqual([second, first]);
    clock.advance(rotateAfterMs);
    const later = await open();
    expect([ids(later).length, ids(later)[1]]).toEqual([2, second]);
    expect(ids(later)).not.toContain(first);
  });

  test('that cannot be stored are not used', async () => {
    const { open, clock, kube, stop } = world();
    const keys = await open();
    const before = ids(keys);
    clock.advance(rotateAfterMs);
    kube.refuse(key, { outcome: 'refused', reason: 'Forbidden', because: 'no' });
    await expect(keys.rotate(stop.signal)).rejects.toMatchObject({ code: 'unavailable' });
    expect(ids(keys)).toEqual(before);
  });

  test('are written again when somebody deletes them', async () => {
    const { open, clock, kube, stop } = world();
    const keys = await open();
    const before = keys.all();
    const running = keys.run(() => undefined, stop.signal);
    kube.cluster.drop(key);
    await vi.waitFor(async () => {
      clock.advance(3_600_000);
      await Promise.resolve();
      expect(kube.cluster.peek(key)).toBeDefined();
    });
    expect((await open()).all()).toEqual(before);
    stop.abort();
    await running;
  });

  test('tell when there is a new one', async () => {
    const { open, clock, stop } = world();
    const keys = await open();
    const onChanged = vi.fn<() => void>();
    const running = keys.run(onChanged, stop.signal);
    clock.advance(rotateAfterMs);
    await vi.waitFor(() => expect(onChanged).toHaveBeenCalledOnce());
    stop.abort();
    await running;
  });

  test.each(['bm90IGpzb24=', Buffer.from('[{"publicKey":"AA==","privateKey":"AA==","createdAtMs":1}]').toString('base64')])(
    'a Secret that holds something else (%s) is told and left alone',
    async (keys) => {
      const { open, kube } = world();
      kube.cluster.create(
        { apiVersion: 'v1', kind: 'Secret', metadata: { name: sealingKeysName, namespace: 'accord-system' }, data: { keys } },
        'kubectl',
      );
      await expect(open()).rejects.toMatchObject({
        code: 'garbage',
        help: expect.stringContaining('kubectl -n accord-system delete') as string,
      });
      expect(kube.writes).toEqual([]);
    },
  );

  test('are published without what opens, and attested by the spoke', async () => {
    const { open, log } = world();
    const keys = await open();
    const spoke = createKeyPair('user');
    const [{ id, publicKey, createdAtMs, attestation } = expect.unreachable('a key')] = keys.published(spoke, 'cluster');
    expect(id).toBe(ids(keys)[0]);
    expect(isAttested(spoke.publicKey, { clusterID: 'cluster', publicKey, notBefore: notBeforeOf(createdAtMs) }, attestation)).toBe(true);
    const secret = Buffer.from(keys.all()[0]?.privateKey ?? []);
    const told = JSON.stringify([
      keys.published(spoke, 'cluster').map((one) => ({ ...one, publicKey: Buffer.from(one.publicKey) })),
      log.lines,
    ]);
    for (const form of ['base64', 'hex'] as const) expect(told).not.toContain(secret.toString(form));
  });
});
