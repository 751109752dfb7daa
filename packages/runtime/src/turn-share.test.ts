import { expect, test } from 'vitest';
import { breathe } from './breathe.ts';
import { ManualClock } from './clock.ts';
import { TurnShare } from './turn-share.ts';

test('a share is used up within its turn, and the next turn has one of its own', async () => {
  const clock = new ManualClock();
  const share = new TurnShare(clock, 20);
  expect(share.isUsedUp()).toBe(false);
  clock.advance(20);
  expect(share.isUsedUp()).toBe(false);
  clock.advance(1);
  expect(share.isUsedUp()).toBe(true);
  await Promise.resolve();
  expect(share.isUsedUp()).toBe(true);
  await breathe();
  expect(share.isUsedUp()).toBe(false);
});
