import { CodedError, type ErrorCode } from '@accord/proto/coded-error';
import { createKeyPair } from '@accord/proto/keys';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { describe, expect, test, vi } from 'vitest';
import { fingerprintOf } from './credential-store.ts';
import { tryToJoin, type FirstContactDeps } from './first-contact.ts';

const { signal } = new AbortController();
const key = createKeyPair('user');

function deps(join: FirstContactDeps['hub']['join'], token: string | undefined = 't'.repeat(43)) {
  const log = new ListLog();
  const facts = () => ({ kubernetesVersion: '', spokeVersion: '', kubeSystemUid: '', platform: '', permissions: '' });
  const rest = { hubKey: '', readToken: async () => token, facts, clock: new ManualClock(1_000), log };
  return { ...rest, hub: { join, renew: vi.fn<never>() } };
}

describe('asking to be let in', () => {
  test.each<[ErrorCode, number]>([
    ['unavailable', 5_000],
    ['timeout', 5_000],
    ['unauthenticated', 30_000],
    ['forbidden', 30_000],
    ['conflict', 30_000],
    ['busy', 30_000],
  ])('after %s it waits as long as that may take to change: %i ms', async (code, retryMs) => {
    const it = deps(() => Promise.reject(new CodedError(code, 'no', { help: 'do' })));
    expect(await tryToJoin(it, key, signal)).toEqual({ retryMs });
    expect(it.log.lines).toEqual([{ level: 'error', message: 'cannot join', fields: { code, because: 'no', help: 'do', retryMs } }]);
  });

  test('while it waits for approval it shows its own fingerprint, and none that came with the answer', async () => {
    const it = deps(async () => ({ state: 'pending', cluster: 'x', fingerprint: 'of a thief' }));
    expect(await tryToJoin(it, key, signal)).toEqual({ retryMs: 15_000 });
    expect(it.log.lines[0]?.fields).toMatchObject({ fingerprint: fingerprintOf(key) });
    expect(JSON.stringify(it.log.lines)).not.toContain('thief');
  });

  test('a hub that answers with something else is not believed', async () => {
    const it = deps(async () => ({ statement: '', signature: '', publicKey: '' }));
    expect(await tryToJoin(it, key, signal)).toEqual({ retryMs: 30_000 });
  });

  test.each([
    ['none', undefined, 'neither a credential nor a join token'],
    ['one that was cut', 'abc', 'has 3 characters and should have 43'],
  ])('without a token (%s) nothing is sent', async (_claim, token, said) => {
    const join = vi.fn<() => Promise<never>>();
    const it = { ...deps(join), readToken: async () => token };
    await tryToJoin(it, key, signal);
    expect([join.mock.calls, JSON.stringify(it.log.lines)]).toEqual([[], expect.stringContaining(said)]);
  });
});
