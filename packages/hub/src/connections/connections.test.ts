import { CodedError } from '@accord/proto/coded-error';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { expect, test } from 'vitest';
import { Connections } from './connections.ts';
import { FakeMonitor } from './fake-monitor.ts';

async function world() {
  const clock = new ManualClock(1_000);
  const monitor = new FakeMonitor();
  const log = new ListLog();
  const moment = () => ({ atMs: clock.now(), awakeMs: clock.now() });
  const connections = new Connections({ monitor, moment, log });
  const { signal } = new AbortController();
  return { clock, monitor, log, connections, signal };
}

test('what was open before the hub came is read, page by page, and what comes and goes is heard', async () => {
  const { monitor, connections, signal } = await world();
  const before = Array.from({ length: 5 }, (_, n) => monitor.connect(`U${n}`));
  await connections.follow(signal);
  await expect.poll(() => connections.count).toBe(5);
  monitor.connect('U9');
  if (before[0] !== undefined) monitor.disconnect(before[0]);
  expect([connections.count, connections.openOf('U9').length, connections.openOf('U0').length]).toEqual([5, 1, 0]);
});

test('connections that cannot be read now do not stop the hub', async () => {
  const { monitor, log, connections, signal } = await world();
  monitor.failure = new CodedError('timeout', 'no answer');
  await connections.follow(signal);
  await expect.poll(() => log.lines.map(({ message }) => message)).toEqual(['the open connections were not read; they will be']);
});

test('a key is cut wherever it is connected, and nobody else is', async () => {
  const { monitor, connections, signal } = await world();
  await connections.follow(signal);
  const [one, two] = [monitor.connect('U1'), monitor.connect('U1')];
  monitor.connect('U2');
  await connections.kick('U1');
  expect(monitor.kicked).toEqual([one.cid, two.cid]);
  expect(connections.count).toBe(1);
});

test('a connection of which no event told is found at the server', async () => {
  const { monitor, connections, signal } = await world();
  await connections.follow(signal);
  const unheard = monitor.connect('U1', { isHeard: false });
  await connections.kick('U1');
  expect(monitor.kicked).toEqual([unheard.cid]);
});

test('who comes straight back is cut again, until he is not let in any more', async () => {
  const { monitor, connections } = await world();
  let isLetIn = 3;
  monitor.onKick = ({ key }) => {
    isLetIn -= 1;
    if (isLetIn > 0) monitor.connect(key);
  };
  monitor.connect('U1');
  await connections.kickAll('U1');
  expect([monitor.kicked.length, monitor.open.size]).toEqual([3, 0]);
});

test('who is let in again and again is an error, and no endless loop', async () => {
  const { monitor, connections } = await world();
  monitor.onKick = ({ key }) => void monitor.connect(key);
  monitor.connect('U1');
  await expect(connections.kickAll('U1')).rejects.toMatchObject({ code: 'conflict' });
});
