import { expect, test } from 'vitest';
import { describeFight, type Fight } from './fight.ts';

const fight: Fight = { manager: 'helm', operation: 'Update', times: 7, sinceMs: 0, untilMs: 60_500 };

const cases: [claim: string, fight: Fight, text: string][] = [
  [
    'a fight names the other writer, how often, and the next heal',
    fight,
    'undone 7 times since 1970-01-01T00:00:00.000Z, last by helm (Update); the next heal is at 1970-01-01T00:01:00.500Z',
  ],
  [
    'who takes the object away leaves no name',
    { ...fight, manager: '', operation: 'Delete' },
    'undone 7 times since 1970-01-01T00:00:00.000Z, last by somebody (Delete); the next heal is at 1970-01-01T00:01:00.500Z',
  ],
  [
    'nor does who takes only a field away',
    { ...fight, manager: '', operation: '' },
    'undone 7 times since 1970-01-01T00:00:00.000Z, last by somebody; the next heal is at 1970-01-01T00:01:00.500Z',
  ],
];
test.each(cases)('%s', (_claim, given, text) => expect(describeFight(given)).toBe(text));
