import { InvalidArgumentError } from 'commander';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `500ms`, `30s`, `5m` or `1h30m`; for a flag of the command line. */
export function parseDuration(text: string): number {
  const parts = [...text.matchAll(/(\d+)(ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw new InvalidArgumentError('Write a duration such as 30s, 5m or 1h30m.');
  }
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0), 0);
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
