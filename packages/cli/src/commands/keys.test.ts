import { expect, test } from 'vitest';
import { speak } from '../scripted-hub.ts';

const path = '/v1/keys/spokes-scope';

test('it shows the key, and who is waited for while it is replaced', async () => {
  const settled = await speak(['keys', 'show'], { [`GET ${path}`]: { body: { current: 'A1', waiting: [] } } });
  expect(settled.out).toBe('spokes-scope  A1\n');
  const { out } = await speak(['keys', 'show'], { [`GET ${path}`]: { body: { current: 'A1', next: 'A2', waiting: ['eu-1', 'eu-2'] } } });
  expect(out).toContain('replaced by A2\n  2 still use a token of the old one: eu-1, eu-2');
});

test('it says what comes next when nobody is waited for', async () => {
  const { out, code } = await speak(['keys', 'rotate', 'spokes-scope'], {
    [`POST ${path}/rotate`]: { body: { current: 'A1', next: 'A2', waiting: [] } },
  });
  expect([out.includes('accord keys rotate spokes-scope --finish'), code]).toEqual([true, 0]);
});

test.each([
  ['without a yes for --force', ['keys', 'rotate', 'spokes-scope', '--finish', '--force'], 1],
  ['for --force alone', ['keys', 'rotate', 'spokes-scope', '--force', '-y'], 2],
  ['for another key', ['keys', 'rotate', 'operator'], 2],
])('nothing is asked of the hub %s', async (_claim, words, exit) => {
  const { code, heard } = await speak(words, {});
  expect([code, heard]).toEqual([exit, []]);
});
