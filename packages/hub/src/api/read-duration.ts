import { parseDuration } from '@accord/proto/duration';
import { Refusal } from './refusal.ts';

/** `1h30m` in milliseconds. Rejects with `invalid` and the place where it stands. */
export function readDuration(text: string, path: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  throw new Refusal('invalid', `${path}: this is no duration`, { status: 400, help: 'Write it like 30s, 15m or 1h30m.' });
}
