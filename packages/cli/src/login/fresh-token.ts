import type { Environment } from '../config.ts';
import { keepLogin, keptLogin } from './kept-login.ts';
import { refresh } from './log-in.ts';

/** A request may take this long to arrive, and clocks differ. */
const marginMs = 30_000;

/** The token of the kept login, made anew when it is about to end. Undefined where nobody has logged in. */
export function loginToken(env: Environment, url: string, now: () => number): (() => Promise<string>) | undefined {
  const first = keptLogin(env, url);
  if (first === undefined) return undefined;
  return async () => {
    // Another command may have renewed it meanwhile.
    const kept = keptLogin(env, url) ?? first;
    if (kept.expiresAtMs > now() + marginMs) return kept.token;
    const next = await refresh(kept, now());
    keepLogin(env, url, next);
    return next.token;
  };
}
