import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hubAddress, wantsColour } from './config.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'accord-cli-'));
  mkdirSync(join(home, 'hub'));
});
afterEach(() => rmSync(home, { recursive: true }));

function writeFleet(): void {
  writeFileSync(join(home, 'hub', 'hub.json'), '{"url":"http://127.0.0.1:7420"}');
  writeFileSync(join(home, 'admin.token'), 'local\n');
}

describe('hubAddress', () => {
  test('the fleet of this machine needs no set-up', () => {
    writeFleet();
    expect(hubAddress({ ACCORD_HOME: home })).toEqual({ url: 'http://127.0.0.1:7420', token: 'local' });
  });

  test('another token may speak to the fleet of this machine', () => {
    writeFleet();
    expect(hubAddress({ ACCORD_HOME: home, ACCORD_TOKEN: 'viewer' })).toEqual({ url: 'http://127.0.0.1:7420', token: 'viewer' });
  });

  test('the token of the local fleet is never sent to another address', () => {
    writeFleet();
    expect(() => hubAddress({ ACCORD_HOME: home, ACCORD_URL: 'https://hub.example' })).toThrow('ACCORD_TOKEN is not');
  });

  test('whoever has logged in speaks as himself, unless a token is set', () => {
    writeFleet();
    const loginAt = (url: string): string => `login at ${url}`;
    const tokens = [
      { ACCORD_HOME: home },
      { ACCORD_URL: 'https://hub.example' },
      { ACCORD_URL: 'https://hub.example', ACCORD_TOKEN: 'set' },
    ].map((env) => hubAddress(env, loginAt).token);
    expect(tokens).toEqual(['login at http://127.0.0.1:7420', 'login at https://hub.example', 'set']);
  });

  test('without a fleet it says how to start one', () => {
    expect(() => hubAddress({ ACCORD_HOME: join(home, 'none') })).toThrow(
      expect.objectContaining({ code: 'not-found', help: expect.stringContaining('npm start') as string }),
    );
  });

  test.each(['hub.example', 'ftp://hub', 'file:///etc'])('%s is no address of a hub', (url) => {
    expect(() => hubAddress({ ACCORD_URL: url, ACCORD_TOKEN: 'x' })).toThrow('no http or https address');
  });

  test('a half-written hub.json is told', () => {
    writeFleet();
    writeFileSync(join(home, 'hub', 'hub.json'), '{"url":');
    expect(() => hubAddress({ ACCORD_HOME: home })).toThrow('does not name the address of a hub');
  });
});

test('NO_COLOR, a pipe and a dumb terminal each mean no colour', () => {
  expect([
    wantsColour({}, true),
    wantsColour({ NO_COLOR: '1' }, true),
    wantsColour({ NO_COLOR: '' }, true),
    wantsColour({}, false),
    wantsColour({ TERM: 'dumb' }, true),
  ]).toEqual([true, false, true, false, false]);
});
