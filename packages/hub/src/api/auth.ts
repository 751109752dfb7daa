import { timingSafeEqual } from 'node:crypto';
import type { Role } from '@accord/core/registry/facts';
import { sha256 } from '@accord/proto/canonical';
import type { ApiDeps } from './deps.ts';
import { Refusal } from './refusal.ts';

/** Who asks: the name that the audit shows, and what he may. */
export interface Caller {
  readonly actor: string;
  readonly role: Role;
  /** False as soon as the token was revoked or expired: open streams end then. */
  readonly isStillKnown: () => boolean;
}

const rank: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, admin: 2 };

/** Rejects with `unauthenticated`, and says whether the token is missing, unknown, expired or revoked. */
export function authenticate(deps: Pick<ApiDeps, 'projection' | 'clock' | 'adminTokenHash'>, header: string | undefined): Caller {
  const token = tokenOf(header ?? '');
  if (token === undefined) throw unauthenticated('no token came with the request');
  const hash = sha256(token);
  if (isSame(hash, deps.adminTokenHash)) return { actor: 'admin', role: 'admin', isStillKnown: () => true };
  // Every token is compared, so that the time of the answer tells nothing about which of them came close.
  const [found] = [...deps.projection.registry.apiTokens.values()].filter(({ body }) => isSame(hash, body.hash));
  if (found === undefined) throw unauthenticated('this hub does not know the token');
  const { name, role, expiresAtMs } = found.body;
  if (found.body.revokedAtMs !== undefined) throw unauthenticated(`token ${name} is revoked`);
  if (expiresAtMs !== undefined && deps.clock.now() >= expiresAtMs)
    throw unauthenticated(`token ${name} expired at ${new Date(expiresAtMs).toISOString()}`);
  const isStillKnown = (): boolean => {
    const body = deps.projection.registry.apiTokens.get(name)?.body;
    return (
      body !== undefined &&
      body.hash === found.body.hash &&
      body.revokedAtMs === undefined &&
      (body.expiresAtMs ?? Infinity) > deps.clock.now()
    );
  };
  return { actor: `token/${name}`, role, isStillKnown };
}

function tokenOf(header: string): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(header)?.[1];
}

/** Rejects with `forbidden`. */
export function requireRole(caller: Caller, role: Role, what: string): void {
  if (rank[caller.role] >= rank[role]) return;
  throw new Refusal('forbidden', `${what} needs role ${role}, and ${caller.actor} has role ${caller.role}`, {
    help: `Ask an admin for a token with role ${role} (POST /v1/api-tokens).`,
  });
}

function unauthenticated(message: string): Refusal {
  return new Refusal('unauthenticated', message, {
    help: 'Send "Authorization: Bearer TOKEN"; the first token is in the file admin.token of the data directory of the hub.',
  });
}

function isSame(hash: Uint8Array, hexHash: string): boolean {
  const other = Buffer.from(hexHash, 'hex');
  return other.length === hash.length && timingSafeEqual(hash, other);
}
