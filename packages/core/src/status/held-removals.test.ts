import { expect, test } from 'vitest';
import { countHeld, heldRemovals, wholeWaits } from './held-removals.ts';

const row = (fields: object): Parameters<typeof heldRemovals>[0][number] => ({
  state: 'Stalled',
  reason: 'RemovalBrake',
  held: 0,
  revision: 3,
  ...fields,
});

test('each cluster compares with its own count, so that the largest is confirmed', () => {
  expect(heldRemovals([row({ held: 12 }), row({ held: 30 }), row({ held: 7 })])).toMatchObject({ revision: 3, count: 30 });
});

test('nothing is offered where nothing waits', () => {
  const rows = [
    row({}),
    row({ state: 'Applied', held: 5 }),
    row({ reason: 'EpochChanged', held: 5 }),
    row({ reason: 'Fighting', held: 5 }),
  ];
  expect(heldRemovals(rows)).toEqual({ held: [], count: 0, revision: 0 });
});

const waiting = (object: string, message = 'waits for a person') => ({ state: 'Stalled', object, message });
const whole = (name: string, seen = '') => waiting(`/Namespace//${name}`, wholeWaits(seen));

test.each<[claim: string, problems: ReturnType<typeof waiting>[], words: string]>([
  ['objects alone', [waiting('/ConfigMap/n/m')], '3 objects'],
  ['a Namespace that goes when it is empty', [waiting('/Namespace//a')], '3 objects (with Namespace a)'],
  ['one that goes with everything in it', [whole('a')], '3 objects (with Namespace a and everything in it)'],
  ['and what is seen there', [whole('a', 'Pod x among it')], '3 objects (with Namespace a and everything in it, Pod x among it)'],
  ['several', [whole('a', 'Pod x among it'), whole('b')], '3 objects (with Namespaces a, b and everything in them)'],
  ['some of several', [waiting('/Namespace//a'), whole('b')], '3 objects (with Namespaces a, b and everything in b)'],
])('counts %s', (_claim, problems, words) => expect(countHeld({ held: 3, problems })).toBe(words));
