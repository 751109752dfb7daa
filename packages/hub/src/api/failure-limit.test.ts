import { ManualClock } from '@accord/runtime/clock';
import { expect, test } from 'vitest';
import { FailureLimit } from './failure-limit.ts';

test('ten failures of an address within a minute stop it, and nobody else, for a minute', () => {
  const clock = new ManualClock(1_000_000);
  const limit = new FailureLimit(clock);
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    limit.require('10.0.0.1');
    limit.fail('10.0.0.1');
  }
  expect(() => limit.require('10.0.0.1')).toThrow('10 attempts from 10.0.0.1 failed within a minute');
  limit.require('10.0.0.2');
  clock.advance(60_000);
  limit.require('10.0.0.1');
});
