import { decideConfirmEpoch } from '@accord/core/cluster/decide-epoch';
import { decideConfirmRemoval } from '@accord/core/policy/decide-policy';
import { draft, type Draft } from '@accord/core/registry/draft';
import { isAskedAgain } from '@accord/core/status/asked-again';
import { rowsOfPolicy } from '@accord/core/status/policy-rows';
import { acceptedSchema, confirmEpochRequestSchema, confirmRemovalRequestSchema } from '@accord/proto/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { nameChange } from '../accepted.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { requirePolicy } from '../kube/write-policy.ts';
import { paramOf } from '../request-context.ts';
import { operation, type AnyOperation } from './operation.ts';

/** What a person has to say yes to before something is removed. */
export function confirmationOperations(deps: ResourceDeps): readonly AnyOperation[] {
  const store = async (request: FastifyRequest, reply: FastifyReply, decide: () => readonly Draft[]): Promise<{ change: string }> => {
    const { change } = await deps.requests.store(request, decide);
    if (change !== undefined) nameChange(reply, change);
    return { change: change ?? '' };
  };
  return [
    operation({
      method: 'POST',
      path: '/v1/policies/:name/confirm-removal',
      summary: 'Lets every cluster remove up to so many objects of this revision of a policy, which the brake holds.',
      role: 'admin',
      scope: 'policy',
      body: confirmRemovalRequestSchema,
      status: 202,
      answer: acceptedSchema,
      run: (request, confirmed, reply) => store(request, reply, () => decideConfirmations(deps, paramOf(request, 'name'), confirmed)),
    }),
    operation({
      method: 'POST',
      path: '/v1/fleet/confirm-epoch',
      summary: 'After desired state was rebuilt: lets clusters remove what it no longer names.',
      role: 'admin',
      body: confirmEpochRequestSchema,
      status: 202,
      refuses: [404],
      answer: acceptedSchema,
      run: (request, { epoch }, reply) => store(request, reply, () => decideConfirmEpoch(deps.projection.registry, epoch)),
    }),
  ];
}

/** Where the policy no longer reaches a cluster, the cluster's own record carries the confirmation to it. */
function decideConfirmations(
  { projection }: ResourceDeps,
  name: string,
  confirmed: { readonly revision: number; readonly count: number },
): readonly Draft[] {
  const policy = requirePolicy(projection.registry, name, { orBuried: true });
  const inPolicy = decideConfirmRemoval(policy, { ...confirmed, isAskedAgain: isAskedAgain(projection.reported, policy.body) });
  const left = rowsOfPolicy(projection, policy).filter(({ selected, held }) => !selected && held > 0);
  const inClusters = left.flatMap(({ clusterId }) => {
    const cluster = projection.registry.clusters.get(clusterId);
    const before = cluster?.body.confirmedRemovals[name] ?? 0;
    if (cluster === undefined || before >= confirmed.count) return [];
    const revision = cluster.body.revision + 1;
    const body = { ...cluster.body, revision, confirmedRemovals: { ...cluster.body.confirmedRemovals, [name]: confirmed.count } };
    return [draft('cluster', body.id, 'RemovalConfirmed', body, cluster.seq, `cluster/${body.name}@${revision}`)];
  });
  return [...inClusters, ...inPolicy];
}
