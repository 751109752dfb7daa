import type { FastifyRequest } from 'fastify';

export const sessionCookieName = 'accord-session';

/** The value of the cookie, or undefined where none came that could be a session: 43 characters are 256 bits in base64url. */
export function sessionOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  return new RegExp(`(?:^|; *)${sessionCookieName}=([\\w-]{43})(?:;|$)`).exec(headers.cookie ?? '')?.[1];
}

/** No script reads it, and no other site has it sent. Source: RFC 6265bis. */
export function sessionCookie(request: FastifyRequest, { session, lifeMs }: { readonly session: string; readonly lifeMs: number }): string {
  const kept = `${sessionCookieName}=${session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${Math.floor(lifeMs / 1_000)}`;
  return isOverTls(request) ? `${kept}; Secure` : kept;
}

export function noSessionCookie(request: FastifyRequest): string {
  return sessionCookie(request, { session: '', lifeMs: 0 });
}

/** As the browser sees it: a proxy may have ended TLS. */
function isOverTls({ protocol, headers }: FastifyRequest): boolean {
  return protocol === 'https' || (headers.origin ?? '').startsWith('https://');
}
