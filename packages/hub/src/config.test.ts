import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseHubArguments } from './config.ts';

describe('--history-size', () => {
  test.each([
    [[], 4 * 1024 ** 3],
    [['--history-size', '0.5'], 512 * 1024 ** 2],
  ])('%j is %i bytes', (words, bytes) => {
    expect(parseHubArguments(['--data', 'd', ...words])).toMatchObject({ config: { historyBytesMax: bytes } });
  });

  test.each(['0', '-1', '4GiB', '1e9', ''])('%j is refused, with an example', (text) => {
    expect(() => parseHubArguments(['--data', 'd', `--history-size=${text}`])).toThrow(
      expect.objectContaining({ code: 'invalid', help: expect.stringContaining('--history-size 4') }) as Error,
    );
  });
});

test('--console names a directory wherever the hub was started; without it the hub looks next to its sources', () => {
  expect(parseHubArguments(['--data', 'd', '--console', 'built'])).toMatchObject({ config: { consoleDir: resolve('built') } });
  expect(parseHubArguments(['--data', 'd'])).toMatchObject({ config: { consoleDir: undefined } });
});

describe('--trusted-proxies', () => {
  test.each([
    [[], []],
    [
      ['--trusted-proxies', '10.0.7.0/28,fd00:7::/64'],
      ['10.0.7.0/28', 'fd00:7::/64'],
    ],
    [['--trusted-proxies', '10.0.7.1'], ['10.0.7.1/32']],
  ])('%j trusts %j', (words, trustedProxies) => {
    expect(parseHubArguments(['--data', 'd', ...words])).toMatchObject({ config: { trustedProxies } });
  });

  test.each(['', 'loopback', '10.0.7.0/33', '0.0.0.0/0', '10.0.7', '10.0.7.0/28,', 'fd00::/129', '10.0.7.0/255.255.255.0'])(
    '%j is refused, with an example',
    (text) => {
      expect(() => parseHubArguments(['--data', 'd', `--trusted-proxies=${text}`])).toThrow(
        expect.objectContaining({ code: 'invalid', help: expect.stringContaining('--trusted-proxies 10.0.7.0/28') }) as Error,
      );
    },
  );
});
