import { missingFor } from '@accord/core/access/may-write';
import type { Draft } from '@accord/core/registry/draft';
import type { Fault } from '@accord/core/policy/fault';
import { declaredFaults } from '@accord/core/labels/declared-labels';
import type { ClusterFact, JoinTokenFact } from '@accord/core/registry/facts';
import type { Registry } from '@accord/core/registry/registry';
import { equalJson } from '@accord/proto/canonical';
import type { FastifyRequest } from 'fastify';
import type { ApiDeps } from './deps.ts';
import { Refusal } from './refusal.ts';
import { callerOf } from './request-context.ts';

type Deciding = Pick<ApiDeps, 'projection' | 'declaredLabels' | 'clock'>;

/** The one place for all writes: rejects with `forbidden`, saying what is missing, or with `invalid` for labels that are not declared. */
export function requireAllowed({ projection, declaredLabels, clock }: Deciding, request: FastifyRequest, drafts: readonly Draft[]): void {
  const { actor, access } = callerOf(request);
  const { role } = request.routeOptions.config;
  const { registry } = projection;
  const missing =
    role === undefined || role === 'public' || role === 'known'
      ? 'this route writes for nobody'
      : missingFor({ access, role, registry, declared: declaredLabels, nowMs: clock.now() }, drafts);
  if (missing !== undefined) {
    throw new Refusal('forbidden', `${actor} may not do this: ${missing}`, {
      help: 'See what you may: accord whoami. Somebody with more may do it, or an admin gives you more: accord token create NAME --help',
    });
  }
  const faults = drafts.flatMap((draft) => labelFaults(draft, registry, declaredLabels));
  if (faults.length > 0)
    throw new Refusal('invalid', 'these labels are not what the fleet has declared', {
      faults,
      help: 'See what is declared: GET /v1/labels',
    });
}

/** Of an invitation, and of a cluster whose labels change: whoever pauses a cluster is not to blame for its old labels. */
function labelFaults({ kind, id, body }: Draft, registry: Registry, declared: ApiDeps['declaredLabels']): readonly Fault[] {
  if (kind === 'token') {
    const { consumed, deletedAtMs, labels } = body as JoinTokenFact;
    return consumed === undefined && deletedAtMs === undefined ? declaredFaults(declared, labels, 'labels') : [];
  }
  if (kind !== 'cluster') return [];
  const { labels } = body as ClusterFact;
  const before = registry.clusters.get(id as ClusterFact['id'])?.body.labels;
  return equalJson(before ?? null, labels) ? [] : declaredFaults(declared, labels, 'metadata.labels');
}
