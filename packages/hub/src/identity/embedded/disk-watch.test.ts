import { setImmediate as turn } from 'node:timers/promises';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { afterEach, describe, expect, test } from 'vitest';
import { DiskWatch } from './disk-watch.ts';

let stop = new AbortController();
afterEach(() => {
  stop.abort();
  stop = new AbortController();
});

async function watch() {
  const clock = new ManualClock(10_000);
  const disk = { freeMiB: 100 };
  let restarts = 0;
  const server = {
    dir: '/data/nats',
    sinceMs: clock.now(),
    restart: async () => {
      restarts += 1;
      server.sinceMs = clock.now();
    },
  };
  const freeBytes = () => Promise.resolve(disk.freeMiB * 1024 * 1024);
  const watching = new DiskWatch({ server, clock, log: new ListLog(), freeBytes });
  void watching.run(stop.signal);
  await turn();
  /** A second later, with so much room. */
  const second = async (mebibytes: number): Promise<string> => {
    disk.freeMiB = mebibytes;
    clock.advance(1_000);
    await turn();
    return `${watching.refusal?.code ?? 'open'}, ${restarts} restarts`;
  };
  return { watching, second };
}

describe('the watch of the disk', () => {
  test('takes nothing below the reserve, and starts the server anew when there is room again', async () => {
    const { second } = await watch();
    expect([await second(32), await second(31), await second(0), await second(33), await second(33)]).toEqual([
      'open, 0 restarts',
      'disk-full, 0 restarts',
      'disk-full, 0 restarts',
      'open, 1 restarts',
      'open, 1 restarts',
    ]);
  });

  test('says how much is left, where, and what to do', async () => {
    const { watching, second } = await watch();
    await second(1.5);
    expect(`${watching.refusal?.message}. ${watching.refusal?.help}`).toBe(
      'only 1.5 MiB are left on the disk of /data/nats, and the hub keeps 32 free. Make room on that disk; the hub goes on by itself, and nothing was lost.',
    );
  });

  test('starts a server anew, once, that gives no answer to a write', async () => {
    const { watching, second } = await watch();
    await second(100);
    watching.suspect(10_500);
    expect([await second(100), await second(100)]).toEqual(['open, 1 restarts', 'open, 1 restarts']);
  });

  test('but not for a write that was begun before the server was', async () => {
    const { watching, second } = await watch();
    watching.suspect(9_000);
    expect(await second(100)).toBe('open, 0 restarts');
  });

  test('and not while the disk is full, since it would be in vain', async () => {
    const { watching, second } = await watch();
    watching.suspect(10_500);
    expect([await second(0), await second(100)]).toEqual(['disk-full, 0 restarts', 'open, 1 restarts']);
  });
});
