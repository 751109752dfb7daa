import { Refusal } from './refusal.ts';

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** `1h30m` in milliseconds. Rejects with `invalid` and the place where it stands. */
export function parseDuration(text: string, path: string): number {
  if (!/^([0-9]{1,6}[smh])+$/.test(text))
    throw new Refusal('invalid', `${path}: this is no duration`, { status: 400, help: 'Write it like 30s, 15m or 1h30m.' });
  return [...text.matchAll(/([0-9]+)([smh])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * (unitMs[unit ?? ''] ?? 0), 0);
}
