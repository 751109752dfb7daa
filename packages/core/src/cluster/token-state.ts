import type { JoinTokenFact } from '../registry/facts.ts';

export const tokenStates = ['Open', 'Pending', 'Approved', 'Rejected', 'Used', 'Expired', 'Deleted'] as const;
export type TokenState = (typeof tokenStates)[number];

/** What can still become of an invitation, or became of it. */
export function tokenState({ consumed, deletedAtMs, expiresAtMs, approval, rule }: JoinTokenFact, nowMs: number): TokenState {
  if (deletedAtMs !== undefined) return 'Deleted';
  if (consumed !== undefined || (rule !== undefined && rule.joined.length >= rule.joinsMax)) return 'Used';
  if (approval?.verdict === 'Rejected') return 'Rejected';
  if (nowMs >= expiresAtMs) return 'Expired';
  if (approval?.verdict === 'Approved') return 'Approved';
  return approval?.asked === undefined ? 'Open' : 'Pending';
}

/** Somebody may still join with it for the first time. */
export function isOpenToken(token: JoinTokenFact, nowMs: number): boolean {
  return ['Open', 'Pending', 'Approved'].includes(tokenState(token, nowMs));
}
