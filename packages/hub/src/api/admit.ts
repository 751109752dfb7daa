import { bindingsFor, isAtLeast, seesCluster, seesPolicy, type Access } from '@accord/core/access/access';
import { clusterByName, clusterRecord } from '@accord/core/registry/registry';
import type { Role } from '@accord/proto/access';
import { clusterKind, policyKind, type Kind } from '@accord/proto/kube-api';
import type { FastifyRequest } from 'fastify';
import { authenticate, requireRole, type Caller } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import { notFound, type ResourceDeps } from './kube/resources.ts';
import { RateLimit } from './rate-limit.ts';
import { Refusal } from './refusal.ts';
import { paramOf, pathOf } from './request-context.ts';
import { requireOwnPage } from './session/own-page.ts';
import { sessionOf } from './session/session-cookie.ts';

type AdmissionParts = Pick<ResourceDeps, 'failures' | 'sessions'>;

/** Who is let in, before a body is read: the one place for all routes. What a route does not declare, nobody gets. */
export class Admission {
  readonly #deps: ApiDeps;
  readonly #parts: AdmissionParts;
  readonly #rate: RateLimit;

  constructor(deps: ApiDeps, parts: AdmissionParts) {
    this.#deps = deps;
    this.#parts = parts;
    this.#rate = new RateLimit(deps.clock, deps.requestsPerMinute);
  }

  /** Says in the request who asks, unless the route is public. Rejects with `busy`, `unauthenticated` or `forbidden`. */
  async admit(request: FastifyRequest): Promise<void> {
    const { role, limitsItself } = request.routeOptions.config;
    if (role === 'public' && limitsItself === true) return;
    // An unknown route tells nobody anything.
    if (request.is404 || role === 'public') return this.#rate.take(`address ${request.ip}`);
    const caller = await this.#authenticate(request).catch((error: unknown) => {
      this.#rate.take(`address ${request.ip}`);
      throw error;
    });
    // Who is known is limited by himself: what others ask at his address is not his fault.
    this.#rate.take(caller.actor);
    request.caller = caller;
    this.#deps.past.see({ actor: caller.actor, action: 'CallerSeen', object: 'api', address: request.ip });
    const what = `${request.method} ${pathOf(request)}`;
    if (role === undefined)
      throw new Refusal('forbidden', `${what} declares no role, so nobody may call it`, { help: 'This is a bug of the hub; report it.' });
    if (role === 'known') return;
    requireRole(caller, role, what);
    this.#requireScope(request, caller, role, what);
  }

  /** By the token of the request, or where none came by the session of a browser. A wrong token counts against its address. */
  async #authenticate(request: FastifyRequest): Promise<Caller> {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.#parts.failures.guard(request.ip, () => authenticate(this.#deps, authorization));
    const session = sessionOf(request);
    if (session === undefined) return authenticate(this.#deps, undefined);
    requireOwnPage(request);
    // Nobody guesses 256 bits; after a restart every browser that is open comes with one that is over.
    return this.#parts.sessions.callerOf(session);
  }

  #requireScope(request: FastifyRequest, { access, actor }: Caller, role: Role, what: string): void {
    if (isAtLeast(access.whole, role)) return;
    const able: Access = { whole: undefined, bindings: bindingsFor(access, role) };
    const { scope } = request.routeOptions.config;
    const name = paramOf(request, 'name');
    switch (scope) {
      case 'any':
      case 'limited':
        return;
      case 'policy':
        if (!seesPolicy(able, name)) throw outside(request, actor, policyKind, name);
        return;
      case 'cluster':
        if (!this.#reachesCluster(able, name)) throw outside(request, actor, clusterKind, name);
        return;
      case undefined:
        throw new Refusal('forbidden', `${what} concerns the whole fleet, and ${actor} has role ${role} in bindings only`, {
          help: `Ask an admin for a token without bindings: accord token create NAME --role ${role}`,
        });
    }
  }

  #reachesCluster(access: Access, name: string): boolean {
    const cluster = clusterByName(this.#deps.projection.registry, name);
    return cluster !== undefined && seesCluster(access, clusterRecord(cluster.body).labels);
  }
}

/** Says the same of what is out of reach as of what is not there. */
function outside(request: FastifyRequest, actor: string, kind: Kind, name: string): Refusal {
  return request.method === 'GET' ? notFound(kind, name) : beyond(actor, kind, name);
}

/** As the scope `policy`, for a name that stands in the body. Rejects with `forbidden`. */
export function requirePolicyName({ access, actor }: Caller, role: Role, name: string): void {
  if (isAtLeast(access.whole, role) || seesPolicy({ whole: undefined, bindings: bindingsFor(access, role) }, name)) return;
  throw beyond(actor, policyKind, name);
}

function beyond(actor: string, { plural }: Kind, name: string): Refusal {
  return new Refusal('forbidden', `no binding of ${actor} reaches ${plural} "${name}" with the role that this takes`, {
    help: 'See what your bindings reach: accord whoami',
  });
}
