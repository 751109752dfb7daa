import type { Row } from '@accord/proto/api';
import { expect, test } from 'vitest';
import { heldRemoval } from './held-removal.ts';

const row = (fields: Partial<Row>): Row => ({ state: 'Stalled', reason: 'RemovalBrake', held: 0, revision: 3, ...fields }) as Row;

test('each cluster compares with its own count, so that the largest is confirmed', () => {
  expect(heldRemoval([row({ held: 12 }), row({ held: 30 }), row({ held: 7 })])).toEqual({ revision: 3, count: 30 });
});

test('nothing is offered where nothing waits', () => {
  expect(heldRemoval([row({}), row({ state: 'Applied', held: 5 }), row({ reason: 'EpochChanged', held: 5 })])).toBeUndefined();
});
