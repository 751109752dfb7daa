import { decideConfirmRemoval } from '@accord/core/policy/decide-policy';
import { draft, type Draft } from '@accord/core/registry/draft';
import type { ClusterFact } from '@accord/core/registry/facts';
import type { Recorded } from '@accord/core/registry/registry';
import { rowsOfPolicy } from '@accord/core/status/policy-rows';
import { acceptedSchema, confirmEpochRequestSchema, confirmRemovalRequestSchema } from '@accord/proto/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { nameChange } from '../accepted.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { requirePolicy } from '../kube/write-policy.ts';
import { Refusal } from '../refusal.ts';
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
      answer: acceptedSchema,
      run: (request, { epoch }, reply) => store(request, reply, () => decideConfirmEpoch(deps, epoch)),
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
  const inPolicy = decideConfirmRemoval(policy, confirmed);
  const left = rowsOfPolicy(projection, policy).filter(({ selected, held }) => !selected && held > 0);
  const inClusters = left.flatMap(({ clusterId }) => {
    const cluster = projection.registry.clusters.get(clusterId);
    const before = cluster?.body.confirmedRemovals[name] ?? 0;
    if (cluster === undefined || before >= confirmed.count) return [];
    return [
      changeCluster(cluster, 'RemovalConfirmed', { confirmedRemovals: { ...cluster.body.confirmedRemovals, [name]: confirmed.count } }),
    ];
  });
  return [...inClusters, ...inPolicy];
}

/** The fleet's own fact comes last: while it is missing, the same request finishes what a crash cut off. */
function decideConfirmEpoch({ projection }: ResourceDeps, epoch: number): readonly Draft[] {
  const { registry } = projection;
  const current = registry.epoch;
  if (current?.body.epoch !== epoch) {
    throw new Refusal('conflict', `the fleet is at epoch ${current?.body.epoch ?? 0}, not ${epoch}`, { help: 'Look again: accord status' });
  }
  const behind = [...registry.clusters.values()].filter(({ body }) => body.confirmedEpoch < epoch);
  const inClusters = behind.map((cluster) => changeCluster(cluster, 'EpochConfirmed', { confirmedEpoch: epoch }));
  if (current.body.confirmedEpoch >= epoch) return inClusters;
  return [...inClusters, draft('fleet', 'epoch', 'EpochConfirmed', { epoch, confirmedEpoch: epoch }, current.seq, `fleet@${epoch}`)];
}

function changeCluster(cluster: Recorded<ClusterFact>, type: 'RemovalConfirmed' | 'EpochConfirmed', change: Partial<ClusterFact>): Draft {
  const revision = cluster.body.revision + 1;
  return draft(
    'cluster',
    cluster.body.id,
    type,
    { ...cluster.body, ...change, revision },
    cluster.seq,
    `cluster/${cluster.body.name}@${revision}`,
  );
}
