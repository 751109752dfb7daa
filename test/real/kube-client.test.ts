import { readFileSync, writeFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { systemClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import type { JsonObject } from '@accord/proto/canonical';
import { createHttpKube } from '@accord/spoke/kube/http-kube';
import type { ApplyAnswer, WatchEvent } from '@accord/spoke/kube/kube';
import { configMapKind, namespaceKind, ownRef } from '@accord/spoke/kube/own-kinds';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startKubeWorld, type RealKubeWorld } from './kube-world.ts';

const never = new AbortController().signal;
let world: RealKubeWorld;

beforeAll(async () => {
  world = await startKubeWorld();
  const metadata = { name: 'team', labels: { 'accord.dev/policy': 'p' }, annotations: { 'accord.dev/origin': 'Created' } };
  await world.kube.apply(
    { kind: namespaceKind, namespace: undefined, name: 'team' },
    { apiVersion: 'v1', kind: 'Namespace', metadata },
    {},
    never,
  );
});
afterAll(() => world.close());

function apply(name: string, data: JsonObject = {}): Promise<ApplyAnswer> {
  const metadata = { name, namespace: 'team', labels: { 'accord.dev/policy': 'p' }, annotations: { 'accord.dev/origin': 'Created' } };
  return world.kube.apply(ownRef(configMapKind, 'team', name), { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }, {}, never);
}

describe('the client of a real API server', () => {
  test('a token that was replaced in its file is used at once', async () => {
    const { url, paths } = world.access;
    const tokenFile = `${paths.spokeToken}.copy`;
    writeFileSync(tokenFile, 'expired');
    const kube = createHttpKube({ url, tokenFile, caFile: paths.caFile, clock: systemClock, log: new ListLog() });
    await expect(kube.list(namespaceKind, {}, never)).rejects.toMatchObject({ code: 'unauthenticated' });
    writeFileSync(tokenFile, readFileSync(paths.spokeToken));
    expect((await kube.list(namespaceKind, {}, never)).length).toBeGreaterThan(4);
    kube.close();
  });

  test('a server that is away is an answer for a write and a failure for a read', async () => {
    const { paths } = world.access;
    const kube = createHttpKube({
      url: 'https://127.0.0.1:1',
      tokenFile: paths.spokeToken,
      caFile: paths.caFile,
      clock: systemClock,
      log: new ListLog(),
    });
    const at = ownRef(configMapKind, 'team', 'a');
    expect(await kube.apply(at, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }, {}, never)).toMatchObject({
      outcome: 'retry',
      reason: 'Unreachable',
    });
    await expect(kube.get(at, never)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('a server whose certificate nobody vouches for is not talked to', async () => {
    const { url, paths } = world.access;
    const caFile = `${paths.spokeToken}.ca`;
    writeFileSync(caFile, rootCertificates[0] ?? '');
    const kube = createHttpKube({ url, tokenFile: paths.spokeToken, caFile, clock: systemClock, log: new ListLog() });
    await expect(kube.inspect(never)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('after a restart of the server writes go on at once, and the watch shows what comes and nothing as gone', async () => {
    const events: WatchEvent[] = [];
    const stop = new AbortController();
    const watching = world.kube.watch(configMapKind, { labelSelector: 'accord.dev/policy' }, (event) => events.push(event), stop.signal);
    await expect.poll(() => events.some(({ type }) => type === 'listed'), { timeout: 10_000, interval: 10 }).toBe(true);
    await apply('before', { a: '1' });
    await world.restartApiServer();
    expect((await apply('after', { a: '1' })).outcome).toBe('created');
    await expect
      .poll(() => events.some((event) => event.type === 'present' && event.ref.name === 'after'), { timeout: 40_000, interval: 20 })
      .toBe(true);
    // The restarted server does not know the old versions, so the watch lists anew; what is still there must not look gone.
    expect(events.filter(({ type }) => type === 'gone')).toEqual([]);
    stop.abort();
    await watching;
  });

  test('a thousand writes at once are all answered', async () => {
    const answers = await Promise.all(Array.from({ length: 1_000 }, (_, at) => apply(`many-${at}`, { at: String(at) })));
    expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['created']));
  });
});
