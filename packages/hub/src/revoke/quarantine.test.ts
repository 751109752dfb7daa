import { CodedError } from '@accord/proto/coded-error';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Quarantine, quarantineMs } from './quarantine.ts';

function world(lastIat = 0) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const clock = new ManualClock(1_000_000_000_000);
  const log = new ListLog();
  const done: string[] = [];
  /** How often each of them is not answered. */
  const unanswered = { kick: 0, revoke: 0, kickAll: 0 };
  const answer = async (what: keyof typeof unanswered, text: string): Promise<void> => {
    unanswered[what] -= 1;
    if (unanswered[what] >= 0) throw new CodedError('timeout', `${what}: no answer`);
    done.push(text);
  };
  const quarantine = new Quarantine({
    identity: { revoke: (key, until) => answer('revoke', `revoke ${key} until ${until}`), lastIat: () => lastIat },
    connections: { kick: (key) => answer('kick', `kick ${key}`), kickAll: (key) => answer('kickAll', `kick all ${key}`) },
    clock,
    log,
  });
  void quarantine.loop.run(stop.signal);
  const isDone = (last: string): Promise<void> =>
    vi.waitFor(() => {
      clock.advance(500);
      expect(done.at(-1)).toBe(last);
    });
  return { clock, log, quarantine, done, unanswered, isDone };
}

test('a key in quarantine is cut, its tokens are dead, and that is told once', async () => {
  const { log, quarantine, done, isDone } = world();
  quarantine.put('U1', 'many messages');
  quarantine.put('U1', 'many messages');
  await isDone('kick all U1');
  expect(done).toEqual(['kick U1', expect.stringMatching(/^revoke U1 until 100000000/), 'kick all U1']);
  expect(log.lines.map(({ level, message }) => `${level} ${message}`)).toEqual(['error a key floods the bus and is in quarantine']);
});

test('a server that does not cut it at once ends its tokens all the same', async () => {
  const { quarantine, done, unanswered, isDone } = world();
  unanswered.kick = 1;
  quarantine.put('U1', 'many messages');
  await isDone('kick all U1');
  expect(done).toEqual([expect.stringContaining('revoke U1'), 'kick all U1']);
});

test.each(['revoke', 'kickAll'] as const)('where %s is not answered it is cut again, until both have succeeded', async (what) => {
  const { quarantine, done, unanswered, isDone } = world();
  unanswered[what] = 3;
  quarantine.put('U1', 'many messages');
  await isDone('kick all U1');
  expect(done.filter((act) => act === 'kick U1')).toHaveLength(4);
  expect(done.at(-2)).toContain('revoke U1');
});

test('a token that was made ahead of the clock is dead as well', async () => {
  const { quarantine, done, isDone } = world(1_000_000_930);
  quarantine.put('U1', 'many messages');
  await isDone('kick all U1');
  expect(done).toContain('revoke U1 until 1000000930');
});

test('it gets no credential for ten minutes, and others do', () => {
  const { clock, quarantine } = world();
  quarantine.put('U1', 'many messages');
  expect(() => quarantine.require('U2')).not.toThrow();
  clock.advance(quarantineMs - 1);
  expect(() => quarantine.require('U1')).toThrow(expect.objectContaining({ code: 'busy' }));
  clock.advance(1);
  expect(() => quarantine.require('U1')).not.toThrow();
});
