import type { AuditRecord } from '@accord/proto/messages';
import { ManualClock } from '@accord/runtime/clock';
import { expect, test } from 'vitest';
import { CallersSeen } from './callers-seen.ts';

const dayMs = 24 * 3_600_000;

function world() {
  const clock = new ManualClock(1_000);
  const told: string[] = [];
  const callers = new CallersSeen(({ actor, action, object, detail }: AuditRecord) => {
    told.push(`${actor} ${action} ${object} ${detail}`);
  }, clock);
  const see = (actor: string, address: string): void => callers.see({ actor, action: 'CallerSeen', object: 'api', address });
  return { clock, told, see, callers };
}

test('a caller is told of once a day from each address, however much he asks', () => {
  const { clock, told, see } = world();
  for (let times = 0; times < 1_000; times += 1) see('token/ci', '192.0.2.1');
  see('token/ci', '192.0.2.2');
  see('oidc/ann', '192.0.2.1');
  expect(told).toEqual([
    'token/ci CallerSeen api from 192.0.2.1',
    'token/ci CallerSeen api from 192.0.2.2',
    'oidc/ann CallerSeen api from 192.0.2.1',
  ]);
  clock.advance(dayMs);
  see('token/ci', '192.0.2.1');
  expect(told).toHaveLength(4);
});

test('one with a thousand addresses a day fills twenty-one entries', () => {
  const { told, see } = world();
  for (let address = 1; address <= 1_000; address += 1) see('token/ci', `10.0.0.${address}`);
  expect(told).toHaveLength(21);
  expect(told.at(-1)).toBe('token/ci CallerSeen api from more than 20 addresses, now from 10.0.0.21');
});

test('what else is known stands behind the address, and another act is another entry', () => {
  const { told, see, callers } = world();
  see('cluster:eu-1', '192.0.2.1');
  callers.see({ actor: 'cluster:eu-1', action: 'Connected', object: 'cluster.a', address: '192.0.2.1', detail: ', key U1' });
  expect(told[1]).toBe('cluster:eu-1 Connected cluster.a from 192.0.2.1, key U1');
});
