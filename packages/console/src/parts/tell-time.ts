const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** How long ago, in its largest unit: `3m`. What lies ahead by the clock of this browser is now. */
export function tellAge(atMs: number, nowMs: number): string {
  const ageMs = Math.max(0, nowMs - atMs);
  const [unit, sizeMs] = units.find(([, size]) => ageMs >= size) ?? ['s', 1_000];
  return `${Math.floor(ageMs / sizeMs)}${unit}`;
}

/** Milliseconds for people, with about three digits: `0.42 ms`, `17.3 ms`, `1.20 s`, `3 min 5 s`. */
export function tellMs(ms: number): string {
  const size = Math.abs(ms);
  if (size < 1) return `${ms.toFixed(2)} ms`;
  if (size < 100) return `${ms.toFixed(1)} ms`;
  if (size < 1_000) return `${Math.round(ms)} ms`;
  if (size < 60_000) return `${(ms / 1_000).toFixed(size < 10_000 ? 2 : 1)} s`;
  return `${Math.trunc(ms / 60_000)} min ${Math.round((size % 60_000) / 1_000)} s`;
}
