import { describe, expect, test } from 'vitest';
import { changeEveryMs, decidePublish, startPublishing, type PublishState, type Seen } from './publish-status.ts';

const facts = { name: 'eu-1', isRevoked: false, kubernetesVersion: 'v1.36.3', platform: 'linux/amd64', capacity: undefined, hasRoom: true };
const live = { state: 'live' } as const;
const offline = { state: 'offline', sinceMs: 0 } as const;
const unknown = { state: 'unknown' } as const;

/** Looks at a cluster at each of these times, in seconds, and says what was told: `ready@second`, `-` for nothing new. */
function told(
  looks: readonly (readonly [second: number, connection: Seen['connection'], more?: Partial<Seen>])[],
  from?: PublishState,
): string {
  let state = from ?? startPublishing(undefined, 0);
  return looks
    .map(([second, connection, more]) => {
      const before = state.told;
      ({ state } = decidePublish(state, { ...facts, connection, nowMs: second * 1_000, ...more }));
      return state.told === before ? '-' : `${state.told?.ready} ${state.told?.reason}@${(state.told?.sinceMs ?? 0) / 1_000}`;
    })
    .join(', ');
}

describe('what other clusters are told of one', () => {
  test('is told once for each thing that is new', () =>
    expect(
      told([
        [0, unknown],
        [1, live],
        [2, live],
        [60, offline],
        [61, offline],
        [70, live],
      ]),
    ).toBe('Unknown NotHeardYet@0, True Connected@1, -, False Offline@60, -, True Connected@70'));

  test('stays as it was while a hub that has just started knows nothing', () => {
    const before = decidePublish(startPublishing(undefined, 0), { ...facts, connection: live, nowMs: 0 }).state.told;
    expect(
      told(
        [
          [1, unknown],
          [2, unknown, { kubernetesVersion: '' }],
          [3, live],
          [4, offline],
        ],
        startPublishing(before, 1_000),
      ),
    ).toBe('-, -, -, False Offline@4');
  });

  test('waits for room, and then only the last of it is told', () => {
    const hasRoom = false;
    expect(
      told([
        [0, live],
        [60, offline, { hasRoom }],
        [70, live, { hasRoom }],
        [71, live],
        [80, offline, { hasRoom }],
        [90, offline],
      ]),
    ).toBe('True Connected@0, -, -, -, -, False Offline@90');
    const seen = { ...facts, connection: live, hasRoom, nowMs: 0 };
    expect(decidePublish(startPublishing(undefined, 0), seen)).toMatchObject({ state: { told: undefined }, isWaiting: true });
  });

  test('of one whose access is taken away nothing is said but that', () =>
    expect(
      told([
        [0, live],
        [40, live, { isRevoked: true }],
        [41, unknown, { isRevoked: true }],
      ]),
    ).toBe('True Connected@0, False Revoked@40, -'));

  test('a new version keeps the time since when it is ready', () =>
    expect(
      told([
        [0, live],
        [40, live, { kubernetesVersion: 'v1.37.0' }],
      ]),
    ).toBe('True Connected@0, True Connected@0'));

  test('a spoke that lies without cease is told once in ten seconds, after six times at once', () => {
    let state = startPublishing(undefined, 0);
    let changes = 0;
    for (let second = 0; second < 600; second += 1) {
      const before = state.told;
      ({ state } = decidePublish(state, { ...facts, connection: live, kubernetesVersion: `v${second}`, nowMs: second * 1_000 }));
      if (state.told !== before) changes += 1;
    }
    expect(changes).toBe(6 + Math.floor((599 * 1_000) / changeEveryMs));
  });

  test('what had to wait is asked for again, and is then what holds at that time', () => {
    let state = startPublishing(undefined, 0);
    for (let at = 0; at < 6; at += 1) ({ state } = decidePublish(state, { ...facts, connection: live, platform: `p${at}`, nowMs: 0 }));
    const late = decidePublish(state, { ...facts, connection: offline, nowMs: 0 });
    expect(late.isWaiting).toBe(true);
    expect(late.state.told?.ready).toBe('True');
    const later = decidePublish(late.state, { ...facts, connection: offline, nowMs: changeEveryMs });
    expect(later).toMatchObject({ isWaiting: false, state: { told: { ready: 'False' } } });
  });

  test('a cluster that comes and goes all the time is not ready until it has been quiet', () => {
    const looks = Array.from({ length: 12 }, (_, at) => [100 + at * 5, at % 2 === 0 ? offline : live] as const);
    const before = decidePublish(startPublishing(undefined, 0), { ...facts, connection: live, nowMs: 0 }).state;
    const said = told([...looks, [160, live], [186, live]], before).split(', ');
    expect(said.slice(6, 13).every((text) => !text.startsWith('True'))).toBe(true);
    expect(said.some((text) => text.startsWith('False Flapping'))).toBe(true);
    expect(said.at(-1)).toBe('True Connected@186');
  });
});
