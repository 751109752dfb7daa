import { expect, test } from 'vitest';
import { parseSpokeConfig } from './config.ts';

const env = { ACCORD_HUB_KEY: 'a'.repeat(64), ACCORD_KUBE_URL: 'https://127.0.0.1:6443' };
const of = (more: Readonly<Record<string, string>>) => parseSpokeConfig({ ...env, ...more });

test.each(['https://hub.example.net:7420', 'http://127.0.0.1:7420', 'http://localhost:7420'])(
  '%s keeps the join token to itself',
  (url) => {
    expect(of({ ACCORD_HUB_URL: url }).hubUrl).toBe(url);
  },
);

test.each(['http://hub.example.net:7420', 'http://10.0.0.7', 'http://127.evil.example', 'ftp://hub'])(
  '%s is refused, unless somebody allows clear text',
  (url) => {
    expect(() => of({ ACCORD_HUB_URL: url })).toThrow(
      expect.objectContaining({
        code: 'invalid',
        message: `ACCORD_HUB_URL ${url} would send the join token in clear text`,
        help: 'Take an address that begins with https://, or allow this one: ACCORD_HUB_INSECURE=true',
      }) as Error,
    );
    expect(of({ ACCORD_HUB_URL: url, ACCORD_HUB_INSECURE: 'true' }).hubUrl).toBe(url);
  },
);

test('the authority of the hub comes with the environment, and an empty one is none', () => {
  const at = { ACCORD_HUB_URL: 'https://hub' };
  expect([of({ ...at, ACCORD_HUB_CA: 'pem' }).hubCA, of({ ...at, ACCORD_HUB_CA: '' }).hubCA]).toEqual(['pem', undefined]);
});
