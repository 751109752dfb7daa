import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fleetPaths } from '../fleet-paths.ts';
import { fleetRegistry } from '../fleet/fleet-registry.ts';
import { lockHome } from '../fleet/home-lock.ts';
import { startChild } from '../processes/child.ts';
import { readStatus, renderStatus } from './status.ts';

const process1 = { pid: 12, kind: 'kube-apiserver', cluster: 'dev-eu-1', storeDir: '/h/etcd' };

test('a running fleet is a table', () => {
  const text = renderStatus({
    running: true,
    home: '/h',
    hubUrl: null,
    processes: [{ ...process1, pid: 1, kind: 'fleet', cluster: null }, process1],
  });
  expect(text.split('\n')).toEqual([
    'A fleet runs in /h',
    '  KIND            CLUSTER   PID  STORE',
    '  fleet           -         1    /h/etcd',
    '  kube-apiserver  dev-eu-1  12   /h/etcd',
  ]);
});

test('without a fleet the text says what to do about it', () => {
  const nothing = { running: false, home: '/h', hubUrl: null, processes: [] };
  expect(renderStatus(nothing)).toBe('No fleet runs in /h. Start one with npm start.');
  expect(renderStatus({ ...nothing, processes: [process1] })).toContain('./accord local down stops them');
});

test('every recorded process that runs is listed, the fleet first', async () => {
  const paths = fleetPaths(mkdtempSync(join(tmpdir(), 'accord-status-')));
  const lock = lockHome(paths);
  const spec = {
    kind: 'etcd',
    storeDir: paths.etcd,
    command: '/bin/sleep',
    args: ['60'],
    env: {},
    logFile: join(paths.logs, 'etcd.log'),
  } as const;
  const child = await startChild(fleetRegistry(paths), spec);
  expect(readStatus(paths)).toMatchObject({
    running: true,
    processes: [
      { kind: 'fleet', pid: process.pid },
      { kind: 'etcd', pid: child.pid, cluster: null, storeDir: paths.etcd },
    ],
  });
  await child.stop();
  lock.release();
  expect(readStatus(paths)).toMatchObject({ running: false, processes: [] });
});
