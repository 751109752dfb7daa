import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HubProgram } from '../chaos/hub-program.ts';
import { freePort } from '../free-port.ts';
import { runProgram } from '../chaos/run-program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const inRepository = (path: string): string => join(root, path);
const home = mkdtempSync(join(tmpdir(), 'accord-bad-programs-'));
const inHome = (name: string): string => join(home, name);
let hub: HubProgram;
let occupied: Server;
let occupiedPort: number;

beforeAll(async () => {
  hub = await HubProgram.at(inHome('hub'));
  await hub.start();
  occupied = createServer().listen(0, '127.0.0.1');
  await once(occupied, 'listening');
  occupiedPort = (occupied.address() as AddressInfo).port;
  mkdirSync(inHome('empty'));
  writeFileSync(inHome('file'), 'no directory');
});
afterAll(async () => {
  occupied?.close();
  await hub?.stop();
  rmSync(home, { recursive: true, force: true });
});

/** One sentence on standard error that ends in what to do, and not a stack. */
function isOneMessage(err: string): boolean {
  return !/\n\s+at /.test(err) && err.trimEnd().split('\n').length <= 2;
}

describe('the command line', () => {
  const accord = (words: readonly string[], { token = hub.token, url = hub.url } = {}) =>
    runProgram(inRepository('accord'), words, { PATH: process.env['PATH'] ?? '', ACCORD_URL: url, ACCORD_TOKEN: token });
  const policy = (rest: string) => `apiVersion: accord.dev/v1alpha1\nkind: ClusterPolicy\nmetadata: {name: p}\n${rest}`;

  const files: [claim: string, name: string, text: string, err: RegExp][] = [
    ['YAML that cannot be read is told with line and column', 'a.yaml', policy('spec:\n  a: [1, 2\n'), /a\.yaml:\d+:\d+/],
    ['JSON that cannot be read is told with line and column', 'a.json', '{\n  "kind": "ClusterPolicy",\n  "spec" {}\n}', /a\.json:3:\d+/],
    [
      'an unknown field is told with its line and the nearest name',
      'b.yaml',
      policy('spec:\n  clusterSelecter: {}\n'),
      /b\.yaml:5:\d+.*clusterSelector/s,
    ],
    ['a wrong type is told with its line and path', 'c.yaml', policy('spec:\n  priority: high\n'), /c\.yaml:5:\d+.*spec\.priority/s],
    ['a duplicate key is told with its line', 'd.yaml', policy('spec:\n  priority: 1\n  priority: 2\n'), /d\.yaml:6:\d+/],
    [
      'what the hub refuses is told with its file and path',
      'e.yaml',
      policy('spec:\n  namespaces:\n  - name: kube-system\n'),
      /e\.yaml:1:1: .*spec\.namespaces\[0\]\.name: Namespace kube-system is protected/s,
    ],
    ['an unknown kind is told', 'f.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n', /f\.yaml:\d+.*Pod/s],
  ];
  test.each(files)('%s, and nothing is written', async (_claim, name, text, err) => {
    writeFileSync(inHome(name), text);
    const ended = await accord(['apply', '-f', inHome(name)]);
    expect(ended).toMatchObject({ code: 1, err: expect.stringMatching(err) as string });
    expect(ended.err).not.toMatch(/\n\s+at /);
    expect(await hub.client.send('GET', '/apis/accord.dev/v1alpha1/clusterpolicies')).toMatchObject({ body: { items: [] } });
  });

  test('a token that the hub does not know is told with how to get one', async () => {
    const ended = await accord(['get', 'policies'], { token: 'wrong' });
    expect(ended).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^error: this hub does not know the token\. Set ACCORD_TOKEN to/) as string,
    });
  });

  test('a hub that is not there is told with what to run', async () => {
    const ended = await accord(['status'], { url: `http://127.0.0.1:${await freePort()}` });
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toMatch(/does not answer|cannot be reached|no answer/);
    expect(isOneMessage(ended.err), ended.err).toBe(true);
  });

  test('a file that is not there is told', async () => {
    const ended = await accord(['apply', '-f', inHome('nowhere.yaml')]);
    expect([ended.code, isOneMessage(ended.err)], ended.err).toEqual([1, true]);
    expect(ended.err).toContain('nowhere.yaml');
  });
});

