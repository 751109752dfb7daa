import type { ClusterId } from '@accord/proto/ids';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { expect, test } from 'vitest';
import { AlarmBook } from './alarm-book.ts';

const id = 'a'.repeat(26) as ClusterId;

function world() {
  const clock = new ManualClock(Date.UTC(2026, 0, 1));
  const log = new ListLog();
  return { clock, log, alarms: new AlarmBook({ clock, log }) };
}

test('an alarm belongs to its cluster, or to the whole fleet', () => {
  const { alarms } = world();
  alarms.raise('Flood', id, 'it floods');
  alarms.raise('ManyRevocations', undefined, 'many keys');
  expect([alarms.of(id), alarms.of(undefined), alarms.of('b'.repeat(26) as ClusterId)]).toEqual([
    ['it floods (since 2026-01-01T00:00:00.000Z)'],
    ['many keys (since 2026-01-01T00:00:00.000Z)'],
    [],
  ]);
});

test('who keeps them hears of an alarm once, and again when it was quiet for an hour or cleared', () => {
  const clock = new ManualClock(0);
  const heard: string[] = [];
  const onRaised = (code: string, cluster: ClusterId | undefined, text: string): void => void heard.push(`${code} ${cluster} ${text}`);
  const alarms = new AlarmBook({ clock, log: new ListLog(), onRaised });
  for (let times = 0; times < 5; times += 1) alarms.raise('Flood', id, 'it floods');
  expect(heard).toEqual([`Flood ${id} it floods`]);
  clock.advance(3_600_001);
  alarms.raise('Flood', id, 'it floods');
  alarms.clear('Flood', id);
  alarms.raise('Flood', id, 'it floods');
  expect(heard).toHaveLength(3);
});

test('whoever raises it a thousand times makes one alarm, whose sentence and log change at powers of ten', () => {
  const { alarms, log } = world();
  const said = new Set<string>();
  for (let times = 0; times < 1_000; times += 1) {
    alarms.raise('ForgedReport', id, 'forged');
    for (const sentence of alarms.of(id)) said.add(sentence);
  }
  expect([...said].map((text) => /Z(.*)\)$/.exec(text)?.[1])).toEqual([
    '',
    ', 10 times or more',
    ', 100 times or more',
    ', 1000 times or more',
  ]);
  expect(log.lines).toHaveLength(4);
});

test('an alarm goes an hour after it was last raised, and at once when it is over', () => {
  const { alarms, clock } = world();
  alarms.raise('Flood', id, 'it floods');
  alarms.raise('SecondConnection', id, 'twice');
  alarms.clear('SecondConnection', id);
  clock.advance(3_600_000);
  expect(alarms.of(id)).toHaveLength(1);
  clock.advance(1);
  expect(alarms.of(id)).toEqual([]);
});
