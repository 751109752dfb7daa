import { expect, test } from 'vitest';
import { speak } from '../scripted-hub.ts';

const scope = '/v1/keys/spokes-scope';
const desired = '/v1/keys/desired';

test('it shows the keys, and who is waited for while one is replaced', async () => {
  const { out } = await speak(['keys', 'show'], {
    [`GET ${scope}`]: { body: { current: 'A1', next: 'A2', waiting: ['eu-1', 'eu-2'] } },
    [`GET ${desired}`]: { body: { current: 'f1', waiting: [] } },
    'GET /v1/keys/hub-signing': { body: { current: 'A3', waiting: [] } },
    'GET /v1/keys/sys-signing': { body: { current: 'A4', next: 'A5', waiting: [] } },
    'GET /v1/keys/operator': { body: { current: 'O1', waiting: [] } },
  });
  const ofClusters = 'spokes-scope  A1\n  replaced by A2\n  2 have not renewed since: eu-1, eu-2\ndesired  f1\n';
  const ofTheHub = 'sys-signing  A4\n  replaced by A5\n  the hub uses it: accord keys rotate sys-signing --finish\n';
  expect(out).toBe(`${ofClusters}hub-signing  A3\n${ofTheHub}operator  O1\n`);
});

test('it says what comes next when nobody is waited for', async () => {
  const { out, code } = await speak(['keys', 'rotate', 'desired'], {
    [`POST ${desired}/rotate`]: { body: { current: 'f1', next: 'f2', waiting: [] } },
  });
  expect([out.includes('accord keys rotate desired --finish'), code]).toEqual([true, 0]);
});

test('it says that the key of before is believed, for as long as it is', async () => {
  const { out } = await speak(['keys', 'rotate', 'desired', '--finish'], {
    [`POST ${desired}/rotate`]: { body: { current: 'f2', before: 'f1', waiting: [] } },
  });
  expect(out).toMatch(/^desired {2}f2\n {2}f1 is believed as well .*rotate-keys\.md\n$/);
});

test.each([
  ['without a yes for --force', ['keys', 'rotate', 'spokes-scope', '--finish', '--force'], 1],
  ['for --force alone', ['keys', 'rotate', 'spokes-scope', '--force', '-y'], 2],
  ['for another key', ['keys', 'rotate', 'hub'], 2],
])('nothing is asked of the hub %s', async (_claim, words, exit) => {
  const { code, heard } = await speak(words, {});
  expect([code, heard]).toEqual([exit, []]);
});
