import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { programVersion } from '@accord/proto/version';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The program as a shell starts it. `onOut` gets the process at its first output. */
async function start(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
  onOut?: (child: ReturnType<typeof spawn>) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...words], {
    env: { PATH: process.env['PATH'], ACCORD_HOME: '/nonexistent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { out: '', err: '' };
  child.stdout.once('data', () => onOut?.(child));
  child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (texts.err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...texts };
}

describe('the program', () => {
  test('--version prints the version', async () => {
    expect(await start(['--version'])).toEqual({ code: 0, out: `${programVersion}\n`, err: '' });
  });

  test('a failure is 1 and goes to standard error', async () => {
    const { code, out, err } = await start(['status']);
    expect({ code, out, err }).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/^error: There is no hub to talk to: .*npm start/) as string,
    });
  });

  test('local hands its words on, and the exit code back', async () => {
    const { code, err } = await start(['local', 'nope', '--flag']);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('nope') as string });
  });

  test('Ctrl-C ends a watch with 0 and without a word', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"type":"policy","name":"pay","revision":3}\n\n');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const env = { ACCORD_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ACCORD_TOKEN: 'x' };
    const { code, out, err } = await start(['watch'], env, (child) => child.kill('SIGINT'));
    server.closeAllConnections();
    server.close();
    expect({ code, out, err }).toEqual({ code: 0, out: expect.stringMatching(/policy {4}pay is at revision 3\n$/) as string, err: '' });
  });
});
