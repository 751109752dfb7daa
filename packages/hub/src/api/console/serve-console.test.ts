import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMemoryHub, type MemoryHub } from '../memory-hub.ts';

const page = '<!doctype html><title>console</title>';
const script = 'export const built = true;';
const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
let parent: string;
let hub: MemoryHub;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'accord-console-'));
  const consoleDir = join(parent, 'dist');
  await mkdir(join(consoleDir, 'assets', 'inner'), { recursive: true });
  await writeFile(join(parent, 'secret.txt'), 'not for you');
  await writeFile(join(consoleDir, 'index.html'), page);
  await writeFile(join(consoleDir, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(consoleDir, '.env'), 'not for you');
  await writeFile(join(consoleDir, 'assets', 'index-BxY_12.js'), script);
  hub = await startMemoryHub({ consoleDir });
});
afterAll(async () => {
  await hub.stop();
  await rm(parent, { recursive: true });
});

interface Got {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

async function ask(url: string, headers: Readonly<Record<string, string>> = {}, method: 'GET' | 'HEAD' | 'POST' = 'GET'): Promise<Got> {
  const response = await hub.app.inject({ method, url, headers });
  const type = String(response.headers['content-type']).split(';')[0] ?? '';
  return { status: response.statusCode, type, text: response.body, headers: response.headers };
}

describe('the page', () => {
  test.each(['/', '/clusters/x', '/policies/x?tab=rows', '/changes/team@3', '/settings'])('%s is answered with it', async (url) => {
    const { status, type, text, headers } = await ask(url, browser);
    expect([status, type, text]).toEqual([200, 'text/html', page]);
    expect([headers['cache-control'], headers['etag']]).toEqual(['no-store', undefined]);
  });

  test('the root is the page for everybody, other addresses for browsers alone', async () => {
    expect((await ask('/')).text).toBe(page);
    const { status, type } = await ask('/clusters/x', { accept: 'application/json' });
    expect([status, type]).toEqual([404, 'application/json']);
  });

  test.each([
    ['/v1/nothing', 'application/problem+json'],
    ['/v1/policies/x/nothing', 'application/problem+json'],
    ['/v1', 'application/problem+json'],
    ['/apis/apps/v1/deployments', 'application/json'],
    ['/openapi/nothing', 'application/json'],
    ['/metrics/nothing', 'application/json'],
    ['/assets/nothing.js', 'application/json'],
    ['/assets', 'application/json'],
  ])('%s is an unknown address of the API also for a browser', async (url, expected) => {
    const { status, type, text } = await ask(url, browser);
    expect([status, type]).toEqual([404, expected]);
    expect(text).toContain(`there is no GET ${url}`);
  });

  test('HEAD is answered like GET, without a body', async () => {
    const { status, type, text, headers } = await ask('/clusters/x', browser, 'HEAD');
    expect([status, type, text, headers['content-length']]).toEqual([200, 'text/html', '', String(page.length)]);
  });

  test.each(['/', '/clusters/x', '/assets/index-BxY_12.js'])('POST %s is nothing', async (url) => {
    const { status, text } = await ask(url, browser, 'POST');
    expect([status, text]).toEqual([404, expect.stringContaining(`there is no POST ${url}`)]);
  });

  test('runs its own scripts alone, and stands in nobody’s frame', async () => {
    for (const url of ['/', '/assets/index-BxY_12.js', '/icon.svg']) {
      const { headers } = await ask(url, browser);
      expect(headers['content-security-policy']).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
  });

  test('is not served under a foreign name or to a foreign origin', async () => {
    for (const url of ['/', '/clusters/x', '/assets/index-BxY_12.js'])
      for (const headers of [{ host: 'rebound.example:7420' }, { origin: 'https://evil.example' }])
        expect(`${url} ${(await ask(url, { ...browser, ...headers })).status}`).toBe(`${url} 403`);
  });
});

describe('files', () => {
  test('an asset is kept for good, and known again by its tag', async () => {
    const first = await ask('/assets/index-BxY_12.js');
    expect([first.status, first.type, first.text]).toEqual([200, 'application/javascript', script]);
    expect(first.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const again = await ask('/assets/index-BxY_12.js', { 'if-none-match': String(first.headers['etag']) });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  test('what lies beside the page is served under its name', async () => {
    const { status, type } = await ask('/icon.svg', { accept: 'image/*' });
    expect([status, type]).toEqual([200, 'image/svg+xml']);
  });

  test.each([
    '/assets/..%2f..%2fsecret.txt',
    '/assets/..%2F..%2Fsecret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/....//secret.txt',
    '/assets/%2fetc%2fpasswd',
    '/assets/index-BxY_12.js%00.txt',
    '/assets/inner',
    '/assets/',
    '/..%2fsecret.txt',
    '/.env',
    '/%2eenv',
  ])('%s leads nowhere', async (url) => {
    const { status, text } = await ask(url);
    expect([status, text]).toEqual([404, expect.stringContaining('there is no GET')]);
  });

  test.each(['/assets/../../secret.txt', '/../secret.txt', '//secret.txt', '/assets/./../.env'])(
    '%s, sent as it stands, leads nowhere',
    async (path) => {
      const { port } = new URL(await listening());
      const socket = connect(Number(port), '127.0.0.1');
      socket.end(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
      let answer = '';
      socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
      await once(socket, 'close');
      expect(answer).toMatch(/^HTTP\/1\.1 404 /);
      expect(answer).not.toContain('not for you');
    },
  );

  test('a condition that does not hold is the caller’s fault, and no bug of the hub', async () => {
    expect((await ask('/assets/index-BxY_12.js', { 'if-match': '"other"' })).status).toBe(400);
    expect(hub.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

let address: Promise<string> | undefined;
const listening = (): Promise<string> => (address ??= hub.app.listen({ host: '127.0.0.1', port: 0 }));

test('a hub whose console is not built says how to build it, and finds it as soon as it is there', async () => {
  const consoleDir = join(parent, 'later');
  const other = await startMemoryHub({ consoleDir });
  const get = async (url: string) => other.app.inject({ url, headers: browser });
  for (const url of ['/', '/clusters/x']) {
    const { statusCode, headers, body } = await get(url);
    expect([statusCode, headers['content-type']]).toEqual([404, 'text/plain; charset=utf-8']);
    expect(body).toContain('npm run build --workspace @accord/console');
    expect(body).not.toContain(consoleDir);
  }
  await mkdir(consoleDir);
  await writeFile(join(consoleDir, 'index.html'), page);
  expect((await get('/')).body).toBe(page);
  await other.stop();
});
