import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '@accord/proto/coded-error';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { expect, test } from 'vitest';
import { HubCredentials } from './hub-credentials.ts';
import { openKeyRing } from './key-ring.ts';
import { openToken } from './token.ts';

const keys = openKeyRing(join(mkdtempSync(join(tmpdir(), 'accord-hub-')), 'keys'), { mayCreate: true });
const minuteMs = 60_000;

function create() {
  const clock = new ManualClock(1_795_440_000_000);
  const log = new ListLog();
  const credentials = new HubCredentials({ keys, role: 'hub', clock, log });
  /** Lets everything that woke up run to its next wait. */
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return { clock, log, credentials, pass };
}

test('each login gets a fresh token of one hour for the same key', () => {
  const { clock, credentials } = create();
  const first = credentials.current();
  clock.advance(30 * minuteMs);
  const second = credentials.current();
  expect(second.key).toBe(first.key);
  const [a, b] = [first, second].map(({ jwt }) => openToken(jwt, keys.hubSigning));
  expect([a?.exp, b?.exp]).toEqual([1_795_443_600, 1_795_445_400]);
  expect(b?.sub).toBe(first.key.publicKey);
});

test('a hub logs in again before its token expires, counted from its last login', async () => {
  const { credentials, pass } = create();
  let logins = 0;
  const stop = new AbortController();
  credentials.current();
  const running = credentials.keepAlive(async () => void (credentials.current(), (logins += 1)), stop.signal);
  await pass(44 * minuteMs);
  expect(logins).toBe(0);
  // A broken connection was dialled again in between.
  credentials.current();
  await pass(2 * minuteMs);
  expect(logins).toBe(0);
  await pass(43 * minuteMs);
  expect(logins).toBe(1);
  await pass(45 * minuteMs);
  expect(logins).toBe(2);
  stop.abort();
  await running;
});

test('a login that fails is tried again every ten seconds', async () => {
  const { credentials, pass, log } = create();
  let attempts = 0;
  const stop = new AbortController();
  credentials.current();
  const reconnect = async (): Promise<void> => {
    attempts += 1;
    throw new CodedError('unavailable', 'no server');
  };
  const running = credentials.keepAlive(reconnect, stop.signal);
  for (const ms of [45 * minuteMs, 10_000, 10_000]) await pass(ms);
  expect(attempts).toBe(3);
  expect(log.lines.map(({ message }) => message)).toEqual(Array.from({ length: 3 }, () => 'hub login was not renewed'));
  stop.abort();
  await running;
});
