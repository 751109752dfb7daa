import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HubProgram } from '../chaos/hub-program.ts';
import { until } from './fleet-fixture.ts';

const disk = mkdtempSync(join(tmpdir(), 'accord-full-disk-'));
/** A disk of its own needs the right to mount one; a continuous integration in a container has it or skips this. */
const canMount = ((): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    rmSync(disk, { recursive: true });
    return false;
  }
})();

describe.skipIf(!canMount)('a full disk', () => {
  let hub: HubProgram;
  beforeAll(async () => {
    mkdirSync(join(disk, 'hub'), { mode: 0o700 });
    hub = await HubProgram.at(join(disk, 'hub'));
    await startHub();
  });
  afterAll(async () => {
    await hub.killAll();
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true });
  });

  const startHub = async (): Promise<void> => {
    await hub.start();
    await until('the hub is ready', async () => (await hub.readiness()) === 'ok');
  };
  const path = '/apis/accord.dev/v1alpha1/clusterpolicies';
  const call = async (method: string, name = ''): Promise<{ readonly status: number; readonly text: string }> => {
    const spec = { clusterSelector: { matchLabels: { env: 'prod' } } };
    const response = await fetch(`${hub.url}${path}${name === '' ? '' : `/${name}`}`, {
      method,
      headers: { authorization: `Bearer ${hub.token}`, 'content-type': 'application/json' },
      ...(method === 'PUT'
        ? { body: JSON.stringify({ apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name }, spec }) }
        : {}),
    });
    return { status: response.status, text: await response.text() };
  };
  const stored = async (): Promise<readonly string[]> => {
    const { items } = JSON.parse((await call('GET')).text) as {
      readonly items: readonly { readonly metadata: { readonly name: string } }[];
    };
    return items.map(({ metadata }) => metadata.name);
  };

  test('is said before it is full, loses nothing that was accepted, and is over when there is room', async () => {
    expect((await call('PUT', 'before')).status).toBe(201);
    leave(20);
    let accepted = ['before'];
    await until('changes are refused', async () => {
      const name = `meanwhile-${accepted.length}`;
      const { status } = await call('PUT', name);
      if (status === 201) accepted = [...accepted, name];
      return status === 507;
    });
    const { text } = await call('PUT', 'refused');
    expect(text).toMatch(/are left on the disk of .*\/nats, and the hub keeps 32 free/);
    expect(text).toContain('Make room on that disk; the hub goes on by itself, and nothing was lost.');
    expect(await hub.readiness()).toMatch(/^not ready: only/);
    expect((await stored()).toSorted()).toEqual(accepted.toSorted());
    empty();
    await until('nats-server is started anew', async () => hub.log.split('"nats-server started"').length === 3);
    await until('changes are taken again', async () => (await call('PUT', 'after')).status === 201);
    await until('the hub is ready', async () => (await hub.readiness()) === 'ok');
    expect((await stored()).toSorted()).toEqual(['after', ...accepted].toSorted());
  });

  test('that fills up between two looks, and with which the hub is killed, is over as well', async () => {
    const race = async () => {
      leave(0);
      // The reserve is gone at once: what is written until the hub has looked meets the full disk.
      return Promise.all(Array.from({ length: 40 }, (_, n) => call('PUT', `raced-${n}`)));
    };
    let raced = await race();
    // The hub may have looked before the first of them was written: then nothing was shown yet.
    for (let attempt = 1; attempt < 10 && !raced.some(({ status }) => status === 504); attempt += 1) {
      empty();
      await until('changes are taken in between', async () => (await call('PUT', 'between')).status < 300);
      raced = await race();
    }
    await hub.kill();
    empty();
    await startHub();
    await until('changes are taken again', async () => (await call('PUT', 'again')).status < 300);
    const names = new Set(await stored());
    expect(raced.map(({ status }) => status)).toContain(504);
    const lost = raced.flatMap(({ status }, n) => (status < 300 && !names.has(`raced-${n}`) ? [`raced-${n}`] : []));
    expect(lost).toEqual([]);
  });

  const filler = join(disk, 'filler');
  /** At once, so that nobody sees it coming. */
  function leave(mebibytes: number): void {
    for (let attempt = 1; ; attempt += 1) {
      const { bavail, bsize } = statfsSync(disk);
      try {
        execFileSync('fallocate', ['-l', String(bavail * bsize - mebibytes * 1024 * 1024), filler]);
        return;
      } catch (error) {
        // Somebody wrote between the look and the filling.
        if (attempt === 5) throw error;
      }
    }
  }
  function empty(): void {
    rmSync(filler);
  }
});
