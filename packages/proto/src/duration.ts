const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `500ms`, `30s`, `15m` or `1h30m`; undefined for what is no duration. */
export function parseDuration(text: string): number | undefined {
  if (!/^([0-9]{1,6}(ms|[smh]))+$/.test(text)) return undefined;
  return [...text.matchAll(/([0-9]+)(ms|[smh])/g)].reduce((sum, [, count, unit = '']) => sum + Number(count) * (unitMs[unit] ?? 0), 0);
}
