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

/** How long a bus may be away before everything is tried: longer than any restart of a server, and at another time for each cluster. */
export function turnAfterMs(random: number): number {
  return 300_000 * (1 + random);
}

/**
 * A bus that is away says nothing of the token: a server that restarts takes it as before, and a fleet that asks its hub meanwhile is a
 * flood. So HTTPS is for a token that is over or was refused, and for what lasts.
 */
export function isRenewalDue({ nowMs, dueMs, expiresMs, isConnected, isRefused, turnAtMs }: RenewalState): boolean {
  return isConnected ? nowMs >= dueMs : isRefused || nowMs >= Math.min(expiresMs, turnAtMs);
}
