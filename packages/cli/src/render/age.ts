import { humanDuration } from '@accord/proto/human-duration';

/** Age of a moment in RFC 3339; `<unknown>` for what is none. */
export function ageOf(time: string | undefined, nowMs: number): string {
  const ms = time === undefined ? NaN : Date.parse(time);
  return Number.isNaN(ms) ? '<unknown>' : humanDuration(nowMs - ms);
}
