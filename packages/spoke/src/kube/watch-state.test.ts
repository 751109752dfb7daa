import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connecting, nextWatchState, reconnectMs, type WatchInput, type WatchState } from './watch-state.ts';

const version = (resourceVersion: string): WatchInput => ({ saw: 'version', resourceVersion });
const listed = (resourceVersion: string): WatchInput => ({ saw: 'listed', resourceVersion });
const refused = (status: number): WatchInput => ({ saw: 'refused', status });
const opened: WatchInput = { saw: 'opened' };
const closed: WatchInput = { saw: 'closed' };
const failed: WatchInput = { saw: 'failed' };
const expired: WatchInput = { saw: 'expired' };
const times = (count: number, input: WatchInput): WatchInput[] => Array.from({ length: count }, () => input);

describe('the watch', () => {
  const cases: [name: string, inputs: WatchInput[], state: string][] = [
    ['opens and collects', [opened], 'initial'],
    ['an initial event is no position yet', [opened, version('5')], 'initial'],
    ['is live from the end bookmark on', [opened, version('5'), listed('9')], 'live 9'],
    ['moves on with each event and bookmark', [opened, listed('9'), version('12')], 'live 12'],
    ['a connection that breaks while collecting starts over', [opened, version('5'), closed], 'connect, 1 failure'],
    ['a closed live watch resumes at once from where it was', [opened, listed('9'), closed], 'resume 9'],
    ['and is live again with the next event', [opened, listed('9'), closed, opened, version('12')], 'live 12'],
    [
      'a resumed watch that closes without a word waits longer each time',
      [opened, listed('9'), closed, opened, closed, opened, closed],
      'resume 9, 2 failures',
    ],
    ['too old a version starts over at once', [opened, listed('9'), closed, opened, expired], 'connect, 1 failure'],
    ['too old a version of a live watch is no failure', [opened, listed('9'), expired], 'connect'],
    ['an error in the stream is waited out from the same version', [opened, listed('9'), failed], 'resume 9, 1 failure'],
    ['a version that never works any more is given up', [opened, listed('9'), ...times(6, failed)], 'connect, 6 failures'],
    [
      'a server that was away for long is asked from the same version',
      [opened, listed('9'), ...times(51, closed)],
      'resume 9, 50 failures',
    ],
    ['an overloaded server is asked again from the same version', [opened, listed('9'), closed, refused(429)], 'resume 9, 1 failure'],
    ['a server that does not stream initial lists is listed page by page', [refused(422)], 'connect, paged'],
    ['after the pages it is live', [refused(400), listed('9')], 'live 9, paged'],
    ['and stays with pages when it starts over', [refused(422), listed('9'), expired], 'connect, paged'],
    ['a refusal may pass: the server has not read its roles yet', times(4, refused(403)), 'connect, 4 failures'],
    ['a refusal that stays is told', times(5, refused(403)), 'refused 403'],
    ['a server that was away and has not read its roles is no refusal', [...times(9, closed), refused(403)], 'connect, 10 failures'],
    [
      'and asked on for as long as it goes away in between',
      [...times(4, refused(403)), closed, ...times(4, refused(403))],
      'connect, 9 failures',
    ],
    ['a kind that is not there is told', [opened, listed('9'), closed, ...times(5, refused(404))], 'refused 404'],
    ['a server that is not there is asked for ever', times(100, closed), 'connect, 100 failures'],
    [
      'after a good connection failures are forgotten',
      [...times(4, refused(403)), opened, listed('9'), closed, refused(403)],
      'resume 9, 1 failure',
    ],
  ];
  test.each(cases)('%s', (_name, inputs, state) => {
    expect(render(inputs.reduce(nextWatchState, connecting))).toBe(state);
  });

  test('pauses double from below 0.8 s to below 30 s', () => {
    const longest = (failures: number): number => reconnectMs({ ...connecting, failures }, () => 1);
    expect([0, 1, 2, 3, 6, 7, 50].map(longest)).toEqual([0, 800, 1_600, 3_200, 25_600, 30_000, 30_000]);
  });

  test('a refusal is given up after six seconds at the earliest, however long the server was away before', () => {
    const pauses = (refusals: number): number => reconnectMs({ ...connecting, failures: 50, refusals }, () => 0);
    expect([1, 2, 3, 4].map(pauses)).toEqual([400, 800, 1_600, 3_200]);
  });

  test('property: whatever comes, a position is only ever one that was seen', () => {
    const input = fc.oneof(
      fc.constantFrom(opened, closed, failed, expired, refused(429), refused(403), refused(422)),
      fc.integer({ min: 1, max: 99 }).map((at) => version(String(at))),
      fc.integer({ min: 1, max: 99 }).map((at) => listed(String(at))),
    );
    fc.assert(
      fc.property(fc.array(input), (inputs) => {
        const seen = new Set(inputs.flatMap((one) => ('resourceVersion' in one ? one.resourceVersion : [])));
        const state = inputs.reduce(nextWatchState, connecting);
        if ('resourceVersion' in state) expect(seen.has(state.resourceVersion)).toBe(true);
      }),
    );
  });
});

function render(state: WatchState): string {
  if (state.phase === 'refused') return `refused ${state.status}`;
  const position = 'resourceVersion' in state ? ` ${state.resourceVersion}` : '';
  const failures = 'failures' in state && state.failures > 0 ? `, ${state.failures} failure${state.failures > 1 ? 's' : ''}` : '';
  return `${state.phase}${position}${state.paged ? ', paged' : ''}${failures}`;
}
