import { expect, test } from 'vitest';
import { diagnoseBus } from './diagnose-bus.ts';

const clusters = { total: 2, live: 1, offline: 1, unknown: 0, behind: 0, stuck: 0 };
const onlyHere = 'which reaches this machine only; for others start the hub with --nats-listen 0.0.0.0:4222 --nats-advertise HOST:4222';

test.each([
  ['an address for others', ['tls://bus.example.net:4222'], 0, ['ok clusters dial tls://bus.example.net:4222']],
  [
    'one of two for others',
    ['tls://127.0.0.1:1', 'tls://[2001:db8::1]:2'],
    1,
    ['ok clusters dial tls://127.0.0.1:1, tls://[2001:db8::1]:2'],
  ],
  ['this machine alone', ['tls://127.0.0.1:4222'], 0, [`ok clusters dial tls://127.0.0.1:4222, ${onlyHere}`]],
  ['this machine alone, and somebody never came', ['tls://[::1]:4222'], 1, [`warn clusters dial tls://[::1]:4222, ${onlyHere}`]],
  ['a hub that does not tell', [], 1, []],
])('%s', (_name, busServers, unknown, said) => {
  const found = diagnoseBus({ busServers, clusters: { ...clusters, unknown } });
  expect(found.map(({ level, text }) => `${level} ${text}`)).toEqual(said);
});
