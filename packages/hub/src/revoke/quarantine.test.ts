import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { expect, test } from 'vitest';
import { Quarantine, quarantineMs } from './quarantine.ts';

function world(lastIat = 0) {
  const clock = new ManualClock(1_000_000_000_000);
  const log = new ListLog();
  const done: string[] = [];
  const quarantine = new Quarantine({
    identity: { revoke: async (key, until) => void done.push(`revoke ${key} until ${until}`), lastIat: () => lastIat },
    connections: { kick: async (key) => void done.push(`kick ${key}`), kickAll: async (key) => void done.push(`kick all ${key}`) },
    clock,
    log,
  });
  return { clock, log, quarantine, done };
}

test('a key in quarantine is cut, its tokens are dead, and that is told once', async () => {
  const { log, quarantine, done } = world();
  await quarantine.put('U1', 'many messages');
  await quarantine.put('U1', 'many messages');
  expect(done).toEqual(['kick U1', 'revoke U1 until 1000000000', 'kick all U1']);
  expect(log.lines.map(({ level, message }) => `${level} ${message}`)).toEqual(['error a key floods the bus and is in quarantine']);
});

test('a token that was made ahead of the clock is dead as well', async () => {
  const { quarantine, done } = world(1_000_000_030);
  await quarantine.put('U1', 'many messages');
  expect(done).toContain('revoke U1 until 1000000030');
});

test('it gets no credential for ten minutes, and others do', async () => {
  const { clock, quarantine } = world();
  await quarantine.put('U1', 'many messages');
  expect(() => quarantine.require('U2')).not.toThrow();
  clock.advance(quarantineMs - 1);
  expect(() => quarantine.require('U1')).toThrow(expect.objectContaining({ code: 'busy' }));
  clock.advance(1);
  expect(() => quarantine.require('U1')).not.toThrow();
});
