import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInBrowser } from '../open-in-browser.ts';
import { speak, type Script } from '../scripted-hub.ts';

const expiresAt = '2026-01-01T00:01:00.000Z';
const linkTo = (url: string): Script => ({ 'POST /v1/console/links': { status: 201, body: { url, expiresAt } } });
const script = linkTo('http://hub.internal:7420/#enter=AbC_1-2');
const link = /^http:\/\/127\.0\.0\.1:\d+\/#enter=AbC_1-2$/;

let dir: string;
let opened: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'accord-opener-'));
  opened = join(dir, 'opened');
  for (const name of ['xdg-open', 'open']) {
    await writeFile(join(dir, name), `#!/bin/sh\nprintf '%s' "$*" > '${opened}'\nexit "\${OPENER_EXIT:-0}"\n`);
    await chmod(join(dir, name), 0o755);
  }
});
afterAll(() => rm(dir, { recursive: true }));

/** A person at a screen, whose opener writes down what it was asked to open. */
const atScreen = () => ({ DISPLAY: ':0', PATH: `${dir}:/usr/bin:/bin` });

describe('accord console', () => {
  test('opens the link at the address under which it reaches the hub', async () => {
    const { code, out, err, heard } = await speak(['console'], script, { env: atScreen() });
    expect([code, out, heard]).toEqual([0, 'The console is open in your browser.\n', ['POST /v1/console/links']]);
    expect(err).toBe(`Its link works once, until ${expiresAt}. If nothing is to be seen: accord console --print\n`);
    expect(await readFile(opened, 'utf8')).toMatch(link);
  });

  test.each([
    ['with --print', ['--print'], atScreen],
    ['without a display', [], () => ({ PATH: dir })],
    ['without an opener', [], () => ({ DISPLAY: ':0', PATH: '/nonexistent' })],
    ['with an opener that fails', [], () => ({ ...atScreen(), OPENER_EXIT: '3' })],
  ])('%s prints the link alone, and says for how long it works', async (_when, words, env) => {
    const { code, out, err } = await speak(['console', ...words], script, { env: env() });
    expect([code, err]).toEqual([0, `Open it in a browser: it works once, until ${expiresAt}.\n`]);
    expect(out.trimEnd()).toMatch(link);
  });

  test.each(['file:///etc/passwd', 'http://evil.example/', 'http://evil.example/#enter=a&calc', 'x'])(
    'opens nothing else that a hub answers: %s',
    async (url) => {
      await writeFile(opened, '');
      const { code, err } = await speak(['console'], linkTo(url), { env: atScreen() });
      expect([code, await readFile(opened, 'utf8')]).toEqual([1, '']);
      expect(err).toContain('/v1/console/links answered no link');
    },
  );

  test('says what the hub refuses', async () => {
    const problem = { status: 401, body: { code: 'unauthenticated', detail: 'this hub does not know the token' } };
    const { code, err } = await speak(['console'], { 'POST /v1/console/links': problem }, { env: atScreen() });
    expect([code, err]).toEqual([1, expect.stringContaining('this hub does not know the token')]);
  });
});

describe('the opener', () => {
  test('of macOS is used on its own screen, and not over SSH', async () => {
    const env = { PATH: `${dir}:/usr/bin:/bin` };
    expect(await openInBrowser('http://a.example/', env, 'darwin')).toBe(true);
    expect(await readFile(opened, 'utf8')).toBe('http://a.example/');
    expect(await openInBrowser('http://b.example/', { ...env, SSH_CONNECTION: '::1 1 ::1 22' }, 'darwin')).toBe(false);
    expect(await readFile(opened, 'utf8')).toBe('http://a.example/');
  });
});
