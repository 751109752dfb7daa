import { ManualClock } from '@accord/runtime/clock';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Caller } from '../auth.ts';
import { CallerSecrets } from './caller-secrets.ts';

let clock: ManualClock;
let secrets: CallerSecrets;
beforeEach(() => {
  clock = new ManualClock(1_000_000);
  secrets = new CallerSecrets({ clock, lifeMs: 1_000, countMax: 4, perActorMax: 2 });
});

const caller = (actor: string, change: Partial<Caller> = {}): Caller => ({
  ...{ actor, access: { whole: 'viewer', bindings: [] }, expiresAtMs: undefined, isStillKnown: () => true },
  ...change,
});

describe('a secret', () => {
  test('stands for its caller until its life is over', () => {
    const { secret, expiresAtMs } = secrets.issue(caller('a'));
    expect([secret.length, expiresAtMs]).toEqual([43, 1_001_000]);
    const found = secrets.find(secret);
    expect([found?.actor, found?.isStillKnown()]).toEqual(['a', true]);
    clock.advance(999);
    expect(secrets.find(secret)?.actor).toBe('a');
    clock.advance(1);
    expect([found?.isStillKnown(), secrets.find(secret), secrets.take(secret)]).toEqual([false, undefined, undefined]);
  });

  test('never outlives the token of its caller', () => {
    const { secret, expiresAtMs } = secrets.issue(caller('a', { expiresAtMs: 1_000_300 }));
    expect(expiresAtMs).toBe(1_000_300);
    clock.advance(300);
    expect(secrets.find(secret)).toBeUndefined();
  });

  test('is nothing as soon as its caller is not known any more', () => {
    let isKnown = true;
    const { secret } = secrets.issue(caller('a', { isStillKnown: () => isKnown }));
    const found = secrets.find(secret);
    isKnown = false;
    expect([found?.isStillKnown(), secrets.find(secret)]).toEqual([false, undefined]);
  });

  test('that was taken is gone, for whoever found it before too', () => {
    const { secret } = secrets.issue(caller('a'));
    const found = secrets.find(secret);
    expect(secrets.take(secret)?.actor).toBe('a');
    expect([found?.isStillKnown(), secrets.take(secret), secrets.find(secret)]).toEqual([false, undefined, undefined]);
  });
});

describe('too many', () => {
  const alive = (...issued: readonly { readonly secret: string }[]) =>
    issued.map(({ secret }) => secrets.find(secret)?.actor ?? '-').join(' ');

  test('of one caller: his own goes that was not used for longest', () => {
    const other = secrets.issue(caller('b'));
    const [first, second] = [secrets.issue(caller('a')), secrets.issue(caller('a'))];
    secrets.find(first.secret);
    const third = secrets.issue(caller('a'));
    expect(alive(other, first, second, third)).toBe('b a - a');
  });

  test('of all callers: the one that was not used for longest goes', () => {
    const [a, b, c, d] = [secrets.issue(caller('a')), secrets.issue(caller('b')), secrets.issue(caller('c')), secrets.issue(caller('d'))];
    secrets.find(a.secret);
    const e = secrets.issue(caller('e'));
    expect(alive(a, b, c, d, e)).toBe('a - c d e');
  });

  test('what is over makes room first', () => {
    const short = secrets.issue(caller('x', { expiresAtMs: 1_000_001 }));
    const rest = [secrets.issue(caller('a')), secrets.issue(caller('b')), secrets.issue(caller('c'))];
    secrets.find(short.secret);
    clock.advance(1);
    const last = secrets.issue(caller('d'));
    expect(alive(short, ...rest, last)).toBe('- a b c d');
  });
});
