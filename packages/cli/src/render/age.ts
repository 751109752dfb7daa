const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Time since, in the words of kubectl: `42s`, `5m12s`, `17m`, `3h20m`, `27h`, `3d4h`, `12d`. Source: k8s.io/apimachinery, duration.HumanDuration. */
export function renderAge(elapsedMs: number): string {
  if (elapsedMs < 2 * minute) return `${Math.max(0, Math.floor(elapsedMs / second))}s`;
  if (elapsedMs < 10 * minute) return pair(elapsedMs, minute, 'm', second, 's');
  if (elapsedMs < 3 * hour) return `${Math.floor(elapsedMs / minute)}m`;
  if (elapsedMs < 8 * hour) return pair(elapsedMs, hour, 'h', minute, 'm');
  if (elapsedMs < 2 * day) return `${Math.floor(elapsedMs / hour)}h`;
  if (elapsedMs < 8 * day) return pair(elapsedMs, day, 'd', hour, 'h');
  return `${Math.floor(elapsedMs / day)}d`;
}

/** Age of a moment in RFC 3339; `<unknown>` for what is none. */
export function ageOf(time: string | undefined, nowMs: number): string {
  const ms = time === undefined ? NaN : Date.parse(time);
  return Number.isNaN(ms) ? '<unknown>' : renderAge(nowMs - ms);
}

function pair(elapsedMs: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((elapsedMs % large) / small);
  return `${Math.floor(elapsedMs / large)}${largeName}${rest === 0 ? '' : `${rest}${smallName}`}`;
}
