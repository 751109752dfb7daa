import { bindingsFor, isAtLeast, seesCluster, seesPolicy, type Access } from '@accord/core/access/access';
import { clusterByName, clusterRecord } from '@accord/core/registry/registry';
import type { Role } from '@accord/proto/access';
import { isCoded } from '@accord/proto/coded-error';
import { clusterKind, policyKind, type Kind } from '@accord/proto/kube-api';
import type { FastifyRequest } from 'fastify';
import { authenticate, requireRole, type Caller } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import { FailureLimit } from './failure-limit.ts';
import { notFound } from './kube/resources.ts';
import { RateLimit } from './rate-limit.ts';
import { Refusal } from './refusal.ts';
import { paramOf } from './request-context.ts';

/** For guessed tokens; the join has one of its own. */
interface Limits {
  readonly failures: FailureLimit;
  readonly rate: RateLimit;
}

/** Who is let in, before a body is read: the one place for all routes. What a route does not declare, nobody gets. */
export class Admission {
  readonly #deps: ApiDeps;
  readonly #limits: Limits;

  constructor(deps: ApiDeps) {
    this.#deps = deps;
    this.#limits = { failures: new FailureLimit(deps.clock), rate: new RateLimit(deps.clock, deps.requestsPerMinute) };
  }

  /** Says in the request who asks, unless the route is public. Rejects with `busy`, `unauthenticated` or `forbidden`. */
  async admit(request: FastifyRequest): Promise<void> {
    this.#limits.rate.take(`address ${request.ip}`);
    // An unknown route tells nobody anything.
    if (request.is404) return;
    const { role } = request.routeOptions.config;
    if (role === 'public') return;
    const caller = await this.#authenticate(request);
    this.#limits.rate.take(caller.actor);
    request.caller = caller;
    const what = `${request.method} ${request.url.split('?')[0]}`;
    if (role === undefined)
      throw new Refusal('forbidden', `${what} declares no role, so nobody may call it`, { help: 'This is a bug of the hub; report it.' });
    if (role === 'known') return;
    requireRole(caller, role, what);
    this.#requireScope(request, caller, role, what);
  }

  /** A wrong token counts against its address; a right one is let in however many wrong ones came from there. */
  async #authenticate(request: FastifyRequest): Promise<Caller> {
    const { authorization } = request.headers;
    try {
      return await authenticate(this.#deps, authorization);
    } catch (error) {
      if (authorization === undefined || !isCoded(error, 'unauthenticated')) throw error;
      this.#limits.failures.require(request.ip);
      this.#limits.failures.fail(request.ip);
      throw error;
    }
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
