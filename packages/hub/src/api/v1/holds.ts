import { decideHold, decideUnhold, openHolds, type HoldScope } from '@accord/core/cluster/decide-holds';
import type { Draft } from '@accord/core/registry/draft';
import type { PolicyName } from '@accord/proto/ids';
import { freezeRequestSchema, holdAnswerSchema, holdRequestSchema, holdsSchema } from '@accord/proto/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod';
import { nameChange } from '../accepted.ts';
import { timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { requirePolicy } from '../kube/write-policy.ts';
import { readDuration } from '../read-duration.ts';
import { Refusal } from '../refusal.ts';
import { callerOf, paramOf, queryOf } from '../request-context.ts';
import { operation, type AnyOperation } from './operation.ts';
import { targetsOf, type Targets } from './targets-of.ts';

type Answer = z.input<typeof holdAnswerSchema>;

const ofClusters = { clusters: 'Names of clusters, with commas.', selector: 'Or labels, as kubectl -l has them.' };

/** Operators keep a policy, an object or everything on clusters as it is, until a time. */
export function holdOperations(deps: ResourceDeps): readonly AnyOperation[] {
  return [...ofPolicies(deps), ...ofEverything(deps)];
}

function ofPolicies(deps: ResourceDeps): readonly AnyOperation[] {
  const policyOf = (request: FastifyRequest): string =>
    // What is deleted may still be there.
    requirePolicy(deps.views.of(request).projection.registry, paramOf(request, 'name'), { orBuried: true }).body.name;
  return [
    operation({
      method: 'POST',
      path: '/v1/policies/:name/holds',
      summary: 'Holds a policy, or one object of it, on clusters until a time: nothing of it is applied, healed or removed there.',
      role: 'operator',
      scope: 'policy',
      body: holdRequestSchema,
      status: 202,
      answer: holdAnswerSchema,
      run: (request, body, reply) => hold(deps, request, reply, { ...body, policy: policyOf(request) }),
    }),
    operation({
      method: 'GET',
      path: '/v1/policies/:name/holds',
      summary: 'What is held of a policy, and where. Sorted by cluster.',
      role: 'viewer',
      scope: 'policy',
      status: 200,
      answer: holdsSchema,
      run: (request) => list(deps, request, policyOf(request)),
    }),
    operation({
      method: 'DELETE',
      path: '/v1/policies/:name/holds',
      summary: 'Lifts the holds of a policy on clusters, or the one of an object.',
      role: 'operator',
      scope: 'policy',
      query: { ...ofClusters, object: 'Only the hold of this object.' },
      status: 200,
      answer: holdAnswerSchema,
      run: (request, _body, reply) => {
        const object = queryOf(request, 'object');
        return unhold(deps, request, reply, { policy: policyOf(request), ...(object !== undefined && { object }) });
      },
    }),
  ];
}

function ofEverything(deps: ResourceDeps): readonly AnyOperation[] {
  return [
    operation({
      method: 'POST',
      path: '/v1/fleet/holds',
      summary: 'Holds everything on clusters until a time.',
      role: 'admin',
      scope: 'limited',
      body: freezeRequestSchema,
      status: 202,
      refuses: [404],
      answer: holdAnswerSchema,
      run: (request, body, reply) => hold(deps, request, reply, body),
    }),
    operation({
      method: 'GET',
      path: '/v1/fleet/holds',
      summary: 'Everything that is held, and where. Sorted by cluster.',
      role: 'viewer',
      scope: 'limited',
      status: 200,
      answer: holdsSchema,
      run: (request) => list(deps, request, undefined),
    }),
    operation({
      method: 'DELETE',
      path: '/v1/fleet/holds',
      summary: 'Lifts what holds everything on clusters; holds of single policies stay.',
      role: 'admin',
      scope: 'limited',
      query: ofClusters,
      status: 200,
      refuses: [404],
      answer: holdAnswerSchema,
      run: (request, _body, reply) => unhold(deps, request, reply, {}),
    }),
  ];
}

type Asked = z.output<typeof holdRequestSchema> & { readonly policy?: string };

async function hold(
  { views, requests, clock }: ResourceDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { clusters, selector, policy, object, reason, ...end }: Asked,
): Promise<Answer> {
  const untilMs = endOf(end, clock.now());
  const scope = { ...(policy !== undefined && { policy }), ...(object !== undefined && { object }) };
  const held = { ...scope, untilMs, reason, by: callerOf(request).actor };
  const targets = (): Targets => targetsOf(views.of(request).projection.registry, { clusters, selector });
  const { change = '' } = await requests.store(request, () => targets().flatMap((cluster) => decideHold(cluster, held, clock.now())));
  if (change !== '') nameChange(reply, change);
  return { change, clusters: namesOf(targets()), until: timeOf(untilMs) };
}

async function unhold(
  { views, requests, clock }: ResourceDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  scope: HoldScope,
): Promise<Answer> {
  const [selector, named] = [queryOf(request, 'selector'), queryOf(request, 'clusters')];
  const targets = (): Targets => targetsOf(views.of(request).projection.registry, { clusters: named?.split(','), selector });
  const lift = (cluster: Targets[number]): readonly Draft[] => decideUnhold(cluster, scope, clock.now());
  const lifted = targets().filter((cluster) => lift(cluster).length > 0);
  const { change = '' } = await requests.store(request, () => targets().flatMap(lift));
  if (change !== '') nameChange(reply, change);
  return { change, clusters: namesOf(lifted) };
}

function endOf({ until, for: time }: Pick<Asked, 'until' | 'for'>, nowMs: number): number {
  if (until !== undefined && time === undefined) return Date.parse(until);
  if (until === undefined && time !== undefined) return nowMs + readDuration(time, 'for');
  throw new Refusal('invalid', 'until, for: one of the two is needed', {
    help: 'Every hold ends by itself. Write for: 2h, or until: a time.',
  });
}

function list({ views, clock }: ResourceDeps, request: FastifyRequest, policy: string | undefined): z.input<typeof holdsSchema> {
  const { registry, shows } = views.of(request).projection;
  const items = [...registry.clusters.values()].flatMap(({ body }) =>
    openHolds(body.holds, clock.now())
      .filter((candidate) => policy === undefined || candidate.policy === policy)
      // A hold of everything concerns everybody.
      .filter((candidate) => candidate.policy === undefined || shows?.(candidate.policy as PolicyName, body.id) !== false)
      .map(({ untilMs, ...rest }) => ({ cluster: body.name, ...rest, until: timeOf(untilMs) })),
  );
  return { items: items.toSorted((a, b) => (a.cluster < b.cluster ? -1 : 1)) };
}

function namesOf(clusters: Targets): string[] {
  return clusters.map(({ body }) => body.name).toSorted();
}
