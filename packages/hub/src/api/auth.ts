import { timingSafeEqual } from 'node:crypto';
import { highestRole, isAtLeast, type Access } from '@accord/core/access/access';
import type { Role } from '@accord/proto/access';
import { sha256 } from '@accord/proto/canonical';
import type { ApiDeps } from './deps.ts';
import { Refusal } from './refusal.ts';

/** Who asks: the name that the audit shows, and what he may. */
export interface Caller {
  readonly actor: string;
  readonly access: Access;
  readonly expiresAtMs: number | undefined;
  /** False as soon as the token was revoked or expired: open streams end then. */
  readonly isStillKnown: () => boolean;
}

type AuthDeps = Pick<ApiDeps, 'projection' | 'clock' | 'adminTokenHash' | 'people'>;

/** Rejects with `unauthenticated`, and says whether the token is missing, unknown, expired or revoked; with `unavailable` when nobody can say. */
export async function authenticate(deps: AuthDeps, header: string | undefined): Promise<Caller> {
  const token = tokenOf(header ?? '');
  if (token === undefined) throw unauthenticated('no token came with the request');
  return ofOwnToken(deps, token) ?? (await deps.people?.identify(token)) ?? throwUnknown();
}

/** By a token that this hub has made. The one in the data directory always works, so that nobody can lock everybody out. */
function ofOwnToken({ projection, clock, adminTokenHash }: AuthDeps, token: string): Caller | undefined {
  const hash = sha256(token);
  if (isSame(hash, adminTokenHash))
    return { actor: 'admin', access: { whole: 'admin', bindings: [] }, expiresAtMs: undefined, isStillKnown: () => true };
  // Every token is compared, so that the time of the answer tells nothing about which of them came close.
  const [found] = [...projection.registry.apiTokens.values()].filter(({ body }) => isSame(hash, body.hash));
  if (found === undefined) return undefined;
  const { name, role, bindings, expiresAtMs } = found.body;
  if (found.body.revokedAtMs !== undefined) throw unauthenticated(`token ${name} is revoked`);
  if (expiresAtMs !== undefined && clock.now() >= expiresAtMs)
    throw unauthenticated(`token ${name} expired at ${new Date(expiresAtMs).toISOString()}`);
  const isStillKnown = (): boolean => {
    const body = projection.registry.apiTokens.get(name)?.body;
    return (
      body !== undefined && body.hash === found.body.hash && body.revokedAtMs === undefined && (body.expiresAtMs ?? Infinity) > clock.now()
    );
  };
  const access = { whole: bindings === undefined ? role : undefined, bindings: bindings ?? [] };
  return { actor: `token/${name}`, access, expiresAtMs, isStillKnown };
}

function tokenOf(header: string): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(header)?.[1];
}

/** Rejects with `forbidden`. */
export function requireRole({ access, actor }: Caller, role: Role, what: string): void {
  const highest = highestRole(access);
  if (isAtLeast(highest, role)) return;
  const has = highest === undefined ? 'has no role' : `has role ${highest}`;
  throw new Refusal('forbidden', `${what} needs role ${role}, and ${actor} ${has}`, {
    help: `Ask an admin for a token with role ${role} (POST /v1/api-tokens).`,
  });
}

/** Why nobody is let in, and how somebody is. */
export function unauthenticated(message: string): Refusal {
  return new Refusal('unauthenticated', message, {
    help: 'Send "Authorization: Bearer TOKEN"; the first token is in the file admin.token of the data directory of the hub.',
  });
}

function throwUnknown(): never {
  throw unauthenticated('this hub does not know the token');
}

function isSame(hash: Uint8Array, hexHash: string): boolean {
  const other = Buffer.from(hexHash, 'hex');
  return other.length === hash.length && timingSafeEqual(hash, other);
}
