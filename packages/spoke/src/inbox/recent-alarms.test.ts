import { ManualClock } from '@accord/runtime/clock';
import { expect, test } from 'vitest';
import { alarmKeepMs, RecentAlarms } from './recent-alarms.ts';

function world() {
  const clock = new ManualClock(1_000);
  const told: string[] = [];
  const alarms: RecentAlarms = new RecentAlarms({ clock, onChange: () => told.push(alarms.sentences().join('; ')) });
  return { clock, told, alarms };
}

test('one is told at once and stays, and that it is over is told as well', () => {
  const { clock, told, alarms } = world();
  alarms.raise('bad-signature live.tick');
  clock.advance(alarmKeepMs);
  alarms.settle();
  expect([told, alarms.sentences()]).toEqual([['bad-signature live.tick'], ['bad-signature live.tick']]);
  clock.advance(1);
  alarms.settle();
  expect(told).toEqual(['bad-signature live.tick', '']);
});

test('one that goes on stays, and is told again at powers of ten', () => {
  const { clock, told, alarms } = world();
  for (let times = 0; times < 150; times += 1) {
    alarms.raise('bad-signature live.tick');
    clock.advance(alarmKeepMs / 2);
    alarms.settle();
  }
  expect(told).toEqual([
    'bad-signature live.tick',
    'bad-signature live.tick (10 times or more)',
    'bad-signature live.tick (100 times or more)',
  ]);
});

test('a thousand subjects make no thousand alarms', () => {
  const { told, alarms } = world();
  for (let subject = 0; subject < 1_000; subject += 1) alarms.raise(`bad-signature live.desired.all.p${subject}`);
  expect(alarms.sentences()).toHaveLength(31);
  expect(alarms.sentences().at(-1)).toBe('more of this kind (100 times or more)');
  expect(told.length).toBeLessThan(40);
});
