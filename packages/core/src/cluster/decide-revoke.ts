/** A cluster's access is taken away: decided here, asked everywhere where something is minted, renewed or believed. */
import { CodedError } from '@accord/proto/coded-error';
import { draft, type Draft } from '../registry/draft.ts';
import type { ClusterFact } from '../registry/facts.ts';
import type { Recorded } from '../registry/registry.ts';

/**
 * How far renewals may carry the `iat` of a key's tokens ahead of the clock: each is a second later than the one before, and nobody needs
 * more than one a second for longer than that.
 */
export const iatAheadSecondsMax = 60;

/** Takes the access away. Nothing to do where that was done. The record stays, and nothing is told to the cluster. */
export function decideRevoke({ body, seq }: Recorded<ClusterFact>, nowMs: number): readonly Draft[] {
  if (body.revokedAtMs !== undefined) return [];
  return [draft('cluster', body.id, 'ClusterRevoked', { ...body, revokedAtMs: nowMs }, seq, `cluster/${body.name}@revoked`)];
}

/**
 * The second up to which tokens of its key are dead; undefined while the cluster has its access.
 *
 * Beyond the newest token that can have been made: a token whose `iat` lies ahead must not outlive the revocation. It follows from the fact
 * alone, so that a hub that was started again asks for the same.
 */
export function revokedUntil({ revokedAtMs, tokenFloor }: Pick<ClusterFact, 'revokedAtMs' | 'tokenFloor'>): number | undefined {
  if (revokedAtMs === undefined) return undefined;
  // Twice: a relabel begins a minute of its own.
  return Math.max(Math.floor(revokedAtMs / 1_000), tokenFloor) + 2 * iatAheadSecondsMax;
}

/** Rejects with `forbidden`, and says how it joins again. */
export function requireNotRevoked({ name, revokedAtMs }: Pick<ClusterFact, 'name' | 'revokedAtMs'>): void {
  if (revokedAtMs === undefined) return;
  throw new CodedError('forbidden', `the access of cluster ${name} was revoked at ${new Date(revokedAtMs).toISOString()}`, {
    help: revokedHelp(name),
  });
}

/** What somebody does who wants it back. The spoke makes a new key for the new token by itself. */
export function revokedHelp(name: string): string {
  return `To let it join again: accord cluster add ${name} --replace, and apply there what it prints`;
}
