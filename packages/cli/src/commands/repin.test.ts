import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { speak } from '../scripted-hub.ts';

const cluster = 'GET /apis/accord.dev/v1alpha1/clusters/eu-1';
const desired = 'GET /v1/keys/desired';
const fingerprint = 'f'.repeat(64);

test('it prints the Secret of the spoke with the present key of the hub, and nothing else in it', async () => {
  const { out, err, code } = await speak(['cluster', 'repin', 'eu-1'], {
    [cluster]: { body: {} },
    [desired]: { body: { current: fingerprint, waiting: [] } },
  });
  expect(parse(out)).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'accord-spoke-credential', namespace: 'accord-system' },
    data: { 'hub-key': Buffer.from(fingerprint).toString('base64') },
  });
  expect([err.includes(fingerprint), code]).toEqual([true, 0]);
});

test.each([
  ['while the key is replaced', { next: 'a' }],
  ['while the key of before is believed', { before: 'a' }],
])('%s nothing is printed', async (_claim, more) => {
  const { out, err, code } = await speak(['cluster', 'repin', 'eu-1'], {
    [cluster]: { body: {} },
    [desired]: { body: { current: fingerprint, waiting: [], ...more } },
  });
  expect([out, err.includes('docs/runbooks/key-theft.md'), code]).toEqual(['', true, 1]);
});

test('a cluster that is no member is not pinned', async () => {
  const { out, code } = await speak(['cluster', 'repin', 'nobody'], {});
  expect([out, code]).toEqual(['', 1]);
});
