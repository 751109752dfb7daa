import { decideRevoke, revokedUntil } from '@accord/core/cluster/decide-revoke';
import { CodedError } from '@accord/proto/coded-error';
import type { ClusterId } from '@accord/proto/ids';
import { ManualClock } from '@accord/runtime/clock';
import { expect, test } from 'vitest';
import { startMemoryHub } from '../api/memory-hub.ts';
import { Connections } from '../connections/connections.ts';
import { FakeMonitor } from '../connections/fake-monitor.ts';
import { writeDecision } from '../intent/write.ts';
import { Revoker } from './revoker.ts';

const author = { actor: 'ann', reason: '', source: '', traceparent: '', requestId: '', requestDigest: new Uint8Array() };

/** A cluster that is connected, a hub that knows it, and what was done in which order. */
async function world() {
  const clock = new ManualClock(1_000_000_000_000);
  const hub = await startMemoryHub({ clock });
  const { projection, intent, log } = hub.deps;
  const id = await hub.addCluster('eu-1', { env: 'dev' });
  const key = projection.registry.clusters.get(id)?.body.publicKey ?? '';
  const monitor = new FakeMonitor();
  const done: string[] = [];
  monitor.onKick = () => void done.push('kick');
  const failures: CodedError[] = [];
  const identity = {
    revoke: async (revoked: string, until: number): Promise<void> => {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      expect(revoked).toBe(key);
      done.push(`revoke until ${until - clock.now() / 1_000}`);
    },
  };
  const moment = () => ({ atMs: clock.now(), awakeMs: clock.now() });
  const connections = new Connections({ monitor, moment, log });
  await connections.follow(hub.deps.signal);
  monitor.connect(key);
  const revoker = new Revoker({ registry: projection.registry, identity, connections, clock, log });
  const write = (of: ClusterId): Promise<unknown> =>
    writeDecision(
      intent,
      () => {
        const current = projection.registry.clusters.get(of);
        return current === undefined ? [] : decideRevoke(current, clock.now());
      },
      author,
    );
  return { clock, hub, id, key, monitor, revoker, done, failures, write, projection };
}

test('a cluster is cut, then its key is revoked, and whoever came back in between is cut again', async () => {
  const { hub, id, key, monitor, revoker, done, write } = await world();
  await write(id);
  let isRevoked = false;
  monitor.onKick = () => {
    done.push('kick');
    if (!isRevoked) monitor.connect(key, { isHeard: false });
    isRevoked = true;
  };
  await revoker.cut(id);
  expect(done).toEqual(['kick', 'revoke until 120', 'kick']);
  expect(monitor.open.size).toBe(0);
  await hub.stop();
});

test('a cluster that has its access is left alone', async () => {
  const { hub, id, monitor, revoker, done } = await world();
  await revoker.cut(id);
  expect([done, monitor.open.size]).toEqual([[], 1]);
  await hub.stop();
});

test('it is done once, however often it is asked for', async () => {
  const { hub, id, revoker, done, write } = await world();
  await write(id);
  await Promise.all([revoker.cut(id), revoker.cut(id)]);
  await revoker.cut(id);
  expect(done).toEqual(['kick', 'revoke until 120']);
  await hub.stop();
});

test('a server that does not tell its connections keeps nobody from being revoked', async () => {
  const { hub, id, monitor, revoker, done, write } = await world();
  await write(id);
  monitor.failure = new CodedError('timeout', 'no answer');
  await revoker.cut(id);
  expect(done).toEqual(['revoke until 120', 'kick']);
  await hub.stop();
});

test('what failed is tried again by itself', async () => {
  const { clock, hub, id, revoker, done, failures, write } = await world();
  await write(id);
  failures.push(new CodedError('unavailable', 'the server is away'));
  const stop = new AbortController();
  const running = revoker.loop.run(stop.signal);
  await expect.poll(() => failures.length).toBe(0);
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  clock.advance(500);
  await expect.poll(() => done.at(-1)).toBe('revoke until 119.5');
  stop.abort();
  await running;
  await hub.stop();
});

test('a hub that died in the middle finishes at its next start', async () => {
  const { hub, id, revoker, done, write } = await world();
  await write(id);
  const stop = new AbortController();
  const running = revoker.loop.run(stop.signal);
  await expect.poll(() => done).toEqual(['kick', 'revoke until 120']);
  stop.abort();
  await running;
  await hub.stop();
});

test('a revocation of which every token has ended is not asked for again', async () => {
  const { clock, hub, id, revoker, done, write, projection } = await world();
  await write(id);
  clock.advance(26 * 3_600_000);
  const stop = new AbortController();
  stop.abort();
  await revoker.loop.run(stop.signal);
  const body = projection.registry.clusters.get(id)?.body;
  expect([done, body === undefined ? 0 : revokedUntil(body)]).toEqual([[], 1_000_000_120]);
  await hub.stop();
});
