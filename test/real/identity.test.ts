import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { claimsFile, signSpokes } from '@accord/hub/identity/claims-files';
import { openIdentity, type Identity } from '@accord/hub/identity/open-identity';
import { isRunning } from '@accord/runtime/processes/process-identity';
import { systemClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { natsProgram, startRealm, type Realm } from './identity-realm.ts';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

function dataDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'accord-identity-'));
  ends.push(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function open(dataDir: string, options: { readonly program?: string; readonly port?: number } = {}): Promise<Identity> {
  const nats = { program: options.program ?? (await natsProgram()), listen: { host: '127.0.0.1', port: options.port ?? 0 } };
  const identity = await openIdentity({ dataDir, nats, clock: systemClock, log: new ListLog() });
  ends.push(async () => {
    await identity.nats.stop();
    identity.close();
  });
  return identity;
}

async function realmIn(dataDir?: string): Promise<Realm> {
  const realm = await startRealm(dataDir);
  ends.push(() => (existsSync(realm.dataDir) ? realm.stop() : undefined));
  return realm;
}

const now = (): number => Math.floor(Date.now() / 1000);
const claimsOf = (dataDir: string): string => readFileSync(claimsFile(join(dataDir, 'claims'), 'SPOKES'), 'utf8');

async function isAccepted(realm: Realm, member: Parameters<Realm['login']>[0]): Promise<boolean> {
  const raw = await realm.login(member);
  const errors = await raw.settle();
  raw.close();
  return errors.length === 0;
}

describe('a data directory', () => {
  test('has private files only, and holds no seed outside of its keys', async () => {
    const dataDir = dataDirectory();
    const identity = await open(dataDir);
    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const ours = files.filter(({ parentPath }) => !/nats\/(js|jwt)/.test(parentPath)).map(({ parentPath, name }) => join(parentPath, name));
    for (const file of ours.filter((path) => !/hub\.lock(-journal)?$/.test(path)))
      expect(`${file} ${statSync(file).mode & 0o077}`).toBe(`${file} 0`);
    for (const directory of ['keys', 'claims', 'nats']) expect(statSync(join(dataDir, directory)).mode & 0o777).toBe(0o700);
    const seeds = ours.filter((file) => /\bS[OAU][A-Z2-7]{56}\b/.test(readFileSync(file, 'utf8')));
    expect(seeds.every((file) => file.startsWith(join(dataDir, 'keys')))).toBe(true);
    expect(seeds).toHaveLength(9);
    expect(identity.hubKey).toMatch(/^[0-9a-f]{64}$/);
  });

  test('gives the same identity at each start', async () => {
    const dataDir = dataDirectory();
    const first = await open(dataDir);
    const claims = claimsOf(dataDir);
    first.close();
    const second = await open(dataDir);
    expect([second.hubKey, second.accounts, second.nats.url]).toEqual([first.hubKey, first.accounts, first.nats.url]);
    expect(claimsOf(dataDir)).toBe(claims);
  });

  test('is refused to a second hub while the first holds it', async () => {
    const dataDir = dataDirectory();
    await open(dataDir);
    await expect(open(dataDir)).rejects.toMatchObject({ code: 'conflict', message: `Another hub (pid ${process.pid}) uses ${dataDir}.` });
  });

  test.each(['desired.nk', 'spokes-scope.nk', 'operator.nk'])(
    'without keys/%s beside its claims is refused, and no key is made',
    async (file) => {
      const dataDir = dataDirectory();
      const identity = await open(dataDir);
      identity.close();
      const path = join(dataDir, 'keys', file);
      renameSync(path, `${path}.away`);
      await expect(open(dataDir)).rejects.toMatchObject({ code: 'not-found' });
      expect(existsSync(path)).toBe(false);
      renameSync(`${path}.away`, path);
      expect((await open(dataDir)).hubKey).toBe(identity.hubKey);
    },
  );

  test('without the claims of SPOKES is refused, because new ones would revoke nobody', async () => {
    const dataDir = dataDirectory();
    (await open(dataDir)).close();
    rmSync(claimsFile(join(dataDir, 'claims'), 'SPOKES'));
    await expect(open(dataDir)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('with a key that others can read is refused', async () => {
    const dataDir = dataDirectory();
    (await open(dataDir)).close();
    const path = join(dataDir, 'keys', 'desired.nk');
    chmodSync(path, 0o640);
    await expect(open(dataDir)).rejects.toMatchObject({ code: 'forbidden', help: expect.stringContaining(`chmod 600 ${path}`) as string });
  });
});

describe('nats-server', () => {
  test('is refused when its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(() => void server.close());
    const { port } = server.address() as AddressInfo;
    await expect(open(dataDirectory(), { port })).rejects.toMatchObject({
      code: 'port-in-use',
      message: `Another program listens on 127.0.0.1:${port}, where nats-server should.`,
    });
  });

  test.each([
    ['is too old', 'echo "nats-server: v2.14.6"', 'unsupported'],
    ['is something else', 'echo hello', 'missing-program'],
    ['fails', 'exit 1', 'missing-program'],
    ['ends at once', 'case "$1" in --version) echo "nats-server: v2.15.1";; *) echo "bad luck"; exit 1;; esac', 'unavailable'],
  ])('is refused when it %s', async (_name, script, code) => {
    const dataDir = dataDirectory();
    const program = join(dataDir, 'fake');
    writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    await expect(open(dataDir, { program })).rejects.toMatchObject({ code });
    await expect(open(dataDir, { program: join(dataDir, 'nowhere') })).rejects.toMatchObject({ code: 'missing-program' });
  });

  test('outlives kill -9 of its hub, and the next hub adopts it with its streams and connections', async () => {
    const dataDir = dataDirectory();
    const script = `
      import { openIdentity } from '@accord/hub/identity/open-identity';
      import { systemClock } from '@accord/runtime/clock';
      import { ListLog } from '@accord/runtime/log';
      const nats = { program: ${JSON.stringify(await natsProgram())}, listen: { host: '127.0.0.1', port: 0 } };
      globalThis.identity = await openIdentity({ dataDir: ${JSON.stringify(dataDir)}, nats, clock: systemClock, log: new ListLog() });
      console.log(identity.nats.pid);
      setInterval(() => undefined, 1000);`;
    const args = ['--input-type=module', '-e', script];
    const hub = spawn(process.execPath, args, { cwd: join(import.meta.dirname, '..', '..'), stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(hub.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    hub.kill('SIGKILL');
    await once(hub, 'exit');
    const realm = await realmIn(dataDir);
    expect(realm.identity.nats.pid).toBe(pid);
    const record = JSON.parse(readFileSync(join(dataDir, 'nats', 'nats.pid.json'), 'utf8')) as {
      pid: number;
      startTime: string;
      argv0: string;
    };
    expect(record).toMatchObject({ pid, argv0: await natsProgram() });
    expect(isRunning(record)).toBe(true);
    const member = realm.member();
    await realm.leave();
    const again = await realmIn(dataDir);
    expect(again.identity.nats.pid).toBe(pid);
    expect(await isAccepted(again, member)).toBe(true);
    await again.identity.nats.stop();
    expect(isRunning(record)).toBe(false);
  });

  test('is started again with other settings rather than adopted', async () => {
    const dataDir = dataDirectory();
    const first = await open(dataDir);
    first.close();
    const port = Number(new URL((await open(dataDirectory())).nats.url).port);
    await ends.pop()?.();
    const second = await open(dataDir, { port });
    expect(second.nats.url).toBe(`tls://127.0.0.1:${port}`);
    expect(second.nats.pid).not.toBe(first.nats.pid);
    await expect.poll(() => existsSync(`/proc/${first.nats.pid}`)).toBe(false);
  });

  test('is started again when it dies, and still knows who is revoked', async () => {
    const realm = await realmIn();
    const [gone, member] = [realm.member(), realm.member()];
    await realm.claims.revoke({ [gone.key.publicKey]: gone.iat });
    const { pid } = realm.identity.nats;
    const restarted = new Promise<number>((resolve) => realm.identity.nats.onRestart(resolve));
    process.kill(pid, 'SIGKILL');
    expect(await restarted).not.toBe(pid);
    expect([await isAccepted(realm, gone), await isAccepted(realm, member)]).toEqual([false, true]);
    await expect.poll(() => realm.hub.append([{ subject: 'control.x', body: new Uint8Array() }], 'x').then(() => 'stored')).toBe('stored');
  });

  test('is started again when it dies after it was adopted', async () => {
    const first = await realmIn();
    await first.leave();
    const realm = await realmIn(first.dataDir);
    expect(realm.identity.nats.pid).toBe(first.identity.nats.pid);
    const restarted = new Promise<number>((resolve) => realm.identity.nats.onRestart(resolve));
    process.kill(realm.identity.nats.pid, 'SIGKILL');
    expect(await restarted).toBe(realm.identity.nats.pid);
    expect(await isAccepted(realm, realm.member())).toBe(true);
  });

  test('that lost what was pushed to it gets it back from the file', async () => {
    const realm = await realmIn();
    const gone = realm.member();
    await realm.claims.revoke({ [gone.key.publicKey]: gone.iat });
    await realm.leave();
    await realm.identity.nats.stop();
    rmSync(join(realm.dataDir, 'nats', 'jwt'), { recursive: true });
    expect(await isAccepted(await realmIn(realm.dataDir), gone)).toBe(false);
  });
});

describe('claims of SPOKES', () => {
  const push = async (realm: Realm, token: string): Promise<void> => {
    await realm.sys.request('$SYS.REQ.CLAIMS.UPDATE', new TextEncoder().encode(token), { timeoutMs: 5_000 });
  };

  test('that are older replace newer ones when they are pushed, so the hub looks before it pushes', async () => {
    const realm = await realmIn();
    const older = claimsOf(realm.dataDir);
    const gone = realm.member();
    await realm.claims.revoke({ [gone.key.publicKey]: gone.iat });
    expect(await isAccepted(realm, gone)).toBe(false);
    await push(realm, older);
    expect(await isAccepted(realm, gone)).toBe(true);
    await realm.claims.inForce();
    expect(await isAccepted(realm, gone)).toBe(false);
  });

  test('of a hub that was restored from an old backup take over the revocations that the server knows', async () => {
    const realm = await realmIn();
    const [first, second] = [realm.member(), realm.member()];
    const backup = claimsOf(realm.dataDir);
    await realm.claims.revoke({ [first.key.publicKey]: first.iat });
    await realm.leave();
    writeFileSync(claimsFile(join(realm.dataDir, 'claims'), 'SPOKES'), backup);
    const restored = await realmIn(realm.dataDir);
    await restored.claims.revoke({ [second.key.publicKey]: second.iat });
    expect([await isAccepted(restored, first), await isAccepted(restored, second)]).toEqual([false, false]);
  });

  test('pushed by another hub are joined with ours', async () => {
    const realm = await realmIn();
    const [theirs, ours] = [realm.member(), realm.member()];
    await push(realm, signSpokes(realm.keys, { [theirs.key.publicKey]: theirs.iat }, { nowMs: Date.now(), after: now() + 5 }));
    await realm.claims.revoke({ [ours.key.publicKey]: ours.iat });
    expect([await isAccepted(realm, theirs), await isAccepted(realm, ours)]).toEqual([false, false]);
  });

  test('carry many revocations in one push', async () => {
    const realm = await realmIn();
    const members = Array.from({ length: 30 }, () => realm.member());
    await realm.claims.inForce();
    const pushes = (): number => realm.log.lines.filter(({ message }) => message === 'claims pushed').length;
    const before = pushes();
    const start = performance.now();
    await Promise.all(members.map(({ key, iat }) => realm.claims.revoke({ [key.publicKey]: iat })));
    expect(performance.now() - start).toBeLessThan(4_000);
    expect(pushes()).toBeGreaterThan(before);
    expect(pushes() - before).toBeLessThan(15);
    expect(await Promise.all(members.map((member) => isAccepted(realm, member)))).toEqual(members.map(() => false));
  });
});

test('a hub that logs in again keeps its bus', async () => {
  const realm = await realmIn();
  const states: string[] = [];
  const stop = new AbortController();
  realm.hub.onConnection((state) => states.push(state), stop.signal);
  await realm.hub.reconnect();
  await expect.poll(() => states).toEqual(['connected', 'disconnected', 'connected']);
  await realm.hub.append([{ subject: 'control.y', body: new Uint8Array() }], 'y');
  stop.abort();
});
