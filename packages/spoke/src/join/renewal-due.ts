/** What decides whether the next token is asked for: over the bus while it is there, else over HTTPS. */
export interface RenewalState {
  readonly nowMs: number;
  /** Of the token in use. Drawn once for each: whoever draws anew at each look renews at the first that comes out early. */
  readonly dueMs: number;
  readonly expiresMs: number;
  readonly isConnected: boolean;
  /** The bus did not let in whoever showed this token. */
  readonly isRefused: boolean;
  /** Without a connection from then on, for whatever reason, the hub is asked on the other way. */
  readonly turnAtMs: number;
}

/** Around half of the life of a token, ten percent of that to both sides, so that a fleet that joined at once renews in two hours and a half. */
export function renewalDueMs({ iat, exp }: { readonly iat: number; readonly exp: number }, random: number): number {
  return (iat + (exp - iat) * (0.45 + 0.1 * random)) * 1_000;
}

const turnMs = { first: 20_000, max: 600_000 } as const;

/**
 * How long a bus may be away before everything is tried: longer than a restart of a server, and at another time for each cluster. Each
 * time without success (`turns`) it is longer: a fleet whose bus is away for hours must not ask its hub all the while.
 */
export function turnAfterMs(random: number, turns: number): number {
  return Math.min(turnMs.first * 2 ** turns, turnMs.max) * (1 + random);
}

/**
 * A bus that is away says nothing of the token: a server that restarts takes it as before, and a fleet that asks its hub meanwhile is a
 * flood. So HTTPS is for a token that is over or was refused, and for what lasts.
 */
export function isRenewalDue({ nowMs, dueMs, expiresMs, isConnected, isRefused, turnAtMs }: RenewalState): boolean {
  return isConnected ? nowMs >= dueMs : isRefused || nowMs >= Math.min(expiresMs, turnAtMs);
}
