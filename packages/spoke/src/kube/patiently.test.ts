import { CodedError } from '@accord/proto/coded-error';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { describe, expect, test, vi } from 'vitest';
import { patiently } from './patiently.ts';

function world() {
  const clock = new ManualClock(1);
  const stop = new AbortController();
  const log = new ListLog();
  return { clock, stop, log, wait: patiently({ clock, log }, stop.signal) };
}
const failing = (...codes: ('unavailable' | 'timeout' | 'forbidden')[]) =>
  vi.fn<() => Promise<string>>(async () => {
    const code = codes.shift();
    if (code !== undefined) throw new CodedError(code, 'no answer');
    return 'answer';
  });

describe('patiently', () => {
  test('asks once a second until there is an answer, and says so', async () => {
    const { clock, log, wait } = world();
    const attempt = failing('unavailable', 'timeout');
    const answer = wait(attempt);
    for (const times of [1, 2]) {
      await vi.waitFor(() => expect([attempt.mock.calls.length, log.lines.length]).toEqual([times, times]));
      clock.advance(999);
      await Promise.resolve();
      expect(attempt).toHaveBeenCalledTimes(times);
      clock.advance(1);
    }
    await expect(answer).resolves.toBe('answer');
  });

  test('a refusal is an answer', async () => {
    const { wait } = world();
    const attempt = failing('forbidden');
    await expect(wait(attempt)).rejects.toThrow(expect.objectContaining({ code: 'forbidden' }));
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  test('whoever is stopped does not ask again', async () => {
    const { stop, wait } = world();
    const attempt = failing('unavailable', 'unavailable', 'unavailable');
    const answer = wait(attempt);
    const ends = expect(answer).rejects.toThrow(expect.objectContaining({ code: 'unavailable' }));
    stop.abort();
    await ends;
    expect(attempt.mock.calls.length).toBeLessThanOrEqual(2);
  });
});
