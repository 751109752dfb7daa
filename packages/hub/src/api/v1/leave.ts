import { decideForceLeave, decideLeave, decideStay } from '@accord/core/cluster/decide-leave';
import type { Draft } from '@accord/core/registry/draft';
import type { ClusterFact, LeftBehind } from '@accord/core/registry/facts';
import { clusterByName, type Recorded } from '@accord/core/registry/registry';
import { rowsOfCluster } from '@accord/core/status/policy-rows';
import { acceptedSchema, leaveAnswerSchema, leaveRequestSchema } from '@accord/proto/api';
import type { ClusterId } from '@accord/proto/ids';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { nameChange } from '../accepted.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { requireCluster } from '../kube/write-cluster.ts';
import { paramOf } from '../request-context.ts';
import { operation, type AnyOperation } from './operation.ts';

/** The end of a membership. */
export function leaveOperations(deps: ResourceDeps): readonly AnyOperation[] {
  const { projection } = deps;
  const clusterOf = (request: FastifyRequest): Recorded<ClusterFact> => requireCluster(projection.registry, paramOf(request, 'name'));
  const store = async (request: FastifyRequest, reply: FastifyReply, decide: () => readonly Draft[]): Promise<string> => {
    const { change = '' } = await deps.requests.store(request, decide);
    if (change !== '') nameChange(reply, change);
    return change;
  };
  return [
    operation({
      method: 'POST',
      path: '/v1/clusters/:name/leave',
      summary:
        'Lets a cluster leave the fleet: what policies hold there is given back (Retain) or removed (Purge). With force at once and without it.',
      role: 'admin',
      body: leaveRequestSchema,
      status: 202,
      answer: leaveAnswerSchema,
      run: async (request, { mode, force }, reply) => {
        const cluster = paramOf(request, 'name');
        // Whoever asks again for what was done hears the same, although the cluster is not there any more.
        const id = clusterByName(projection.registry, cluster)?.body.id;
        const behind = force && id !== undefined ? leftBehind(deps, id) : [];
        const decide = (): readonly Draft[] => {
          const current = clusterOf(request);
          return force
            ? decideForceLeave(current, behind, endingOf(deps, current.body.id))
            : decideLeave(current, { mode, nowMs: deps.clock.now() });
        };
        const change = await store(request, reply, decide);
        return { change, cluster, state: force ? ('Left' as const) : ('Leaving' as const), behind };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/v1/clusters/:name/leave',
      summary: 'Takes it back while the cluster has not let go of everything: policies are applied there again.',
      role: 'admin',
      status: 200,
      answer: acceptedSchema,
      run: async (request, _body, reply) => {
        const hasLetGo = (): boolean => projection.reported.clusters.get(clusterOf(request).body.id)?.hasLetGo === true;
        return { change: await store(request, reply, () => decideStay(clusterOf(request), hasLetGo())) };
      },
    }),
  ];
}

/** By the last reports: policies that are applied there, or were only in part. */
function leftBehind({ projection }: ResourceDeps, id: ClusterId): LeftBehind[] {
  return rowsOfCluster(projection, id)
    .filter(({ reportedRevision }) => reportedRevision > 0)
    .map(({ policy, applied }) => ({ policy, objects: applied }));
}

function endingOf({ projection, clock }: ResourceDeps, id: ClusterId): { readonly nowMs: number; readonly usedIat: number } {
  return { nowMs: clock.now(), usedIat: projection.presence.beats.get(id)?.beat.tokenIat ?? 0 };
}
