import { describe, expect, test } from 'vitest';
import { states } from './states.ts';

describe('the table of states', () => {
  test('says of each state what the standard conditions say', () => {
    const lines = Object.entries(states).map(
      ([state, { ready, reconciling, stalled }]) => `${state} ${ready} ${reconciling ? 'reconciling' : '-'} ${stalled ? 'stalled' : '-'}`,
    );
    expect(lines).toEqual([
      'Pending Unknown reconciling -',
      'Received False reconciling -',
      'Applying False reconciling -',
      'Applied True - -',
      'Drifted False - -',
      'Retrying False reconciling -',
      'Failed False - stalled',
      'Refused False - stalled',
      'Shadowed Unknown - -',
      'Blocked False - stalled',
      'Stopped Unknown - -',
      'Stalled False - stalled',
      'Removing False reconciling -',
      'Removed False - -',
    ]);
  });
});
