import { Refusal } from './refusal.ts';

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** `1h30m` in milliseconds. Rejects with `invalid` and the place where it stands. */
export function parseDuration(text: string, path: string): number {
  if (!/^([0-9]{1,6}[smh])+$/.test(text))
    throw new Refusal('invalid', `${path}: this is no duration`, { status: 400, help: 'Write it like 30s, 15m or 1h30m.' });
  return [...text.matchAll(/([0-9]+)([smh])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * (unitMs[unit ?? ''] ?? 0), 0);
}

/** As kubectl shows ages: `42s`, `17m`, `3h5m`, `2d4h`, `63d`, `2y40d`. Source: k8s.io/apimachinery, duration.HumanDuration. */
export function humanDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (seconds < 120) return `${seconds}s`;
  if (minutes < 10) return withRest(minutes, 'm', seconds % 60, 's');
  if (hours < 3) return `${minutes}m`;
  if (hours < 8) return withRest(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  if (hours < 192) return withRest(days, 'd', hours % 24, 'h');
  if (days < 730) return `${days}d`;
  return withRest(Math.floor(days / 365), 'y', days % 365, 'd');
}

function withRest(count: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${count}${unit}` : `${count}${unit}${rest}${restUnit}`;
}
