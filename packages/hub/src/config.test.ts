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

test('a bus that listens on every address is refused before anything starts, unless somebody says where clusters reach it', () => {
  const listen = ['--data', 'd', '--nats-listen', '0.0.0.0:4222'];
  expect(() => parseHubArguments(listen)).toThrow(
    expect.objectContaining({ code: 'invalid', help: expect.stringContaining('--nats-advertise HOST:4222') as string }) as Error,
  );
  const said = [...listen, '--nats-advertise', 'bus.example.net', '--nats-advertise', '10.0.0.7:443'];
  expect(parseHubArguments(said)).toMatchObject({
    config: {
      natsListen: { host: '0.0.0.0', port: 4222 },
      natsAdvertised: [
        { host: 'bus.example.net', port: 4222 },
        { host: '10.0.0.7', port: 443 },
      ],
    },
  });
});

test('a certificate comes with its key, or the hub makes one', () => {
  expect(parseHubArguments(['--data', 'd'])).toMatchObject({ config: { tls: undefined } });
  const pair = ['--data', 'd', '--tls-cert', 'c', '--tls-key', 'k'];
  expect(parseHubArguments(pair)).toMatchObject({ config: { tls: { cert: 'c', key: 'k', ca: undefined } } });
  expect(parseHubArguments([...pair, '--tls-ca', 'a'])).toMatchObject({ config: { tls: { ca: 'a' } } });
  expect(() => parseHubArguments(['--data', 'd', '--tls-ca', 'a'])).toThrow('a certificate and its key go together');
});

test('the image of the spoke and the Secrets with which it is pulled go out with each invitation', () => {
  const words = [
    '--data',
    'd',
    '--spoke-image',
    'r.example.net/spoke:1',
    '--spoke-image-pull-secret',
    'a',
    '--spoke-image-pull-secret',
    'b',
  ];
  expect(parseHubArguments(words)).toMatchObject({
    config: { spoke: { spokeImage: 'r.example.net/spoke:1', spokeImagePullSecrets: ['a', 'b'] } },
  });
  expect(parseHubArguments(['--data', 'd'])).toMatchObject({ config: { spoke: {} } });
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
