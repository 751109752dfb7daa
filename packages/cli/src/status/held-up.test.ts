import { states } from '@accord/core/status/states';
import { expect, test } from 'vitest';
import { isHeldUp } from './held-up.ts';

test('held up is what the table of states calls stalled', () => {
  const stalled = Object.entries(states).flatMap(([state, meaning]) => (meaning.stalled ? [state] : []));
  expect(Object.keys(states).filter(isHeldUp)).toEqual(stalled);
});
