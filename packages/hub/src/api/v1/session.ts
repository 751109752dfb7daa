import { consoleLinkSchema, sessionRequestSchema, sessionSchema } from '@accord/proto/api-fleet';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { authenticate, type Caller } from '../auth.ts';
import { timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { RateLimit } from '../rate-limit.ts';
import { Refusal } from '../refusal.ts';
import { callerOf } from '../request-context.ts';
import { refuseForeignPage, requireOwnPage } from '../session/own-page.ts';
import { noSessionCookie, sessionCookie, sessionOf } from '../session/session-cookie.ts';
import { operation, type AnyOperation } from './operation.ts';
import { whoamiOf } from './whoami.ts';

/** A code takes 55 bytes. */
const bodyBytesMax = 4_096;
/** Each is an entry of the audit, which nobody shall write full. */
const signInsPerMinute = 30;

/** How a browser gets in, and out. */
export function sessionOperations(deps: ResourceDeps): readonly AnyOperation[] {
  const signIns = new RateLimit(deps.clock, signInsPerMinute);
  return [
    operation({
      method: 'POST',
      path: '/v1/console/links',
      summary: 'Makes a link that opens the console as the caller: once, within a minute.',
      role: 'known',
      status: 201,
      answer: consoleLinkSchema,
      run: (request) => {
        requireToken(request);
        const { secret, expiresAtMs } = deps.sessions.invite(callerOf(request));
        return { url: `${request.protocol}://${request.host}/#enter=${secret}`, expiresAt: timeOf(expiresAtMs) };
      },
    }),
    operation({
      method: 'POST',
      path: '/v1/session',
      summary: 'Signs a browser in, by the code of a link or by the bearer token of the request. The session is a cookie.',
      role: 'public',
      limitsItself: true,
      body: sessionRequestSchema,
      bodyBytesMax,
      status: 201,
      // Neither a code nor a token, or the server that knows the person cannot be asked.
      refuses: [401, 503],
      answer: sessionSchema,
      run: async (request, { code }, reply) => {
        refuseForeignPage(request);
        const caller = await identify(deps, request, code);
        signIns.take(`${caller.actor} to sign in`);
        signOut(deps, request);
        const expiresAtMs = signIn(deps, caller, request, reply);
        return { ...whoamiOf(caller), sessionExpiresAt: timeOf(expiresAtMs) };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/v1/session',
      summary: 'Signs the browser out: from the answer on its session opens nothing, and its open streams end.',
      role: 'public',
      status: 200,
      answer: z.object({}),
      run: (request, _body, reply) => {
        if (sessionOf(request) !== undefined) requireOwnPage(request);
        signOut(deps, request);
        void reply.header('set-cookie', noSessionCookie(request));
        return {};
      },
    }),
  ];
}

/** Rejects with `forbidden`: a session that makes the next one would never end. */
function requireToken({ headers }: FastifyRequest): void {
  if (headers.authorization !== undefined) return;
  throw new Refusal('forbidden', 'a link is made with a token, and this request came with a session', {
    help: 'Make it with: accord console',
  });
}

/** Whoever guesses is slowed as with tokens. Rejects with `unauthenticated`, `busy` or `unavailable`. */
function identify(deps: ResourceDeps, { ip, headers }: FastifyRequest, code: string | undefined): Promise<Caller> {
  const { authorization } = headers;
  if (code === undefined && authorization === undefined) return authenticate(deps, undefined);
  return deps.failures.guard(ip, async () => (code === undefined ? authenticate(deps, authorization) : deps.sessions.enter(code)));
}

function signIn(deps: ResourceDeps, caller: Caller, request: FastifyRequest, reply: FastifyReply): number {
  const { secret: session, expiresAtMs } = deps.sessions.open(caller);
  void reply.header('set-cookie', sessionCookie(request, { session, lifeMs: expiresAtMs - deps.clock.now() }));
  tell(deps, 'SignedIn', caller, `from ${request.ip}, until ${timeOf(expiresAtMs)}`);
  return expiresAtMs;
}

function signOut(deps: ResourceDeps, request: FastifyRequest): void {
  const session = sessionOf(request);
  const caller = session === undefined ? undefined : deps.sessions.end(session);
  if (caller !== undefined) tell(deps, 'SignedOut', caller, `from ${request.ip}`);
}

function tell({ past, clock }: ResourceDeps, action: 'SignedIn' | 'SignedOut', { actor }: Caller, detail: string): void {
  const rest = { change: '', reason: '', source: '', result: 'done', atMs: clock.now(), count: 1 };
  past.events.audit({ actor, action, object: 'console', detail, ...rest });
}
