import { parseDuration as durationOf } from '@accord/proto/duration';
import { InvalidArgumentError } from 'commander';

/** Milliseconds of `500ms`, `30s`, `5m` or `1h30m`; for a flag of the command line. */
export function parseDuration(text: string): number {
  const ms = durationOf(text);
  if (ms === undefined) throw new InvalidArgumentError('Write a duration such as 30s, 5m or 1h30m.');
  return ms;
}

/** As written, for the hub, which reads the text itself: a mistake is better told before anything is sent. */
export function checkedDuration(text: string): string {
  parseDuration(text);
  return text;
}

/** A number of clusters, or `all`. */
export function parseOfflineMax(text: string): number {
  if (text === 'all') return Infinity;
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Write a number of clusters, or all.');
  return Number(text);
}