describe('the hub', () => {
  const start = async (options: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) => {
    const given = {
      '--data': inHome('other'),
      '--listen': `127.0.0.1:${await freePort()}`,
      '--nats-listen': `127.0.0.1:${await freePort()}`,
      '--nats-server': hub.natsServer,
      ...options,
    };
    return runProgram(process.execPath, [inRepository('packages/hub/src/main.ts'), ...Object.entries(given).flat()], env);
  };

  const cases: [claim: string, options: () => Readonly<Record<string, string>>, code: number, err: RegExp][] = [
    ['whose port is in use', () => ({ '--listen': `127.0.0.1:${occupiedPort}` }), 1, /127\.0\.0\.1:\d+ is in use\..*--listen/],
    [
      'whose bus has a port that is in use',
      () => ({ '--nats-listen': `127.0.0.1:${occupiedPort}` }),
      1,
      /Another program listens on 127\.0\.0\.1:\d+, where nats-server should\. .*--nats-listen/,
    ],
    ['without nats-server', () => ({ '--nats-server': inHome('nowhere') }), 1, /nats-server|nowhere/],
    ['with a nats-server that is none', () => ({ '--nats-server': '/bin/true' }), 1, /\/bin\/true/],
    ['whose directory is a file', () => ({ '--data': inHome('file') }), 1, /file/],
    ['whose directory cannot be made', () => ({ '--data': join(inHome('file'), 'hub') }), 1, /file/],
    ['whose directory another hub uses', () => ({ '--data': hub.dataDir }), 1, /Another hub \(pid \d+\) uses .*\. /],
    ['with an address that is none', () => ({ '--listen': 'nonsense' }), 2, /--listen "nonsense" is no HOST:PORT/],
    [
      'whose bus listens everywhere, and that tells clusters no address',
      () => ({ '--nats-listen': '0.0.0.0:4222' }),
      2,
      /--nats-advertise HOST:4222/,
    ],
    ['that would send tokens in clear text', () => ({ '--listen': '0.0.0.0:7420' }), 2, /--insecure-listen/],
    ['with an option that there is not', () => ({ '--nope': 'x' }), 2, /--nope/],
  ];
  test.each(cases)('%s ends with one message that says what to do', async (_claim, options, code, err) => {
    const ended = await start(options());
    expect(ended, ended.err).toMatchObject({ code, err: expect.stringMatching(err) as string });
    expect(isOneMessage(ended.err), ended.err).toBe(true);
    // What is wrong, and what to do about it.
    expect(ended.err).toMatch(/^accord-hub: .+\. \S.+/s);
    expect(await hub.readiness()).toBe('ok');
  });
});

describe('the spoke', () => {
  const right = { ACCORD_HUB_URL: 'http://127.0.0.1:1', ACCORD_HUB_KEY: '0'.repeat(64), ACCORD_KUBE_URL: 'https://127.0.0.1:1' };
  const cases: [claim: string, change: Readonly<Record<string, string>>, err: RegExp][] = [
    ['without the address of its hub', { ACCORD_HUB_URL: '' }, /ACCORD_HUB_URL is not set/],
    ['with an address that is none', { ACCORD_HUB_URL: 'nonsense' }, /ACCORD_HUB_URL is no URL/],
    ['with a key that is none', { ACCORD_HUB_KEY: 'short' }, /ACCORD_HUB_KEY is no fingerprint/],
    ['with a log level that there is not', { ACCORD_LOG_LEVEL: 'loud' }, /ACCORD_LOG_LEVEL "loud" is not known/],
  ];
  test.each(cases)('%s ends with 2 and says which variable', async (_claim, change, err) => {
    const ended = await runProgram(process.execPath, [inRepository('packages/spoke/src/main.ts')], { ...right, ...change });
    expect(ended).toMatchObject({ code: 2, err: expect.stringMatching(err) as string });
    expect(ended.err).toMatch(/^accord-spoke: .+\. \S.+/s);
    expect(isOneMessage(ended.err), ended.err).toBe(true);
  });
});

describe('the fleet of this machine', () => {
  const up = (env: Readonly<Record<string, string>>, ...options: readonly string[]) =>
    runProgram(process.execPath, [inRepository('packages/local/src/main.ts'), 'up', '--clusters', '1', ...options], {
      PATH: inHome('empty'),
      HOME: inHome('empty'),
      ACCORD_HOME: inHome('fleet'),
      ACCORD_CACHE: inHome('cache'),
      ...env,
    });

  test('without its programs and without Go says what to install', async () => {
    const ended = await up({ ACCORD_BIN_DIR: inHome('empty') });
    expect(ended).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /^nats-server is missing and cannot be built: Go is not installed\. Install Go 1\.26 or newer .*ACCORD_BIN_DIR\.$/m,
      ) as string,
    });
    expect(isOneMessage(ended.err), ended.err).toBe(true);
  });

  test('with a directory that cannot be written says so', async () => {
    const ended = await up({ ACCORD_HOME: join(inHome('file'), 'fleet') });
    expect(ended).toMatchObject({ code: 1, err: expect.stringContaining('file') as string });
    expect(isOneMessage(ended.err), ended.err).toBe(true);
  });

  test('on a port that is in use says which, and leaves nothing running or written but its own files', async () => {
    const ended = await up(
      { ACCORD_BIN_DIR: dirname(hub.natsServer), PATH: process.env['PATH'] ?? '', ACCORD_CACHE: dirname(dirname(hub.natsServer)) },
      '--port',
      String(occupiedPort),
    );
    expect(ended).toMatchObject({
      code: 1,
      err: expect.stringMatching(new RegExp(`Port ${occupiedPort} of 127\\.0\\.0\\.1 is in use\\..*--port`)) as string,
    });
    const records = join(inHome('fleet'), 'processes');
    expect(readdirSync(inHome('fleet')).includes('processes') ? readdirSync(records) : []).toEqual([]);
  });

  test.each([['0'], ['51'], ['three']])('of %s clusters is misuse', async (count) => {
    const ended = await runProgram(process.execPath, [inRepository('packages/local/src/main.ts'), 'up', '--clusters', count]);
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('--clusters takes a number from 1 to 50') as string });
  });
});
